/** What the texts of each language consist of. */

export const languages = ['ru', 'en'] as const
export type Language = (typeof languages)[number]

/** The first line's queues, each with a page of the site where its customers begin. */
export const topics = ['plans', 'network', 'payments', 'orders'] as const
export type Topic = (typeof topics)[number]
/** The second line's. */
export const raisedTopics = ['experts', 'claims'] as const
export type RaisedTopic = (typeof raisedTopics)[number]

export const outcomes = [
  'explained', 'planChanged', 'serviceOn', 'serviceOff', 'noSignal', 'speed', 'setUp', 'charge', 'refund', 'lostPayment', 'order', 'simReplaced', 'thanks',
] as const
export type Outcome = (typeof outcomes)[number]

/** One conversation: the customer begins, and they take turns. */
export interface Dialogue {
  readonly topic: Topic
  readonly outcome: Outcome
  readonly lines: readonly string[]
  /** Where it is handed on after `lines`, of which an agent's is the last; `more` begins with whoever takes it. */
  readonly then?: {
    readonly kind: 'raise' | 'transfer'
    readonly to: Topic | RaisedTopic
    readonly note: string
    readonly more: readonly string[]
  }
}

export interface Words {
  readonly company: string
  readonly administrator: string
  readonly sites: { readonly saransk: string; readonly irkutsk: string }
  readonly teams: { readonly saransk1: string; readonly saransk2: string; readonly irkutsk1: string; readonly irkutsk2: string; readonly second: string }
  readonly queues: Readonly<Record<Topic | RaisedTopic, string>>
  readonly outcomes: Readonly<Record<Outcome, string>>
  readonly reasons: { readonly break: string; readonly lunch: string; readonly training: string; readonly talk: string; readonly paperwork: string }
  readonly channels: Readonly<Record<Topic, string>>
  readonly pages: Readonly<Record<Topic, string>>
  readonly greeting: string
  readonly consent: string
  readonly supervisors: readonly string[]
  /** At least sixty, so that no centre of the usual size has two of one name. */
  readonly agents: readonly string[]
  /** Before a customer's first words; an empty one: straight to the point. */
  readonly hellos: readonly string[]
  readonly thanks: readonly string[]
  /** What an agent answers to somebody whose words are not of the demo: a person who tries the widget. */
  readonly toStrangers: readonly string[]
  readonly farewell: string
  readonly comments: { readonly good: readonly string[]; readonly bad: readonly string[] }
  readonly wrapUpNotes: readonly string[]
}

export interface Terminal {
  readonly usage: string
  readonly wrong: Readonly<Record<WrongOption, (value: string) => string>>
  portBusy(port: number): string
  noSetUp(said: string): string
  notReached(url: string): string
  signInFailed(email: string): string
  startingServer: string
  settingUp: string
  /** In the other language than the one that was asked for. */
  readonly otherLanguage: string
  furnished(agents: number): string
  readonly roles: { readonly administrator: string; readonly supervisor: string; readonly agent: string }
  readonly columns: { readonly role: string; readonly email: string; readonly password: string }
  /** In place of a password that is not the demo's own to show. */
  readonly passwordOfFile: string
  signInAt(address: string): string
  try(address: string): string
  live(speed: number): string
  busierThan(perDay: number, before: number): string
  line(board: BoardLine): string
  fault(words: string): string
  readonly serverGone: string
  serverAway(url: string): string
  readonly serverBack: string
  stopping: string
  stopped(contacts: number): string
  historyThere(day: string): string
  writing(days: number, contacts: number): string
  written(days: number, contacts: number, seconds: number): string
  forgetting(days: number): string
  counting(to: string): string
  readonly table: { readonly target: string; readonly wanted: string; readonly counted: string; readonly difference: string; readonly tolerance: string }
  readonly figures: Readonly<Record<FigureName, string>>
  regionShare(region: string): string
  channelShare(channel: string): string
  readonly unknownRegion: string
  seconds(value: string): string
  times(value: string): string
  /** Of a share: how far another one is from it. */
  points(value: string): string
  allMet: string
  missed(names: readonly string[]): string
}

export type WrongOption =
  | 'option' | 'port' | 'speed' | 'seed' | 'agents' | 'minutes' | 'perDay' | 'history' | 'historyOnly' | 'historyNeedsOwn' | 'language' | 'urlNeeds' | 'url' | 'password'
  | 'targetsFile' | 'targetsImpossible' | 'tooMany' | 'emptyHistory'

export interface BoardLine {
  readonly clock: string
  readonly onDuty: number
  readonly arrived: number
  readonly waiting: number
  readonly inHand: number
  readonly answered: number
  readonly gone: number
  readonly rated: number
  readonly errors: number
}

export type FigureName =
  | 'perDay' | 'asa' | 'serviceLevel' | 'abandonment' | 'shortAbandons' | 'aht' | 'csat' | 'responseRate' | 'secondLine' | 'resolved' | 'growth' | 'weekends' | 'daytime'
