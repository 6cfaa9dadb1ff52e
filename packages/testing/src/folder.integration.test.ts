import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { signalReaches } from '../../../apps/server/src/postgres/sharing.ts'
import { makeTestFolder, removeAbandonedFolders } from './folder.ts'

const script = join(import.meta.dirname, '../../../apps/server/src/postgres/supervised-process.ts')
const folder = makeTestFolder()
afterAll(() => rmSync(folder, { recursive: true }))

it('ends the server and removes the folder of a run that was killed, and nothing of a living one', async () => {
  const wrapper = `
    import { makeTestFolder } from ${JSON.stringify(join(import.meta.dirname, 'folder.ts'))}
    process.argv[2] = makeTestFolder()
    await import(${JSON.stringify(script)})
    console.log(process.argv[2])`
  const run = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', wrapper, '-', '-'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  run.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  while (!/otklik-test-.*\n/.test(said)) await once(run.stdout, 'data')
  const left = /\/.*otklik-test-\S+/.exec(said)?.[0] ?? ''
  const pid = Number(readFileSync(join(left, 'cluster/postmaster.pid'), 'utf8').split('\n')[0])

  expect(await removeAbandonedFolders()).not.toContain(left)
  const exit = once(run, 'exit')
  run.kill('SIGKILL')
  await exit
  expect(signalReaches(pid)).toBe(true)
  expect(await removeAbandonedFolders()).toContain(left)
  expect(existsSync(left)).toBe(false)
  expect(existsSync(folder)).toBe(true)
  expect(signalReaches(pid)).toBe(false)
})
