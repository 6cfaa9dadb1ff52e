import type { Terminal } from '../shape.ts'

const plural = new Intl.PluralRules('en')
const count = (value: number, one: string, other: string): string => `${value.toLocaleString('en')} ${plural.select(value) === 'one' ? one : other}`
const contacts = (value: number) => count(value, 'contact', 'contacts')
const days = (value: number) => count(value, 'day', 'days')

export const terminal: Terminal = {
  usage: `npm run demo -- [--speed 1] [--seed 1] [--agents 40] [--minutes N] [--language ru|en] [--port 3100] [--data ./data-demo]
  a past:         --history 400d [--history-only] [--per-day N] [--targets targets.json]
  another server: --url http://… --admin-email … --password-file …`,
  wrong: {
    option: (value) => value,
    port: (value) => `--port: “${value}” is no port from 1 to 65535.`,
    speed: (value) => `--speed: “${value}” is no number from 1 to 60.`,
    seed: (value) => `--seed: “${value}” is no whole number from 0 to 4294967295.`,
    agents: (value) => `--agents: “${value}” is no whole number from 8 to 60.`,
    minutes: (value) => `--minutes: “${value}” is no number above zero.`,
    perDay: (value) => `--per-day: “${value}” is no whole number from 1 to 2000.`,
    history: (value) => `--history: “${value}” is no number of days from 7 to 800, such as 400d.`,
    historyOnly: () => '--history-only goes with --history, for example --history 400d.',
    historyNeedsOwn: () => 'A past is written into the database itself, which --url does not show: start without --url, with a data folder of its own or with DATABASE_URL.',
    language: (value) => `--language: “${value}” is neither ru nor en.`,
    urlNeeds: () => '--url needs --admin-email and --password-file: who makes the sites, queues and agents.',
    url: (value) => `--url: “${value}” is no address such as http://localhost:3000.`,
    password: (value) => `The password could not be read from ${value}.`,
    targetsFile: (value) => `The targets could not be read: ${value}`,
    targetsImpossible: (value) => `These targets contradict each other: ${value}`,
    tooMany: (value) => `The agents cannot take so many contacts: ${value} a day at most with as many of them. Lower --per-day or raise --agents.`,
    emptyHistory: () => 'A past is written before the first contact, and there are contacts already. Choose another folder: --data ./data-demo-2.',
  },
  portBusy: (port) => `Port ${port} is in use: stop whoever uses it, or choose another one, such as --port ${port + 1}.`,
  noSetUp: (said) => `The set-up failed:\n${said}`,
  notReached: (url) => `Nobody answers at ${url}.`,
  signInFailed: (email) => `Signing in as ${email} failed: check address and password. If the data folder is of an earlier demo, its password may have been changed.`,
  startingServer: 'Starting the server…',
  settingUp: 'Making sites, queues and agents…',
  furnished: (agents) => `The centre is ready: two sites, six queues, ${count(agents, 'agent', 'agents')}.`,
  otherLanguage: 'The centre here was furnished in Russian, and goes on in Russian. One in English needs a data folder of its own: --data ./data-demo-en.',
  roles: { administrator: 'administrator', supervisor: 'supervisor', agent: 'agent' },
  columns: { role: 'who', email: 'e-mail', password: 'password' },
  passwordOfFile: 'the one in --password-file',
  signInAt: (address) => `Sign in: ${address}`,
  try: (address) => `A customer’s chat beside its settings: ${address}`,
  live: (speed) =>
    speed === 1
      ? 'The day goes on, as fast as a real one. Ctrl-C stops it.'
      : `The day goes on ${speed.toLocaleString('en')} times as fast: talks are so many times shorter than in the past, and so many times more customers come in an hour. Ctrl-C stops it.`,
  busierThan: (perDay, before) => `Today is a busy day: at this rate ${contacts(perDay)} by its end; in the week before there were ${contacts(before)} a day.`,
  line: (board) =>
    `${board.clock}  on duty ${board.onDuty} · contacts ${board.arrived} · waiting ${board.waiting} · in hand ${board.inHand} · answered ${board.answered} · left ${board.gone} · ratings ${board.rated} · errors ${board.errors}`,
  fault: (words) => `error: ${words}`,
  serverGone: 'The demo’s server has ended, and the day with it. Start again: what is there is kept.',
  serverAway: (url) => `The server at ${url} does not answer; the demo waits for it.`,
  serverBack: 'The server answers again.',
  stopping: 'Stopping: the agents go home…',
  stopped: (number) => `Done: ${contacts(number)}.`,
  historyThere: (day) => `There is a past here already, since ${day}; the day goes on.`,
  writing: (number, total) => `Writing the past: ${days(number)}, ${contacts(total)}…`,
  written: (number, total, seconds) => `  ${days(number)}, ${contacts(total)}, ${seconds} s`,
  forgetting: (number) => `The words of closed contacts are kept for ${days(number)} here: a nightly job erases older ones, the figures stay.`,
  counting: (to) => `  the server counts the figures: as far as ${to}`,
  table: { target: 'target', wanted: 'wanted', counted: 'as the server counts', difference: 'difference', tolerance: 'tolerance' },
  figures: {
    perDay: 'contacts a day', asa: 'average wait', serviceLevel: 'service level', abandonment: 'abandonment', shortAbandons: 'short abandons', aht: 'handle time', csat: 'ratings of 4–5',
    responseRate: 'share who rate', secondLine: 'to the second line', resolved: 'solved at once', growth: 'growth in a year', weekends: 'share of weekends', daytime: 'share from 9 to 21',
  },
  regionShare: (region) => `region: ${region}`,
  channelShare: (channel) => `channel: ${channel}`,
  unknownRegion: 'unknown',
  seconds: (value) => `${value} s`,
  times: (value) => `× ${value}`,
  points: (value) => `${value} pp`,
  allMet: 'Every figure is within its tolerance.',
  missed: (names) => `Outside the tolerance: ${names.join('; ')}.`,
}
