/**
 * `npm run demo`: a lively day in a centre, from outside. Starts a server of its own, makes the centre by the public interface, writes
 * a past if one is asked for, and lets customers come and agents work until Ctrl-C.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { ApiRefusal, ApiUnreachable, createApi, type Api } from '@otklik/client/http'
import { routes } from '@otklik/contract/routes'
import { createAgentClient } from '@otklik/testing/agent-client'
import type { ChildServer } from '@otklik/testing/child-server'
import { emailOf, type Centre } from './centre.ts'
import { furnish } from './furnish.ts'
import { findLanguage, findPerDay } from './furnished.ts'
import { makePast } from './history/make-past.ts'
import { livelyPerDay, runLive, type Live } from './live/run.ts'
import { inLanguage, readOptions, type Options } from './options.ts'
import { demoPassword, isPortFree, setUp, startOwnServer, stopServer } from './own-server.ts'
import { tableOf } from './print.ts'
import { homeZone } from './shifts.ts'
import { textsOf, type Texts } from './texts/texts.ts'
import { minuteMs, minuteOfDay } from './zone.ts'

const say = (line = '') => void process.stdout.write(`${line}\n`)

/** Ends the program with a sentence that says what to do. */
class Problem extends Error {}

const lineMs = 5000

/** Aborted by Ctrl-C, or by whoever stops the process. */
const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interrupted.abort())

const signIn = async (url: string, origin: string, email: string, password: string, { terminal }: Texts): Promise<Api> => {
  try {
    return (await createAgentClient({ url, origin, email, password })).api
  } catch (error) {
    if (error instanceof ApiUnreachable) throw new Problem(terminal.notReached(url))
    if (error instanceof ApiRefusal && error.problem.code === 'signInFailed') throw new Problem(terminal.signInFailed(email))
    throw error
  }
}

interface Place {
  readonly url: string
  readonly origin: string
  readonly adminEmail: string
  readonly password: string
  server: ChildServer | undefined
}

const open = async ({ server: wanted, language }: Options, texts: Texts): Promise<Place> => {
  const { words, terminal } = texts
  if (wanted.kind === 'standing') return { url: wanted.url, origin: wanted.url, adminEmail: wanted.adminEmail, password: wanted.password, server: undefined }
  if (!(await isPortFree(wanted.port))) throw new Problem(terminal.portBusy(wanted.port))
  say(terminal.startingServer)
  const server = await startOwnServer(wanted).catch((error: unknown) => {
    throw new Problem(error instanceof Error ? error.message : String(error))
  })
  const place = { url: server.url, origin: `http://localhost:${wanted.port}`, adminEmail: emailOf.administrator, password: demoPassword, server }
  try {
    const { done } = await createApi({ baseUrl: server.url }).call(routes.setupState, {})
    const said = done ? undefined : await setUp(wanted, language, words)
    if (said !== undefined) throw new Problem(terminal.noSetUp(said))
  } catch (error) {
    await stopServer(server)
    throw error
  }
  return place
}

const introduce = (place: Place, centre: Centre, { terminal }: Texts): void => {
  const { roles, columns } = terminal
  const shown = place.server ? place.password : terminal.passwordOfFile
  say()
  say(terminal.signInAt(`${place.origin}/sign-in`))
  const rows = [
    [roles.administrator, place.adminEmail], [roles.supervisor, emailOf.supervisor(1)], [roles.supervisor, emailOf.supervisor(2)], [roles.agent, emailOf.agent(1)], [roles.agent, '…'],
  ] as const
  for (const line of tableOf([[columns.role, columns.email, columns.password], ...rows.map(([role, email]) => [role, email, shown])])) say(line)
  say(terminal.try(`${place.origin}/settings/channels/${centre.channels.plans}`))
  say()
}

const clockOf = (live: Live): string => {
  const minute = minuteOfDay(homeZone, live.clock.now())
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
}

const liveDay = async (options: Options, place: Place, api: Api, centre: Centre, texts: Texts): Promise<void> => {
  const { terminal } = texts
  const before = await findPerDay(api, Date.now())
  // A past that could be written in a minute is calmer than a day worth watching.
  const perDay = Math.max(livelyPerDay(centre.agents.length), before ?? 0)
  if (before !== undefined) say(terminal.busierThan(Math.round(perDay), Math.round(before)))
  say(terminal.live(options.speed))
  const gone = new AbortController()
  void place.server?.exited().then(() => gone.abort())
  const ended = AbortSignal.any([interrupted.signal, gone.signal])
  const live = runLive({
    ...place, ...options, perDay, centre, texts,
    onError: (words) => say(terminal.fault(words)),
    onAway: () => say(terminal.serverAway(place.url)),
    onBack: () => say(terminal.serverBack),
  })
  const tell = () => say(terminal.line({ ...live.board, clock: clockOf(live), errors: live.board.errors.length }))
  const until = performance.now() + (options.minutes ?? Infinity) * minuteMs
  while (!ended.aborted && performance.now() < until) {
    await sleep(Math.min(lineMs, Math.max(0, until - performance.now())), undefined, { signal: ended }).catch((error: unknown) => {
      if (!ended.aborted) throw error
    })
    if (!live.outage.isAway && !gone.signal.aborted) tell()
  }
  if (gone.signal.aborted) {
    await live.stop()
    throw new Problem(terminal.serverGone)
  }
  say(terminal.stopping)
  await live.stop()
  say(terminal.stopped(live.board.arrived))
  if (live.board.errors.length > 0) process.exitCode = 1
}

const run = async (asked: Options): Promise<void> => {
  const spoken = textsOf(asked.language)
  const place = await open(asked, spoken)
  try {
    let api = await signIn(place.url, place.origin, place.adminEmail, place.password, spoken)
    const options = inLanguage(asked, await findLanguage(api, asked.language))
    const texts = { ...textsOf(options.language), terminal: spoken.terminal }
    if (options.language !== asked.language) say(texts.terminal.otherLanguage)
    say(texts.terminal.settingUp)
    const centre = await furnish({ ...place, api, words: texts.words, language: options.language, agents: options.agents })
    say(texts.terminal.furnished(centre.agents.length))
    if (options.history && options.server.kind === 'own' && place.server) {
      const own = options.server
      const restart = {
        stop: async () => place.server && stopServer(place.server),
        start: async () => {
          place.server = await startOwnServer(own)
          return (api = await signIn(place.url, place.origin, place.adminEmail, place.password, texts))
        },
      }
      const outcome = await makePast({ own, history: options.history, seed: options.seed, centre, texts, server: restart, signal: interrupted.signal, say })
      if (outcome === 'contactsThere') throw new Problem(texts.terminal.wrong.emptyHistory(''))
      if (outcome === 'missed') process.exitCode = 1
      if (options.history.only) return
    }
    if (interrupted.signal.aborted) return
    introduce(place, centre, texts)
    await liveDay(options, place, api, centre, texts)
  } finally {
    if (place.server) await stopServer(place.server)
  }
}

const read = readOptions(process.argv.slice(2), process.env)
if (!read.ok) {
  const { terminal } = textsOf(read.language)
  process.stderr.write(`${terminal.wrong[read.what](read.value)}\n${terminal.usage}\n`)
  process.exitCode = 2
} else if (read.options === 'help') {
  for (const language of ['ru', 'en'] as const) say(textsOf(language).terminal.usage)
} else {
  await run(read.options).catch((error: unknown) => {
    if (interrupted.signal.aborted && error === interrupted.signal.reason) return
    if (!(error instanceof Problem)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1) // connections that never came about would be tried on and on
  })
}
