/** What is said on the command line, checked at once; what is wrong is said in one sentence. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { mostPerDay, usualPerDay } from './history/plan.ts'
import { defaultTargets, ratesOf, Targets, type Rates } from './history/targets.ts'
import type { Language, WrongOption } from './texts/shape.ts'

export interface HistoryOptions {
  readonly days: number
  readonly perDay: number
  readonly targets: Targets
  readonly rates: Rates
  /** No live day afterwards. */
  readonly only: boolean
}

export interface Options {
  readonly language: Language
  readonly speed: number
  readonly seed: number
  readonly agents: number
  /** Undefined: until it is stopped. */
  readonly minutes: number | undefined
  /** A server of the demo's own, or one that stands. */
  readonly server:
    | { readonly kind: 'own'; readonly port: number; readonly dataFolder: string; readonly databaseUrl: string | undefined }
    | { readonly kind: 'standing'; readonly url: string; readonly adminEmail: string; readonly password: string }
  readonly history: HistoryOptions | undefined
}

export type ReadOptions =
  | { readonly ok: true; readonly options: Options | 'help' }
  | { readonly ok: false; readonly language: Language; readonly what: WrongOption; readonly value: string }

const text = { type: 'string' } as const
const flags = {
  language: text, port: text, data: text, url: text, 'admin-email': text, 'password-file': text, speed: text, seed: text, agents: text, minutes: text, history: text, 'per-day': text,
  targets: text, target: { type: 'string', multiple: true }, 'history-only': { type: 'boolean', default: false }, help: { type: 'boolean', default: false },
} as const

class Wrong extends Error {
  constructor(readonly what: WrongOption, readonly value: string) {
    super(what)
  }
}

const number = (what: WrongOption, value: string, schema: z.ZodNumber): number => {
  const read = schema.safeParse(value.trim() === '' ? NaN : Number(value))
  if (!read.success) throw new Wrong(what, value)
  return read.data
}

/** @param env of which DATABASE_URL counts, as for the server */
export const readOptions = (args: readonly string[], env: Readonly<Record<string, string | undefined>>): ReadOptions => {
  let language: Language = 'ru'
  try {
    const { values } = parse(args)
    if (values.language !== undefined && values.language !== 'ru' && values.language !== 'en') throw new Wrong('language', values.language)
    language = values.language ?? 'ru'
    if (values.help) return { ok: true, options: 'help' }
    const agents = number('agents', values.agents ?? '40', z.number().int().min(8).max(60))
    const server = readServer(values, env)
    const history = values.history === undefined ? undefined : readHistory(values, values.history, language, agents)
    if (history && server.kind === 'standing') throw new Wrong('historyNeedsOwn', '')
    if (!history && values['history-only']) throw new Wrong('historyOnly', '')
    return {
      ok: true,
      options: {
        language,
        agents,
        server,
        history,
        speed: number('speed', values.speed ?? '1', z.number().min(1).max(60)),
        seed: number('seed', values.seed ?? '1', z.number().int().min(0).max(4_294_967_295)),
        minutes: values.minutes === undefined ? undefined : number('minutes', values.minutes, z.number().positive().max(100_000)),
      },
    }
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, language, what: error.what, value: error.value }
    throw error
  }
}

/** The same in the language of a centre that was furnished in it: regions are told by its names, unless others were asked for. */
export const inLanguage = (options: Options, language: Language): Options => {
  const { history } = options
  const isUsual = history && JSON.stringify(history.targets.regions) === JSON.stringify(defaultTargets(options.language).regions)
  return { ...options, language, history: isUsual ? { ...history, targets: { ...history.targets, regions: defaultTargets(language).regions } } : history }
}

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({ args: [...args], options: flags })
  } catch (error) {
    // Node's own words name the option.
    throw new Wrong('option', error instanceof Error ? error.message : String(error))
  }
}
type Values = ReturnType<typeof parse>['values']

const readServer = (values: Values, env: Readonly<Record<string, string | undefined>>): Options['server'] => {
  if (values.url === undefined)
    return { kind: 'own', port: number('port', values.port ?? '3100', z.number().int().min(1).max(65_535)), dataFolder: values.data ?? './data-demo', databaseUrl: env['DATABASE_URL'] || undefined }
  if (!URL.canParse(values.url) || !/^https?:$/.test(new URL(values.url).protocol)) throw new Wrong('url', values.url)
  const [adminEmail, file] = [values['admin-email'], values['password-file']]
  if (adminEmail === undefined || file === undefined) throw new Wrong('urlNeeds', '')
  const password = readFile(file, 'password', file).split('\n')[0]?.replace(/\r$/, '') ?? ''
  if (password === '') throw new Wrong('password', file)
  return { kind: 'standing', url: new URL(values.url).origin, adminEmail, password }
}

const readFile = (path: string, what: WrongOption, value: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new Wrong(what, value)
  }
}

/** Contacts of a past that nobody has said the size of: more take longer to write than one waits for a demo. */
const mostContacts = 80_000

const readHistory = (values: Values, history: string, language: Language, agents: number): HistoryOptions => {
  const days = number('history', history.replace(/d$/, ''), z.number().int().min(7).max(800))
  const targets = readTargets(values, language)
  const perDay = values['per-day'] === undefined ? Math.min(usualPerDay(agents, days, targets.growthPerYear), Math.max(1, Math.round(mostContacts / days))) : number('perDay', values['per-day'], z.number().int().min(1).max(2000))
  if (perDay > mostPerDay(agents)) throw new Wrong('tooMany', String(mostPerDay(agents)))
  const rates = ratesOf(targets)
  if (!rates.ok) throw new Wrong('targetsImpossible', rates.problem)
  return { days, perDay, targets, rates: rates.rates, only: values['history-only'] }
}

/** The defaults, changed by the file, changed by single targets: `--target asaSeconds=25 --target 'regions={"Москва":1}'`. */
const readTargets = (values: Values, language: Language): Targets => {
  const file = values.targets === undefined ? {} : parseJson(readFile(values.targets, 'targetsFile', values.targets), values.targets)
  const single = (values.target ?? []).map((said): [string, unknown] => {
    const at = said.indexOf('=')
    return [said.slice(0, Math.max(0, at)), parseJson(said.slice(at + 1), said)]
  })
  const read = Targets.safeParse({ ...defaultTargets(language), ...(typeof file === 'object' ? file : {}), ...Object.fromEntries(single) })
  if (read.success) return read.data
  throw new Wrong('targetsFile', read.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; '))
}

const parseJson = (words: string, value: string): unknown => {
  try {
    return JSON.parse(words)
  } catch {
    throw new Wrong('targetsFile', value)
  }
}
