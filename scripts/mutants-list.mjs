/** What `npm run mutants` breaks: a text that stands once in a file, what takes its place, and who must notice. */
const claims = ['apps/server/src/store/claims.integration.test.ts']
const spine = ['apps/server/src/spine/spine.integration.test.ts']
const http = ['apps/server/src/http/http.integration.test.ts']
const engine = ['packages/routing/src/engine.property.test.ts', 'packages/routing/src/engine.test.ts']

/** @type {readonly { name: string, file: string, find: string, replace: string, tests: readonly string[] }[]} */
export const mutants = [
  {
    name: 'claim-ignores-contact-version',
    file: 'apps/server/src/store/claims.ts',
    find: 'and r.version = p.contact_version and',
    replace: 'and',
    tests: claims,
  },
  {
    name: 'claim-ignores-agent-version',
    file: 'apps/server/src/store/claims.ts',
    find: 'and a.version = p.agent_version and',
    replace: 'and',
    tests: claims,
  },
  {
    name: 'claim-ignores-lease',
    file: 'apps/server/src/store/claims.ts',
    find: 'where exists (select from lease)\n      and',
    replace: 'where true and',
    tests: claims,
  },
  {
    name: 'fence-ignores-expiry',
    file: 'apps/server/src/store/lease.ts',
    find: "where epoch = $1 and expires_at > clock_timestamp() for share'",
    replace: "where epoch = $1 for share'",
    tests: claims,
  },
  {
    name: 'fence-ignores-epoch',
    file: 'apps/server/src/store/claims.ts',
    find: 'where epoch = $1 and expires_at > clock_timestamp() for share',
    replace: 'where expires_at > clock_timestamp() for share',
    tests: claims,
  },
  {
    name: 'two-leaders',
    file: 'apps/server/src/store/lease.ts',
    find: 'where expires_at < clock_timestamp() returning epoch',
    replace: 'returning epoch',
    tests: claims,
  },
  {
    name: 'log-without-horizon',
    file: 'apps/server/src/store/log.ts',
    find: 'where (tx, id) > ($1::xid8, $2::bigint) and tx < bound.horizon',
    replace: 'where (tx, id) > ($1::xid8, $2::bigint)',
    tests: spine,
  },
  {
    name: 'log-in-order-of-texts',
    file: 'apps/server/src/store/log.ts',
    find: 'order by event.tx, event.id\n  limit',
    replace: 'order by 1, 2\n  limit',
    tests: spine,
  },
  {
    name: 'resume-forgets-the-fast-path',
    file: 'apps/server/src/spine/spine.ts',
    find: 'return [...this.#kept.slice(start), ...this.#early.values()]',
    replace: 'return this.#kept.slice(start)',
    tests: spine,
  },
  {
    name: 'fast-path-repeats',
    file: 'apps/server/src/spine/spine.ts',
    find: 'events.filter((event) => !this.#early.delete(event.id))',
    replace: 'events.filter((event) => this.#early.delete(event.id) || true)',
    tests: spine,
  },
  {
    name: 'resume-across-generations',
    file: 'apps/server/src/spine/spine.ts',
    find: 'cursor.generation !== from.generation || ',
    replace: '',
    tests: spine,
  },
  {
    name: 'idempotency-ignores-the-request',
    file: 'apps/server/src/http/context.ts',
    find: "known.requestHash.equals(repeat.hash) ? known.result : refuse('idempotencyMismatch')",
    replace: 'known.result',
    tests: http,
  },
  {
    name: 'idempotency-forgets-the-key',
    file: 'apps/server/src/http/context.ts',
    find: 'if (!fresh) {',
    replace: 'if (!fresh && Math.random() > 2) {',
    tests: http,
  },
  {
    name: 'message-of-another-visitor',
    file: 'apps/server/src/actions/record-visitor-message.ts',
    find: 'known.customerId === visitor.customerId && ',
    replace: '',
    tests: http,
  },
  {
    name: 'agents-read-everything',
    file: 'apps/server/src/store/contact-views.ts',
    find: 'where ${which} and ${visible}`',
    replace: 'where ${which} and ($1::uuid is null or true)`',
    tests: http,
  },
  {
    name: 'foreign-pages-write',
    file: 'apps/server/src/http/register.ts',
    find: "if (site !== undefined) return site === 'same-origin'",
    replace: 'if (site !== undefined) return true',
    tests: http,
  },
  {
    name: 'routing-least-urgent-first',
    file: 'packages/routing/src/search.ts',
    find: 'urgencyA > urgencyB || (urgencyA',
    replace: 'urgencyA < urgencyB || (urgencyA',
    tests: engine,
  },
  {
    name: 'routing-asks-the-refuser-again',
    file: 'packages/routing/src/contact-inputs.ts',
    find: 'exclude(state, contact, { agentId: input.agentId, until: input.until ?? defaultUntil(state) })',
    replace: '',
    tests: engine,
  },
  {
    name: 'routing-forgets-who-waits-after-an-exclusion',
    file: 'packages/routing/src/engine.ts',
    find: 'if (agents.indexed.get(agent) !== 0) takeWork(state, agent)',
    replace: '',
    tests: engine,
  },
  {
    name: 'routing-forgets-tickets-in-a-rebuild',
    file: 'packages/routing/src/agent-inputs.ts',
    find: 'agents.ticket[agent] = row.ticket',
    replace: '',
    tests: engine,
  },
]
