import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { makeTestFolder } from '@otklik/testing/folder'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findBinaries } from './binaries.ts'
import { clusterPaths } from './cluster.ts'
import { isOurPostmaster, readPidFile } from './postmaster.ts'
import { type EmbeddedPostgres, startEmbedded, stopAbandoned } from './supervisor.ts'

let folder: string
let words: string[]
let open: EmbeddedPostgres[]
let processes: ChildProcess[]

const logger = {
  info: (message: string) => void words.push(message),
  warn: (message: string) => void words.push(message),
  error: (message: string) => void words.push(message),
}
const paths = () => clusterPaths(folder)

const start = async (at = folder) => {
  const embedded = await startEmbedded({ folder: at, logger })
  open.push(embedded)
  return embedded
}

const query = async <Row extends pg.QueryResultRow>(url: string, text: string) => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

const startProcess = async (at = folder) => {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'supervised-process.ts'), at], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  processes.push(child)
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, said: said.toString().trim() }
}

const killed = async (child: ChildProcess) => {
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

/** A stopped cluster, made once: a copy is quicker than initdb. */
let made: string

beforeAll(async () => {
  made = makeTestFolder()
  const embedded = await startEmbedded({ folder: made, logger: { info: () => undefined, warn: () => undefined, error: () => undefined } })
  await embedded.stop()
})

afterAll(() => rmSync(made, { recursive: true, maxRetries: 20, retryDelay: 50 }))

const copyMade = () => cpSync(clusterPaths(made).cluster, clusterPaths(folder).cluster, { recursive: true, preserveTimestamps: true })

beforeEach(() => {
  folder = makeTestFolder()
  words = []
  open = []
  processes = []
})

afterEach(async () => {
  for (const child of processes) if (child.exitCode === null && child.signalCode === null) await killed(child)
  for (const embedded of open) await embedded.stop()
  await stopAbandoned(folder)
  // The log collector may write its last words after the server is gone.
  rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 50 })
})

describe('the embedded database', () => {
  it('is made, stopped in order, and found again on its port with its rows', async () => {
    const first = await start()
    expect(first.adopted).toBe(false)
    await query(first.url, 'create extension pg_trgm; create table kept (id int); insert into kept values (1)')
    const [facts] = await query(
      first.url,
      `select pg_encoding_to_char(encoding) encoding, datctype, cardinality(show_trgm('привет')) trigrams,
              current_setting('unix_socket_directories') sockets, lower('ЁЖ') lower,
              (select count(*)::int from pg_hba_file_rules where auth_method <> 'scram-sha-256') others
       from pg_database where datname = current_database()`,
    )
    expect(facts).toEqual({ encoding: 'UTF8', datctype: 'C.UTF-8', trigrams: 7, sockets: '', lower: 'ёж', others: 0 })
    expect(statSync(join(paths().cluster, 'otklik-password')).mode & 0o777).toBe(0o600)
    const pid = readPidFile(paths())?.pid ?? 0
    await first.stop()
    expect(isOurPostmaster(pid, paths())).toBe(false)
    expect(existsSync(paths().pidFile)).toBe(false)

    const second = await start()
    expect(second.url).toBe(first.url)
    expect(await query(second.url, 'select id from kept')).toEqual([{ id: 1 }])
    expect(words.join('\n')).not.toContain(new URL(second.url).password)
  })

  it('survives a killed Node and is adopted by the next', async () => {
    copyMade()
    const { child } = await startProcess()
    const pid = readPidFile(paths())?.pid ?? 0
    await killed(child)
    expect(isOurPostmaster(pid, paths())).toBe(true)
    const embedded = await start()
    expect(embedded.adopted).toBe(true)
    expect(readPidFile(paths())?.pid).toBe(pid)
    await embedded.stop()
    expect(isOurPostmaster(pid, paths())).toBe(false)
  })

  it('runs in a process group of its own, which Ctrl-C does not reach', async () => {
    copyMade()
    await start()
    const pid = readPidFile(paths())?.pid ?? 0
    const group = spawnSync('ps', ['-o', 'pgid=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim()
    expect(Number(group)).toBe(pid)
  })

  it('is started by one of two racing processes and stopped by the last of its users', async () => {
    const [first, second] = await Promise.all([startProcess(), startProcess()])
    expect([first.said, second.said].sort()).toEqual(['ready adopted', 'ready started'])
    const third = await start()
    for (const { child } of [first, second]) {
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      expect(await exit).toEqual([0, null])
      expect(await query(third.url, 'select 1 one')).toEqual([{ one: 1 }])
    }
    await third.stop()
    expect(existsSync(paths().pidFile)).toBe(false)
  })

  it('starts over a pid file whose process id now belongs to another program', async () => {
    copyMade()
    await (await start()).stop()
    writeFileSync(paths().pidFile, `${process.pid}\n${paths().cluster}\n1\n5432\n\n127.0.0.1\n\nready\n`)
    expect((await start()).adopted).toBe(false)
    expect(words).toContain('PostgreSQL was not stopped in order last time; it repairs itself now')
  })

  it('starts again under a living Node when the server is killed, with every committed row', async () => {
    copyMade()
    const embedded = await start()
    await query(embedded.url, 'create table kept as select generate_series(1, 1000) id')
    const pid = readPidFile(paths())?.pid ?? 0
    process.kill(pid, 'SIGKILL')
    for (;;) {
      const file = readPidFile(paths())
      if (file !== undefined && file.pid !== pid && file.status === 'ready' && words.length > 3) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(await query(embedded.url, 'select count(*)::int from kept')).toEqual([{ count: 1000 }])
  })

  it('starts after the whole tree was killed', async () => {
    copyMade()
    const { child } = await startProcess()
    const pid = readPidFile(paths())?.pid ?? 0
    process.kill(pid, 'SIGKILL')
    await killed(child)
    expect((await start()).adopted).toBe(false)
  })

  it('moves to another port when its own is taken, and says so', async () => {
    copyMade()
    const first = await start()
    const port = Number(new URL(first.url).port)
    await first.stop()
    const thief = createServer().listen(port, '127.0.0.1')
    await once(thief, 'listening')
    const second = await start()
    thief.close()
    expect(Number(new URL(second.url).port)).not.toBe(port)
    expect(words.join('\n')).toContain(`Port ${port} is taken`)
  })

  it('is backed up while it is written to, and starts from the backup', async () => {
    copyMade()
    const embedded = await start()
    await query(embedded.url, 'create table kept (id int primary key, filler text)')
    let written = 0
    let goOn = true
    const writer = (async () => {
      while (goOn) {
        await query(embedded.url, `insert into kept select n, repeat('x', 500) from generate_series(${written + 1}, ${written + 200}) n`)
        written += 200
      }
    })()
    while (written < 400) await new Promise((resolve) => setTimeout(resolve, 10))
    const before = written
    const copy = join(folder, 'copy')
    await embedded.backup(copy)
    goOn = false
    await writer
    expect(readdirSync(folder)).not.toContain('copy.partial')
    await embedded.stop()

    const restored = await start(copy)
    const [row] = await query<{ rows: number; last: number }>(restored.url, 'select count(*)::int as rows, max(id) as last from kept')
    expect(row?.rows).toBe(row?.last)
    expect(row?.rows).toBeGreaterThanOrEqual(before)
    await restored.stop()
  })
})

describe('a place where PostgreSQL cannot run', () => {
  const codeOf = async (at = folder) => start(at).then(() => 'started', (error: { code: string }) => error.code)

  it('names a database of another version', async () => {
    copyMade()
    await (await start()).stop()
    writeFileSync(join(paths().cluster, 'PG_VERSION'), '17\n')
    expect(await codeOf()).toBe('otherVersion')
  })

  it('names a password that does not fit', async () => {
    copyMade()
    await (await start()).stop()
    writeFileSync(join(paths().cluster, 'otklik-password'), 'wrong\n')
    expect(await codeOf()).toBe('passwordRefused')
    expect(readPidFile(paths())).toBeUndefined()
  })

  it('names a setting of the administrator that PostgreSQL refuses', async () => {
    copyMade()
    writeFileSync(join(paths().cluster, 'custom.conf'), 'max_connections = none\n')
    await expect(start()).rejects.toThrow(/max_connections/)
    writeFileSync(join(paths().cluster, 'custom.conf'), 'max_connections = 50\n')
    const embedded = await start()
    expect(await query(embedded.url, 'show max_connections')).toEqual([{ max_connections: '50' }])
  })

  it('names a folder that cannot be made', async () => {
    writeFileSync(join(folder, 'file'), '')
    expect(await codeOf(join(folder, 'file', 'postgres'))).toBe('noPermission')
  })

  it('leaves nothing behind that a later start would trip over', async () => {
    mkdirSync(join(folder, 'cluster'))
    expect(await codeOf()).toBe('startFailed')
    rmSync(join(folder, 'cluster'), { recursive: true })
    expect(await codeOf()).toBe('started')
  })

  if (process.getuid?.() === 0)
    it("runs for root in another user's folder as that user, who can go on without root", async () => {
      const uid = 54_321
      chownSync(folder, uid, uid)
      // Only where that user may read the programs: a checkout below /root is closed to others.
      const isOpen = spawnSync(findBinaries().postgres, ['--version'], { uid, gid: uid }).status === 0
      const embedded = await codeOf(join(folder, 'data', 'postgres'))
      expect(embedded).toBe(isOpen ? 'started' : 'rootRefused')
      const owners = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => statSync(join(folder, name)).uid)
      expect(new Set(isOpen ? owners.filter((owner) => owner !== 0) : [uid])).toEqual(new Set([uid]))
    })
})
