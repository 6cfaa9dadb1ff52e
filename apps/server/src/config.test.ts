import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { makeTestFolder } from '@otklik/testing/folder'
import { describe, expect, it } from 'vitest'
import { checkDataFolder, ConfigError, configTable, fingerprintOf, loadSecretKey, readConfig } from './config.ts'

const read = (env: Record<string, string>) => readConfig(env, '/srv/otklik')
const problemsOf = (env: Record<string, string>) => {
  try {
    read(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}
const key = Buffer.alloc(32, 7)

describe('the environment', () => {
  it('may be empty', () => {
    expect(read({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataFolder: '/srv/otklik/data',
      databaseUrl: undefined,
      publicUrl: 'http://localhost:3000',
      secretKey: { from: 'file', path: '/srv/otklik/data.key' },
      logLevel: 'info',
      trustedProxies: [],
      newVisitorsPerMinute: 10,
      messagesPerMinute: 30,
      signInsPerMinute: 10,
      isHttpAllowed: false,
    })
  })

  it('treats an empty variable as absent', () => {
    const env = Object.fromEntries(configTable.map(({ name }) => [name, '']))
    expect(read(env)).toEqual(read({}))
  })

  it('is read', () => {
    const config = read({
      PORT: '8080',
      HOST: '0.0.0.0',
      OTKLIK_DATA: '/var/lib/otklik',
      DATABASE_URL: 'postgres://otklik:pw@db:5432/otklik',
      PUBLIC_URL: 'https://chat.example.org/',
      OTKLIK_SECRET_KEY: key.toString('hex'),
      LOG_LEVEL: 'debug',
      OTKLIK_TRUSTED_PROXIES: '10.0.0.0/8, fd00::/8',
      OTKLIK_NEW_VISITORS_PER_MINUTE: '0',
      OTKLIK_MESSAGES_PER_MINUTE: '60',
      OTKLIK_SIGN_INS_PER_MINUTE: '5',
    })
    expect(config).toMatchObject({
      port: 8080,
      host: '0.0.0.0',
      dataFolder: '/var/lib/otklik',
      publicUrl: 'https://chat.example.org',
      logLevel: 'debug',
      trustedProxies: ['10.0.0.0/8', 'fd00::/8'],
      newVisitorsPerMinute: 0,
      messagesPerMinute: 60,
      signInsPerMinute: 5,
    })
    expect(config.databaseUrl?.reveal()).toBe('postgres://otklik:pw@db:5432/otklik')
    expect(loadSecretKey(config.secretKey).reveal()).toEqual(key)
  })

  it('shows no secret', () => {
    const config = read({ DATABASE_URL: 'postgres://o:hidden@db/o', OTKLIK_SECRET_KEY: key.toString('base64') })
    for (const text of [JSON.stringify(config), inspect(config, { depth: 9 }), `${config.databaseUrl}`])
      expect(text).not.toMatch(/hidden|BwcHBwcH|<Buffer/)
  })

  it('reports all problems together, each with what to do, and quotes no value', () => {
    const problems = problemsOf({
      PORT: '0',
      DATABASE_URL: 'mysql://u:hidden@db',
      OTKLIK_SECRET_KEY: 'hidden',
      LOG_LEVEL: 'loud',
      OTKLIK_TRUSTED_PROXIES: '10.0.0.1',
      OTKLIK_MESSAGES_PER_MINUTE: 'many',
      OTKLIK_MESAGES_PER_MINUTE: '1',
    })
    expect(problems.map((line) => line.split(' ')[0])).toEqual([
      'PORT',
      'DATABASE_URL',
      'OTKLIK_SECRET_KEY',
      'LOG_LEVEL',
      'OTKLIK_TRUSTED_PROXIES',
      'OTKLIK_MESSAGES_PER_MINUTE',
      'OTKLIK_MESAGES_PER_MINUTE',
    ])
    expect(problems.join('\n')).not.toContain('hidden')
  })

  it.each(['http://chat.example.org', 'http://192.168.1.5:3000'])('asks for https beyond localhost: %s', (PUBLIC_URL) => {
    expect(problemsOf({ PUBLIC_URL })).toEqual([expect.stringContaining('https://')])
    expect(problemsOf({ PUBLIC_URL, OTKLIK_INSECURE_HTTP: '1' })).toEqual([])
  })

  it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'https://chat.example.org'])('takes %s', (PUBLIC_URL) => {
    expect(read({ PUBLIC_URL }).publicUrl).toBe(PUBLIC_URL)
  })

  it.each(['0.0.0.0/0', '::/0', 'true', '10.0.0.0/33', '10.0.0.0/8/8'])('believes no proxies from %s', (networks) => {
    expect(problemsOf({ OTKLIK_TRUSTED_PROXIES: networks })).toHaveLength(1)
  })

  it.each(['https://a.example/path', 'https://u:p@a.example', 'ftp://a.example', 'a.example'])('is no origin: %s', (PUBLIC_URL) => {
    expect(problemsOf({ PUBLIC_URL })).toHaveLength(1)
  })

  it('has a table that names every variable and its default', () => {
    const defaults = Object.fromEntries(configTable.map((row) => [row.name, row.default]))
    const { PORT = '', HOST = '', LOG_LEVEL = '', OTKLIK_DATA = '', OTKLIK_INSECURE_HTTP = '' } = defaults
    const rates = Object.fromEntries(Object.entries(defaults).filter(([name]) => name.endsWith('_PER_MINUTE')))
    expect(read({ PORT, HOST, LOG_LEVEL, OTKLIK_DATA, OTKLIK_INSECURE_HTTP, ...rates })).toEqual(read({}))
    for (const { name } of configTable) if (name !== 'OTKLIK_DATA') expect(problemsOf({ [name]: '#' }), name).not.toEqual([])
  })
})

it('says which file stands in the place of the data folder', () => {
  const folder = makeTestFolder()
  const file = join(folder, 'file')
  writeFileSync(file, '')
  expect(() => checkDataFolder(file)).toThrow(`${file}, but that is a file`)
  expect(() => checkDataFolder(join(file, 'data'))).toThrow(`but ${file} is a file`)
  checkDataFolder(join(folder, 'data', 'below'))
  expect(readdirSync(folder)).toEqual(['file'])
  rmSync(folder, { recursive: true })
})

describe('the key file', () => {
  it('is made once beside the data folder, for its owner only', () => {
    const folder = makeTestFolder()
    const { secretKey } = readConfig({}, folder)
    const made = loadSecretKey(secretKey)
    expect(made.reveal()).toHaveLength(32)
    expect(loadSecretKey(secretKey).reveal()).toEqual(made.reveal())
    expect(statSync(join(folder, 'data.key')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(folder, 'data.key'), 'utf8')).not.toContain(fingerprintOf(made))

    chmodSync(join(folder, 'data.key'), 0o644)
    expect(() => loadSecretKey(secretKey)).toThrow(/chmod 600/)
    writeFileSync(join(folder, 'data.key'), 'short')
    chmodSync(join(folder, 'data.key'), 0o600)
    expect(() => loadSecretKey(secretKey)).toThrow(/back from your backup/)
    rmSync(folder, { recursive: true })
  })
})

it.runIf(process.platform === 'linux')('says where no folder can be made', () => {
  expect(() => checkDataFolder('/proc/otklik')).toThrow('no folder can be made in /proc')
})
