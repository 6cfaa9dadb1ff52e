import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { defaultTargets } from './history/targets.ts'
import { inLanguage, readOptions } from './options.ts'

const folder = mkdtempSync(join(tmpdir(), 'otklik-demo-options-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const wrong = (...args: string[]) => {
  const read = readOptions(args, {})
  return read.ok ? undefined : read.what
}

it('needs nothing said', () => {
  expect(readOptions([], {})).toEqual({
    ok: true,
    options: { language: 'ru', agents: 40, speed: 1, seed: 1, minutes: undefined, history: undefined, server: { kind: 'own', port: 3100, dataFolder: './data-demo', databaseUrl: undefined } },
  })
})

it('takes a past with targets out of a file and one by one', () => {
  const targets = file('targets.json', '{"asaSeconds": 30, "csat": 0.9}')
  const read = readOptions(['--history', '400d', '--per-day', '100', '--targets', targets, '--target', 'csat=0.93', '--history-only', '--language', 'en'], { DATABASE_URL: 'postgres://db/otklik' })
  expect(read).toMatchObject({ ok: true, options: { server: { databaseUrl: 'postgres://db/otklik' }, history: { days: 400, perDay: 100, only: true, targets: { asaSeconds: 30, csat: 0.93, growthPerYear: 2.5 } } } })
})

it('a past is told by the region names of the centre’s language, unless others were asked for', () => {
  const targets = (...args: string[]) => {
    const read = readOptions(['--history', '30d', '--language', 'en', ...args], {})
    return read.ok && read.options !== 'help' ? inLanguage(read.options, 'ru').history?.targets : undefined
  }
  expect(targets()).toEqual(defaultTargets('ru'))
  expect(targets('--target', 'regions={"Kazan":1}')?.regions).toEqual({ Kazan: 1 })
})

it('a past is as busy at its end as a lively day, unless it is so long that nobody would wait for it', () => {
  const perDay = (...args: string[]) => {
    const read = readOptions(args, {})
    return read.ok && read.options !== 'help' ? read.options.history?.perDay : undefined
  }
  expect(perDay('--history', '30d')).toBe(800) // the most that the agents can take
  expect(perDay('--history', '400d')).toBe(200)
  expect(perDay('--history', '400d', '--target', 'growthPerYear=1', '--agents', '8')).toBe(160)
})

it('takes a server that stands', () => {
  const password = file('password.txt', 'a calm sea and a prosperous voyage\n')
  expect(readOptions(['--url', 'http://localhost:3000/', '--admin-email', 'anna@example.org', '--password-file', password], {})).toMatchObject({
    ok: true, options: { server: { kind: 'standing', url: 'http://localhost:3000', password: 'a calm sea and a prosperous voyage' } },
  })
  expect(wrong('--url', 'http://localhost:3000', '--admin-email', 'a@b.example', '--password-file', password, '--history', '400d')).toBe('historyNeedsOwn')
})

it('says what is wrong', () => {
  expect(wrong('--speed', '0')).toBe('speed')
  expect(wrong('--speed', '')).toBe('speed')
  expect(wrong('--seed', '1.5')).toBe('seed')
  expect(wrong('--agents', '7')).toBe('agents')
  expect(wrong('--port', 'x')).toBe('port')
  expect(wrong('--language', 'de')).toBe('language')
  expect(wrong('--minutes=-1')).toBe('minutes')
  expect(wrong('--history', '3d')).toBe('history')
  expect(wrong('--history-only')).toBe('historyOnly')
  expect(wrong('--history', '30d', '--per-day', '900')).toBe('tooMany')
  expect(wrong('--history', '30d', '--targets', join(folder, 'none.json'))).toBe('targetsFile')
  expect(wrong('--history', '30d', '--target', 'asaSecond=20')).toBe('targetsFile')
  expect(wrong('--history', '30d', '--target', 'asaSeconds=4')).toBe('targetsImpossible')
  expect(wrong('--url', 'localhost')).toBe('url')
  expect(wrong('--url', 'http://localhost:1')).toBe('urlNeeds')
  expect(wrong('--nonsense')).toBe('option')
})
