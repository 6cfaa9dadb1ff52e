/** What a handler gets: who asks, and the actions' needs with the request's idempotency key at work. */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Deps } from '../actions/deps.ts'
import { refuse, type Outcome } from '../actions/outcome.ts'
import type { Tx } from '../store/database.ts'
import type { SessionAgent } from '../store/credentials.ts'

export interface Context {
  readonly deps: Deps
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export interface SignedInContext extends Context {
  readonly actor: SessionAgent
}

export interface RepeatKey {
  readonly actor: string
  readonly route: string
  readonly key: string
  readonly hash: Buffer
}

export const hashRequest = (params: unknown, body: unknown): Buffer =>
  createHash('sha256').update(JSON.stringify([params ?? null, body ?? null])).digest()

/**
 * Deps whose first transaction is done once for a key: the same request again gets the first one's result, a different
 * request under the same key is refused. The key stands in the transaction of the work itself, so that one does not come
 * without the other; two at once wait for each other on the key.
 */
export const onceFor = (deps: Deps, repeat: RepeatKey): Deps => {
  let first = true
  return {
    ...deps,
    transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
      if (!first) return deps.transaction(work)
      first = false
      return deps.transaction(async (tx) => {
        const key = { actor: repeat.actor, route: repeat.route, key: repeat.key }
        const fresh = await tx.db
          .insertInto('idempotency')
          .values({ ...key, requestHash: repeat.hash, createdAt: deps.now() })
          .onConflict((conflict) => conflict.columns(['actor', 'route', 'key']).doNothing())
          .returning('key')
          .executeTakeFirst()
        if (!fresh) {
          const known = await tx.db
            .selectFrom('idempotency')
            .select(['requestHash', 'result'])
            .where('actor', '=', key.actor)
            .where('route', '=', key.route)
            .where('key', '=', key.key)
            .executeTakeFirstOrThrow()
          return (known.requestHash.equals(repeat.hash) ? known.result : refuse('idempotencyMismatch')) as Result
        }
        const result = await work(tx)
        await tx.db
          .updateTable('idempotency')
          .set({ result: JSON.stringify(result) })
          .where('actor', '=', key.actor)
          .where('route', '=', key.route)
          .where('key', '=', key.key)
          .execute()
        return result
      })
    },
  }
}

export type Handled<Value> = Promise<Outcome<Value>>
