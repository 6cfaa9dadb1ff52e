/** Files both ways: who may send, read and keep them, and what is left when somebody goes away in the middle. */
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, stat, statfs, utimes, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { attachmentLimits } from '@otklik/contract/attachment-rules'
import type { FileLink, FileView } from '@otklik/contract/attachments'
import type { Problem } from '@otklik/contract/errors'
import { routes } from '@otklik/contract/routes'
import type { FileId } from '@otklik/model/ids'
import type { AgentClient } from '@otklik/testing/agent-client'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import type { VisitorClient } from '@otklik/testing/visitor-client'
import sharp from 'sharp'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createDisk } from './files/disk.ts'
import * as samples from './files/samples.test-support.ts'
import { forgetFiles, sweepFiles } from './jobs/forget-files.ts'
import { deleteFiles } from './store/files.ts'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
let ahead = 0
/** Where the clock stands still; undefined: it runs. */
let frozen: number | undefined
beforeEach(async () => {
  ahead = 0
  frozen = undefined
  database = await openTestDatabase()
  running = await runOtklik(database.url, { now: () => new Date((frozen ?? Date.now()) + ahead) })
})
afterEach(async () => {
  await running.close()
  await database.close()
})

const disk = () => createDisk(join(running.dataFolder, 'files'))
const jobs = () => ({ deps: running.otklik.deps, reader: running.otklik.database.reader, disk: disk() })
/** Everything that lies below the folder of files. */
const onDisk = async (): Promise<string[]> => {
  const entries = await readdir(join(running.dataFolder, 'files'), { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
}

type Client = Pick<AgentClient | VisitorClient, 'fetch'>
const upload = async (client: Client, bytes: Uint8Array | string | Readable, name: string, id: string = randomUUID()) => {
  const answer = await client.fetch(isAgent(client) ? `/files/${id}` : `files/${id}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/octet-stream', 'X-File-Name': encodeURIComponent(name) },
    body: bytes as never,
    ...(bytes instanceof Readable ? { duplex: 'half' } : {}),
  } as RequestInit)
  return { status: answer.status, body: (await answer.json()) as FileView & Problem }
}
const isAgent = (client: Client) => 'available' in client
const link = async (client: Client, id: string): Promise<FileLink & Problem> =>
  (await (await client.fetch(isAgent(client) ? `/files/${id}/link` : `files/${id}/link`)).json()) as FileLink & Problem
const get = (address: string | null, headers: Record<string, string> = {}) => fetch(`${running.url}${address ?? ''}`, { headers })
const bytesOf = async (answer: Response) => Buffer.from(await answer.arrayBuffer())

type Talk = Awaited<ReturnType<Running['talk']>>
const answer = ({ anna, contact }: Talk, text: string, fileIds: string[], visibility: 'public' | 'note' = 'public', id: string = randomUUID()) =>
  anna.api.call(routes.sendMessage, { params: { id: contact.id }, body: { id, text, visibility, fileIds } })

it('goes both ways: a picture alone from the customer, words with a document from the agent', async () => {
  const both = await running.talk()
  const { anna, visitor, contact } = both
  const picture = await upload(visitor, await samples.jpeg(), 'С дачи.jpg')
  expect(picture).toMatchObject({ status: 200, body: { name: 'С дачи.jpg', type: 'image/jpeg', image: { width: 1200, height: 900 } } })
  const accepted = await visitor.send('', undefined, undefined, [picture.body.id])

  const seen = await anna.until('the picture', () => anna.state.messages.get(accepted.id))
  expect(seen.parts).toEqual([{ kind: 'file', ...picture.body }])
  const summary = await anna.until('the line of the contact', () => anna.state.contacts.get(contact.id)?.lastMessage?.file)
  expect(summary).toEqual({ name: 'С дачи.jpg', isPicture: true })

  const { url, previewUrl } = await link(anna, picture.body.id)
  const full = await get(url)
  const body = await bytesOf(full)
  expect(body.length).toBe(picture.body.bytes)
  expect((await sharp(body).metadata()).exif, 'where the picture was taken stays with the customer').toBeUndefined()
  expect(Object.fromEntries(full.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-disposition': `attachment; filename="_ ____.jpg"; filename*=UTF-8''${encodeURIComponent('С дачи.jpg')}`,
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=300',
    'cross-origin-resource-policy': 'cross-origin',
  })
  const preview = await get(previewUrl)
  expect([preview.headers.get('content-type'), preview.headers.get('content-disposition')]).toEqual(['image/webp', `inline; filename="preview.webp"; filename*=UTF-8''preview.webp`])
  expect(await sharp(await bytesOf(preview)).metadata()).toMatchObject({ width: 640, height: 480 })

  const contract = await upload(anna, samples.pdf, 'договор.pdf')
  const said = await answer(both, 'Вот договор', [contract.body.id])
  const got = await visitor.until('the document', () => visitor.state.messages.get(said.id))
  expect(got.parts).toEqual([{ kind: 'text', text: 'Вот договор' }, { kind: 'file', ...contract.body }])
  const theirs = await link(visitor, contract.body.id)
  expect(await bytesOf(await get(theirs.url))).toEqual(samples.pdf)
  expect(theirs.previewUrl).toBeNull()

  const part = await get(theirs.url, { Range: 'bytes=1-4' })
  expect([part.status, part.headers.get('content-range'), (await bytesOf(part)).toString()]).toEqual([206, `bytes 1-4/${samples.pdf.length}`, 'PDF-'])
  expect((await bytesOf(await get(theirs.url, { Range: 'bytes=-5' }))).toString()).toBe(samples.pdf.subarray(-5).toString())
  expect((await get(theirs.url, { Range: 'bytes=9000-' })).status).toBe(416)
})

it('hands out with a customer the files of both sides, by addresses of their own', async () => {
  const both = await running.talk()
  const { anna, visitor, contact } = both
  const theirs = await upload(visitor, samples.docx, 'заявление.docx')
  await visitor.send('', undefined, undefined, [theirs.body.id])
  const ours = await upload(anna, samples.pdf, 'договор.pdf')
  await answer(both, 'Вот договор', [ours.body.id])
  const notSent = await upload(visitor, samples.pdf, 'черновик.pdf')
  const others = await running.visitor()
  await others.send('Я другой', undefined, undefined, [(await upload(others, samples.pdf, 'чужое.pdf')).body.id])

  const boss = await running.agent('agent3@sample.example')
  const { document, links } = await boss.api.call(routes.exportCustomer, { params: { id: contact.customer.id } })
  expect(document.customers.map(({ files }) => files)).toMatchObject([[
    { id: theirs.body.id, name: 'заявление.docx', uploadedBy: null, sent: true },
    { id: ours.body.id, name: 'договор.pdf', uploadedBy: 'Анна Белова', sent: true },
    { id: notSent.body.id, name: 'черновик.pdf', uploadedBy: null, sent: false },
  ]])
  const contents = await Promise.all(links.map(async ({ fileId, url }) => [fileId, await bytesOf(await get(url))] as const))
  expect(contents).toEqual([[theirs.body.id, samples.docx], [ours.body.id, samples.pdf], [notSent.body.id, samples.pdf]])
})

it('starts a contact with nothing but files, and says in lists what they are', async () => {
  const anna = await running.agent('agent1@sample.example')
  const visitor = await running.visitor()
  const { body } = await upload(visitor, samples.docx, 'заявление.docx')
  await visitor.send('', undefined, undefined, [body.id])
  await anna.available()
  const contact = await anna.nextOffer()
  await anna.accept(contact)
  expect(contact.lastMessage).toMatchObject({ text: '', file: { name: 'заявление.docx', isPicture: false } })
  const { items } = await anna.api.call(routes.customerContacts, { params: { id: contact.customer.id } })
  expect(items[0]).toMatchObject({ firstWords: null, firstFile: { name: 'заявление.docx', isPicture: false } })
})

it('is taken once: the same again is the same answer, something else under its id is refused', async () => {
  const visitor = await running.visitor()
  const id = randomUUID()
  const [first, second] = await Promise.all([upload(visitor, samples.pdf, 'a.pdf', id), upload(visitor, samples.pdf, 'a.pdf', id)])
  expect(first.body).toEqual(second.body)
  expect((await upload(visitor, samples.pdf, 'other name.pdf', id)).body).toEqual(first.body)
  expect((await upload(visitor, samples.docx, 'a.docx', id)).body.code).toBe('idTaken')
  expect((await upload(await running.visitor(), samples.pdf, 'a.pdf', id)).body.code).toBe('idTaken')
  const message = randomUUID()
  const accepted = await visitor.send('вот', message, undefined, [id])
  expect(await visitor.send('вот', message, undefined, [id])).toEqual(accepted)
  await expect(visitor.send('вот', randomUUID(), undefined, [id]), 'sent already').rejects.toThrow('fileGone')
})

it('refuses what is not what its name says, and says why', async () => {
  const visitor = await running.visitor()
  const refusals: [Buffer | string, string, string, number][] = [
    [samples.exe, 'photo.png', 'fileMismatch', 415],
    [samples.exe, 'setup.exe', 'fileTypeRefused', 415],
    ['<svg/>', 'logo.svg', 'fileTypeRefused', 415],
    ['', 'empty.txt', 'fileEmpty', 422],
    [samples.pixelBomb(), 'bomb.png', 'fileBroken', 422],
    [(await samples.png()).subarray(0, 500), 'half.png', 'fileBroken', 422],
  ]
  for (const [bytes, name, code, status] of refusals) expect(await upload(visitor, bytes, name), name).toMatchObject({ status, body: { code } })
  expect(await onDisk()).toEqual([])
  expect((await upload(visitor, samples.pdf, 'fine.pdf')).status, 'the server goes on').toBe(200)
})

it('keeps its limits: bytes at once, bytes a day, uploads a minute, files a message', async () => {
  const visitor = await running.visitor()
  frozen = Date.now() // a slow machine must not give uploads back
  const large = Buffer.alloc(attachmentLimits.visitorBytes + 1, 'a')
  expect(await upload(visitor, large, 'large.txt'), 'announced').toMatchObject({ status: 413, body: { code: 'fileTooLarge' } })
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(large)
      controller.close()
    },
  })
  const unannounced = await visitor.fetch(`files/${randomUUID()}`, {
    method: 'PUT', body: stream, duplex: 'half', headers: { 'Content-Type': 'application/octet-stream', 'X-File-Name': 'large.txt' },
  } as RequestInit)
  expect([unannounced.status, ((await unannounced.json()) as Problem).code]).toEqual([413, 'fileTooLarge'])
  expect(await onDisk()).toEqual([])

  const ids: string[] = []
  for (const name of ['1.txt', '2.txt']) ids.push((await upload(visitor, name, name)).body.id)
  for (let count = 0; count < 6; count++) await upload(visitor, 'refused', 'a.exe')
  expect(await upload(visitor, 'text', 'a.txt')).toMatchObject({ status: 429, body: { code: 'rateLimited' } })
  await expect(visitor.send('', undefined, undefined, Array.from({ length: 11 }, () => randomUUID()))).rejects.toThrow('validationFailed')
  await visitor.send('', undefined, undefined, ids)

  await running.otklik.database.pool.query('update file set received_bytes = $1 where id = $2', [attachmentLimits.visitorBytesPerDay - 50, ids[0]])
  ahead += 60_000
  expect(await upload(visitor, 'x'.repeat(100), 'a.txt')).toMatchObject({ status: 409, body: { code: 'fileLimitReached' } })
  ahead += 24 * 3_600_000
  expect((await upload(visitor, 'x'.repeat(100), 'a.txt')).status).toBe(200)
})

it('belongs to whom uploaded it, until it is sent, and to nobody else', async () => {
  const both = await running.talk()
  const { anna, visitor } = both
  const boris = await running.agent('agent2@sample.example')
  const stranger = await running.visitor()
  const own = (await upload(visitor, samples.pdf, 'a.pdf')).body.id
  const annas = (await upload(anna, samples.docx, 'b.docx')).body.id
  for (const client of [anna, boris, stranger]) expect((await link(client, own)).code, 'not sent yet').toBe('notFound')
  expect((await link(visitor, own)).url).toContain(own)
  await expect(stranger.send('моё', undefined, undefined, [own])).rejects.toThrow('fileGone')
  await expect(visitor.send('моё', undefined, undefined, [annas])).rejects.toThrow('fileGone')
  await expect(answer(both, 'моё', [own])).rejects.toMatchObject({ problem: { code: 'fileGone' } })
  await expect(answer(both, 'моё', [annas, randomUUID()])).rejects.toMatchObject({ problem: { code: 'fileGone' } })

  await visitor.send('', undefined, undefined, [own])
  await answer(both, 'для своих', [annas], 'note')
  expect((await link(anna, own)).url).toContain(own)
  for (const client of [boris, stranger]) for (const id of [own, annas]) expect((await link(client, id)).code).toBe('notFound')
  expect((await link(visitor, annas)).code, 'a note is not for the customer').toBe('notFound')
  expect([...visitor.state.messages.values()].flatMap(({ parts }) => parts).filter((part) => part.kind === 'file' && part.id === annas)).toEqual([])
  expect((await fetch(`${running.url}/api/v1/files/${own}/link`)).status).toBe(401)
  const unknown = await fetch(`${running.url}/api/v1/web-chat/${running.channelId}/files/${own}/link`, {
    headers: { Origin: running.origin, Authorization: `Bearer ${'a'.repeat(43)}` },
  })
  expect(((await unknown.json()) as Problem).code).toBe('visitorUnknown')
  const elsewhere = await visitor.fetch(`files/${own}/link`, { headers: { Origin: 'https://elsewhere.example' } })
  expect(((await elsewhere.json()) as Problem).code).toBe('originRefused')
})

it('binds a file to one message, however many ask for it at once', async () => {
  const both = await running.talk()
  const { id } = (await upload(both.anna, samples.pdf, 'a.pdf')).body
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, (_, index) => answer(both, `раз ${index}`, [id])))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const { rows } = await running.otklik.database.pool.query(`select count(*)::int as messages from message where parts @> '[{"kind": "file"}]'`)
  expect(rows).toEqual([{ messages: 1 }])
})

it('signs addresses for one file, one variant and five minutes', async () => {
  const visitor = await running.visitor()
  const { id } = (await upload(visitor, await samples.png(), 'a.png')).body
  const other = (await upload(visitor, await samples.webp(), 'b.webp')).body.id
  const { url, previewUrl, expiresAt } = await link(visitor, id)
  expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(5 * 60_000)
  const changed = (name: string, value: string) => {
    const address = new URL(url, running.url)
    address.searchParams.set(name, value)
    return address.pathname + address.search
  }
  const signature = new URL(url, running.url).searchParams.get('signature') ?? ''
  const bad = [
    url.replace(id, other),
    changed('variant', 'preview'),
    changed('expires', String(Date.parse(expiresAt) + 60_000)),
    changed('signature', (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1)),
    changed('signature', ''),
    changed('signature', signature.slice(1)),
  ]
  for (const address of bad) expect((await get(address)).status, address).toBe(404)
  expect((await get(`/api/v1/files/${id}/content`)).status).toBe(422)
  expect([(await get(url)).status, (await get(previewUrl)).status]).toEqual([200, 200])
  ahead += 5 * 60_000 + 1
  expect([(await get(url)).status, (await get(previewUrl)).status]).toEqual([404, 404])
})

it('takes no file that would leave the database without room', async () => {
  const folder = join(running.dataFolder, 'files')
  const full = createDisk(folder, Number.MAX_SAFE_INTEGER)
  expect(await full.receive(Readable.from([samples.pdf]), 1000, 'agent')).toEqual({ ok: false, code: 'unavailable' })
  expect(await onDisk()).toEqual([])
  // With some left, it is kept for agents.
  const { bavail, bsize } = await statfs(folder)
  const scarce = createDisk(folder, 0.75 * bavail * bsize)
  expect(await scarce.receive(Readable.from([samples.pdf]), 1000, 'visitor')).toEqual({ ok: false, code: 'unavailable' })
  expect(await scarce.receive(Readable.from([samples.pdf]), 1000, 'agent')).toMatchObject({ ok: true })
})

it('leaves nothing behind when the sender goes away in the middle', async () => {
  const visitor = await running.visitor()
  const id = randomUUID()
  const path = `/api/v1/web-chat/${running.channelId}/files/${id}`
  const headers = { Origin: running.origin, Authorization: `Bearer ${visitor.token}`, 'Content-Type': 'application/octet-stream', 'X-File-Name': 'a.txt', 'Content-Length': 5_000_000 }
  const sending = request(`${running.url}${path}`, { method: 'PUT', headers })
  sending.on('error', () => undefined) // it is we who break it off
  sending.write('a'.repeat(1_000_000))
  await expect.poll(onDisk).toHaveLength(1)
  sending.destroy()
  await expect.poll(onDisk).toEqual([])
  expect((await upload(visitor, 'whole', 'a.txt', id)).status).toBe(200)
})

it('streams 50 MiB without holding them', async () => {
  const anna = await running.agent('agent1@sample.example')
  const bytes = Buffer.concat([samples.zip.subarray(0, 60), randomBytes(attachmentLimits.agentBytes - 60)])
  const bytesOnDisk = async () => {
    const [name] = await onDisk()
    return name === undefined ? 0 : (await stat(join(running.dataFolder, 'files', 'tmp', name))).size
  }
  const mebibyte = 1024 ** 2
  const pieces = async function* () {
    for (let from = 0; from < bytes.length; from += mebibyte) {
      yield bytes.subarray(from, from + mebibyte)
      // What came is on the disk before the rest is sent, but for what is on its way.
      if (from % (16 * mebibyte) === 0) await expect.poll(bytesOnDisk).toBeGreaterThan(from - 2 * mebibyte)
    }
  }
  const { status, body } = await upload(anna, Readable.from(pieces()), 'backup.zip')
  expect({ status, bytes: body.bytes }).toEqual({ status: 200, bytes: bytes.length })
  const hash = createHash('sha256')
  for await (const chunk of (await get((await link(anna, body.id)).url)).body ?? []) hash.update(chunk)
  expect(hash.digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'))
})

it('keeps equal contents once, readable by us alone, under no name of the sender’s', async () => {
  const visitor = await running.visitor()
  await upload(visitor, samples.pdf, '../../../etc/passwd.pdf')
  const { body } = await upload(visitor, samples.pdf, 'счёт.pdf')
  const hash = createHash('sha256').update(samples.pdf).digest('hex')
  expect(await onDisk()).toEqual([hash.slice(2)])
  const path = join(running.dataFolder, 'files', hash.slice(0, 2), hash.slice(2))
  const { mode } = await stat(path)
  expect(mode & 0o777).toBe(0o600)
  const { rows } = await running.otklik.database.pool.query<{ name: string }>('select name from file order by name')
  expect(rows.map(({ name }) => name)).toEqual(['passwd.pdf', 'счёт.pdf'])

  const gone = (id: string) => running.otklik.deps.transaction((tx) => deleteFiles(tx, [id as FileId]))
  await gone(body.id)
  await forgetFiles(jobs())
  expect(await onDisk(), 'the other one still has it').toHaveLength(1)
  const { rows: left } = await running.otklik.database.pool.query<{ id: string }>('select id from file')
  await gone(left[0]?.id ?? '')
  await forgetFiles(jobs())
  expect(await onDisk()).toEqual([])
  expect((await running.otklik.database.pool.query('select * from unused_content')).rows).toEqual([])
})

it('forgets what was not sent for a day, and what a killed server left', async () => {
  const visitor = await running.visitor()
  const sent = (await upload(visitor, samples.pdf, 'sent.pdf')).body.id
  await upload(visitor, await samples.png(), 'never sent.png')
  await visitor.send('', undefined, undefined, [sent])
  await forgetFiles(jobs())
  expect(await onDisk()).toHaveLength(3)
  ahead += 24 * 3_600_000 + 1000
  await forgetFiles(jobs())
  expect((await running.otklik.database.pool.query('select name from file')).rows).toEqual([{ name: 'sent.pdf' }])
  expect(await onDisk(), 'its preview is gone, too').toHaveLength(1)
  expect(await readFile(join(running.dataFolder, 'files', ...placeOf(samples.pdf)))).toEqual(samples.pdf)

  // Renamed into its place, and then the server was killed before the database knew.
  const lost = Buffer.from('lost')
  const old = new Date(Date.now() - 3 * 86_400_000)
  for (const bytes of [lost, Buffer.from('half of an upload')]) {
    const received = await disk().receive(Readable.from([bytes]), 100, 'visitor')
    if (!received.ok) throw new Error(received.code)
    if (bytes !== lost) await utimes(received.path, old, old)
    else {
      await disk().keep(received.path, received.sha256, false)
      await utimes(join(running.dataFolder, 'files', ...placeOf(lost)), old, old)
    }
  }
  // Or between a preview and its picture.
  const preview = join(running.dataFolder, 'files', ...placeOf(Buffer.from('a picture'))) + '.preview'
  await mkdir(dirname(preview), { recursive: true })
  await writeFile(preview, 'a small picture')
  await utimes(preview, old, old)
  expect(await onDisk()).toHaveLength(4)
  ahead = 0
  await sweepFiles(jobs())
  expect(await onDisk()).toHaveLength(1)
})

const placeOf = (bytes: Buffer): [string, string] => {
  const hex = createHash('sha256').update(bytes).digest('hex')
  return [hex.slice(0, 2), hex.slice(2)]
}

it('takes a sent file back: by whoever has the contact, or a supervisor, for both sides and for good', async () => {
  const both = await running.talk()
  const { anna, visitor, contact } = both
  const file = await upload(anna, samples.pdf, 'чужой договор.pdf')
  const own = await upload(visitor, await samples.jpeg(), 'моё.jpg')
  const picture = await visitor.send('', undefined, undefined, [own.body.id])
  const said = await answer(both, 'Вот договор', [file.body.id])
  await visitor.until('the document', () => visitor.state.messages.get(said.id))
  const { url } = await link(visitor, file.body.id)
  const remove = (client: AgentClient, id: FileId) => client.api.call(routes.removeFile, { params: { id } })
  await anna.until('the picture', () => anna.state.messages.get(picture.id))
  await expect(remove(anna, own.body.id), 'what the customer sent is theirs').rejects.toMatchObject({ problem: { code: 'notFound' } })
  const glen = await running.agent('agent2@sample.example')
  await expect(remove(glen, file.body.id), 'nobody who does not read it').rejects.toMatchObject({ problem: { code: 'notFound' } })

  const name = createHash('sha256').update(samples.pdf).digest('hex').slice(2) // behind its folder
  expect((await onDisk()).includes(name)).toBe(true)
  await remove(anna, file.body.id)
  const parts = [{ kind: 'text', text: 'Вот договор' }, { kind: 'file', id: file.body.id, name: '', type: '', bytes: 0, image: null, removedBy: anna.state.me?.name }]
  await visitor.until('the file gone', () => visitor.state.messages.get(said.id)?.parts.some((part) => part.kind === 'file' && part.removedBy))
  await anna.until('the file gone', () => anna.state.messages.get(said.id)?.parts.some((part) => part.kind === 'file' && part.removedBy))
  expect([visitor.state.messages.get(said.id)?.parts, anna.state.messages.get(said.id)?.parts]).toEqual([parts, parts])
  expect([(await get(url)).status, (await link(visitor, file.body.id)).status, (await link(anna, file.body.id)).status]).toEqual([404, 404, 404])
  await forgetFiles(jobs())
  expect((await onDisk()).includes(name), 'its bytes').toBe(false)
  await expect(remove(anna, file.body.id)).rejects.toMatchObject({ problem: { code: 'notFound' } })
  const { rows } = await running.otklik.database.pool.query(`select payload::text from event where kind = 'message.fileRemoved'`)
  expect(JSON.stringify(rows)).not.toMatch(/договор|pdf/)

  // Out of hand, only a supervisor may.
  const second = await upload(anna, samples.pdf, 'ещё.pdf')
  await answer(both, '', [second.body.id])
  await anna.api.call(routes.endContact, { params: { id: contact.id } })
  const { dispositions } = await anna.api.call(routes.catalogue, {})
  await anna.api.call(routes.finishContact, { params: { id: contact.id }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note: '' } })
  await expect(remove(anna, second.body.id)).rejects.toMatchObject({ problem: { code: 'contactNotYours' } })
  await remove(await running.agent('agent3@sample.example'), second.body.id)
  expect((await link(anna, second.body.id)).status).toBe(404)
})
