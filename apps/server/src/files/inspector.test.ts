import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createInspector, InspectorBusy } from './inspector.ts'
import { pdf } from './samples.test-support.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otklik-'))
})
afterAll(() => rm(folder, { recursive: true }))

const programOf = async (name: string, text: string) => {
  const program = join(folder, `${name}.mjs`)
  await writeFile(program, text)
  return program
}

it('kills what hangs, and takes what crashes for a file that nobody should open', async () => {
  const hangs = createInspector({ limitMs: 50, program: await programOf('hangs', `process.send('ready'); for (;;);`) })
  expect(await hangs.inspect('any', 'png')).toEqual({ ok: false, code: 'fileBroken' })
  const crashes = createInspector({ program: await programOf('crashes', `process.send('ready'); process.abort()`) })
  expect(await crashes.inspect('any', 'png')).toEqual({ ok: false, code: 'fileBroken' })
})

it('throws for what is our own fault', async () => {
  const fails = createInspector({ program: await programOf('fails', `throw new Error('no disk')`) })
  await expect(fails.inspect('any', 'png')).rejects.toThrow('no disk')
})

it('gives the process nothing of our environment', async () => {
  const program = await programOf('tells', `process.send({ ok: false, code: Object.keys(process.env).sort().join() }, () => process.disconnect())`)
  process.env.OTKLIK_SECRET_KEY = 'never'
  try {
    expect(await createInspector({ program }).inspect('any', 'png')).toMatchObject({ code: expect.not.stringContaining('OTKLIK') })
  } finally {
    delete process.env.OTKLIK_SECRET_KEY
  }
})

it('looks into many, a few at a time, and says when they are too many', async () => {
  const path = join(folder, 'a.pdf')
  await writeFile(path, pdf)
  const quick = createInspector({ mostWaiting: 1, program: await programOf('quick', `process.send({ ok: true, type: 'application/pdf', picture: null }, () => process.disconnect())`) })
  const outcomes = await Promise.allSettled(Array.from({ length: 7 }, () => quick.inspect(path, 'pdf')))
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused.length).toBeGreaterThan(0)
  for (const { reason } of refused) expect(reason).toBeInstanceOf(InspectorBusy)
  expect(await createInspector().inspect(path, 'pdf')).toEqual({ ok: true, type: 'application/pdf', picture: null })
}, 60_000)
