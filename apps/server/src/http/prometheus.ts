/**
 * `/metrics` for Prometheus: the centre's figures of today by the same definitions and names as everywhere, what the floor shows,
 * and how this process does. Read from the machine itself only: names of queues and numbers of people are nobody else's.
 */
import { definitions, metricIds, type MetricId } from '@otklik/metrics/definitions'
import { evaluate, isOfTime } from '@otklik/metrics/evaluate'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { isLoopback } from '../access/network.ts'
import type { Hub } from '../realtime/hub.ts'
import type { Spine } from '../spine/spine.ts'
import type { Reader } from '../store/database.ts'
import { loadFloorQueues, loadPresenceCounts } from '../store/floor.ts'
import { everything } from '../store/reach.ts'
import { sendProblem } from './problem.ts'

export interface PrometheusOptions {
  readonly reader: Reader
  readonly hub: Hub
  readonly spine: Pick<Spine, 'lastReadAt'>
  readonly now: () => Date
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const suffix = { count: '', share: '_ratio', duration: '_seconds' } as const

/** `otklik_service_level_ratio`: a metric's id, its unit behind it. */
export const metricName = (id: MetricId): string => `otklik_${snake(id)}${suffix[definitions[id].unit]}`

/** A proxy on this very machine passes on what strangers ask: its mark is on the request. */
const isForwarded = ({ headers }: FastifyRequest) => 'x-forwarded-for' in headers || 'forwarded' in headers || 'x-real-ip' in headers || 'via' in headers

export const registerPrometheus = (app: FastifyInstance, { reader, hub, spine, now }: PrometheusOptions): void => {
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register, prefix: 'otklik_process_' })
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[]) => new Gauge({ name, help, labelNames, registers })

  const waiting = gauge('otklik_queue_waiting', 'Contacts that wait for an agent now', ['queue'])
  const longest = gauge('otklik_queue_longest_wait_seconds', 'How long the first of them has waited', ['queue'])
  const inHand = gauge('otklik_queue_in_hand', 'Contacts in agents’ hands, wrap-up included', ['queue'])
  const available = gauge('otklik_queue_available_agents', 'Available agents with a free place and the skills that the queue asks for', ['queue'])
  const agents = gauge('otklik_agents', 'Agents by presence', ['presence'])
  const sockets = gauge('otklik_sockets', 'Open sockets of this process', ['kind'])
  const lag = gauge('otklik_log_lag_seconds', 'Since this process read the event log last', [])
  const router = gauge('otklik_router_up', 'Whether contacts are being handed out', [])
  // Percentiles are kept by day and read in reports; what is scraped every few seconds can be added up.
  // People's time belongs to no queue.
  const scraped = metricIds.filter((id) => definitions[id].kind !== 'percentile' && !isOfTime(definitions[id]))
  const figures = new Map(scraped.map((id) => [id, gauge(metricName(id), `${id}, version ${definitions[id].version}: the queue’s day so far`, ['queue'])]))
  const cases = gauge('otklik_figure_cases', 'Cases behind a share or mean of today', ['queue', 'figure'])
  const requests = new Histogram({
    name: 'otklik_http_request_seconds', help: 'Time of requests by route', labelNames: ['method', 'route', 'status'], registers,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  })

  app.addHook('onResponse', (request, reply, next) => {
    const route = request.routeOptions.url
    if (route?.startsWith('/api/')) requests.observe({ method: request.method, route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
    next()
  })

  const collect = async (): Promise<void> => {
    const at = now()
    const [queues, presences] = await Promise.all([loadFloorQueues(reader, everything, new Map(), at), loadPresenceCounts(reader)])
    for (const one of [waiting, longest, inHand, available, cases, ...figures.values()]) one.reset()
    for (const queue of queues) {
      const label = { queue: queue.name }
      waiting.set(label, queue.waiting)
      longest.set(label, queue.oldestAt === null ? 0 : Math.max(0, (at.getTime() - Date.parse(queue.oldestAt)) / 1000))
      inHand.set(label, queue.inHand)
      available.set(label, queue.available)
      for (const [id, figure] of figures) {
        const { value, n } = evaluate(definitions[id], { sums: queue.today, histograms: {} })
        if (value !== null) figure.set(label, definitions[id].unit === 'duration' ? value / 1000 : value)
        if (definitions[id].kind === 'ratio') cases.set({ ...label, figure: snake(id) }, n)
      }
    }
    for (const [presence, count] of presences) agents.set({ presence }, count)
    sockets.set({ kind: 'desk' }, hub.desks.size)
    sockets.set({ kind: 'widget' }, hub.visitors.size)
    lag.set(Math.max(0, (Date.now() - spine.lastReadAt) / 1000))
    router.set(hub.routerUp ? 1 : 0)
  }

  app.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!isLoopback(request.ip) || isForwarded(request)) return sendProblem(request, reply, 'notFound')
    await collect()
    return reply.type(register.contentType).send(await register.metrics())
  })
}
