/** The only file that constructs: each room once, in order, and how they are taken down again. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { reapplyErasures } from './actions/erase-customer.ts'
import type { IntakeDeps } from './actions/record-visitor-message.ts'
import { sweep } from './actions/sweep.ts'
import { loadSecretKey, type Config } from './config.ts'
import { createErasureLedger } from './erasure-ledger.ts'
import { createDisk } from './files/disk.ts'
import { createInspector } from './files/inspector.ts'
import { createLinks } from './files/links.ts'
import { createServer } from './http/server.ts'
import { startJobs } from './jobs/catalogue.ts'
import { makeEventPartitions } from './jobs/make-partitions.ts'
import { Hub } from './realtime/hub.ts'
import { LiveLinks } from './realtime/live-links.ts'
import { Router } from './router/router.ts'
import { Counting } from './metrics/counting.ts'
import { Spine } from './spine/spine.ts'
import { openDatabase, type Database } from './store/database.ts'
import { fenceLease, isLeaseHeld } from './store/lease.ts'
import { beatNode, removeNode } from './store/links.ts'
import { loadHorizonBlocker } from './store/log.ts'
import { loadPositions } from './store/routing-rows.ts'

export interface ComposeOptions {
  readonly config: Config
  /** Of a database that is migrated already. */
  readonly databaseUrl: string
  readonly logger: FastifyBaseLogger
  /** Folder of the built pages, or nothing to serve the interface alone. */
  readonly pages: string | undefined
  /** What a test varies. */
  readonly now?: () => Date
  /** Whether jobs run by the clock, or only when they are asked for. */
  readonly schedule?: boolean
}

export interface Otklik {
  readonly app: FastifyInstance
  readonly deps: IntakeDeps
  readonly database: Database
  readonly hub: Hub
  readonly router: Router
  readonly spine: Spine
  /** Listens and begins to work; answers the port. */
  start(): Promise<number>
  /** In order: no new requests, sockets told to come back, the lease given away, connections closed. */
  stop(): Promise<void>
}

const nodeBeatMs = 2000
/** After such a pause the leader may have closed this node's links. */
const takenForSilentMs = 5000
const healthMs = 1000
/** Other processes' events are waited for by reading the log this often. */
const pollMs = 100
const worryingLagMs = 10_000
const connections = 20

export const compose = async ({ config, databaseUrl, logger, pages, now = () => new Date(), schedule = true }: ComposeOptions): Promise<Otklik> => {
  const nodeId = randomUUID()
  const onError = (error: unknown, doing: string) => logger.error({ err: error }, `failed while ${doing}`)

  const database = openDatabase({
    url: databaseUrl,
    connections,
    applicationName: 'otklik',
    onCommit: (events) => spine.publish(events),
    onIdleError: (error) => onError(error, 'keeping an idle connection'),
  })
  const deps: IntakeDeps = { now, newId: randomUUID, transaction: database.transaction, statement: database.statement }
  const spine = new Spine({ reader: database.reader, pollMs, onError: (error) => onError(error, 'reading the log') })

  const router = new Router({
    deps,
    database,
    follow: (follower) => spine.follow(follower, 'first'),
    sweep: (epoch) => sweep({ ...deps, reader: database.reader, fence: (tx) => fenceLease(tx, epoch), onError }),
    onError,
    onLeading: (leading, epoch) => logger.info({ epoch }, leading ? 'this process distributes contacts' : 'this process no longer distributes contacts'),
  })

  const counting = new Counting({ database, isLeading: () => router.leading, onError })

  const hub = new Hub({
    reader: database.reader,
    now,
    cursor: () => spine.cursor,
    // The leader has the order in memory; the other processes ask the database, and say nothing of the wait.
    outlooks: async (ids) => {
      const known = router.outlooks()
      if (known) return new Map(ids.flatMap((id) => {
        const outlook = known.get(id)
        return outlook ? [[id, outlook] as const] : []
      }))
      const places = await loadPositions(database.reader, ids)
      return new Map([...places].map(([id, position]) => [id, { position, wait: undefined }]))
    },
    onError,
  })

  const notReady = async (): Promise<string[]> => {
    try {
      const held = await isLeaseHeld(database.reader)
      const lagging = Date.now() - spine.lastReadAt > worryingLagMs
      return [...(held ? [] : ['router']), ...(lagging ? ['log'] : [])]
    } catch (error) {
      onError(error, 'checking whether this process is ready')
      return ['database']
    }
  }

  const links = new LiveLinks(database.reader, nodeId)
  let heardAt = performance.now()
  const sayAlive = async () => {
    await beatNode(database.reader, nodeId)
    const now = performance.now()
    await links.tidy(now - heardAt > takenForSilentMs)
    heardAt = now
  }

  const files = {
    disk: createDisk(join(config.dataFolder, 'files')),
    inspector: createInspector(),
    links: createLinks(loadSecretKey(config.secretKey), now),
  }
  const ledger = createErasureLedger(join(config.dataFolder, 'erased'))
  const app = await createServer({ config, logger, deps, database, hub, spine, links, files, ledger, notReady, pages, onError })

  const watchHealth = async () => {
    const reasons = await notReady()
    hub.setRouterUp(!reasons.includes('router') && !reasons.includes('database'))
    if (!reasons.includes('log')) return
    const blocker = await loadHorizonBlocker(database.reader)
    if (blocker) logger.warn(blocker, 'a long transaction holds the log back')
  }

  let timers: NodeJS.Timeout[] = []
  let jobs: Awaited<ReturnType<typeof startJobs>> | undefined
  return {
    app,
    deps,
    database,
    hub,
    router,
    spine,
    async start() {
      await beatNode(database.reader, nodeId)
      // Before anything is logged: after a long standstill its month may have no place yet.
      await makeEventPartitions((text) => database.pool.query(text))
      await spine.start()
      spine.follow(hub.follow)
      hub.start()
      // Nobody is let in before those who were erased are gone again.
      const again = await reapplyErasures(deps, database.reader, ledger)
      if (again > 0) logger.info({ customers: again }, 'customers who were erased before are erased again')
      // A port that is taken must not cost another process its leadership, so it comes before the router.
      await app.listen({ port: config.port, host: config.host })
      router.start()
      counting.start()
      jobs = await startJobs({ pool: database.pool, files: { deps, reader: database.reader, disk: files.disk }, words: { deps, reader: database.reader }, schedule, onError })
      timers = [
        setInterval(() => void sayAlive().catch((error: unknown) => onError(error, 'saying that this process lives')), nodeBeatMs),
        setInterval(() => void watchHealth().catch((error: unknown) => onError(error, 'watching health')), healthMs),
      ]
      const address = app.server.address()
      return typeof address === 'object' && address !== null ? address.port : config.port
    },
    async stop() {
      for (const timer of timers) clearInterval(timer)
      hub.stop()
      await app.close()
      await counting.stop()
      await router.stop()
      await jobs?.stop()
      await spine.stop()
      await removeNode(database.reader, nodeId).catch((error: unknown) => onError(error, 'saying goodbye'))
      await database.close()
    },
  }
}
