import { ApiUnreachable } from '@otklik/client/http'
import type { CustomerExport } from '@otklik/contract/customers'
import { strFromU8, unzipSync } from 'fflate'
import { expect, it } from 'vitest'
import { packExport, type PackOptions } from './pack-export.ts'

const pdf = '0198aa00-0000-7000-8000-000000000001' as CustomerExport['customers'][number]['files'][number]['id']
const document: CustomerExport = {
  format: 'otklik.customer',
  version: 1,
  exportedAt: '2026-11-22T10:00:00.000Z',
  customers: [{ name: 'Семён', files: [{ id: pdf, name: 'Договор № 4.pdf' }] }],
}
const links: PackOptions['links'] = [{ fileId: pdf, url: '/signed' }]

it('holds the document and each file under its id and name', async () => {
  const pieces = await packExport({ document, links, fetch: async (url) => new Response(`%PDF of ${url}`) })
  const entries = unzipSync(Buffer.concat(pieces))
  expect(Object.keys(entries)).toEqual(['customer.json', `files/${pdf}/Договор № 4.pdf`])
  expect(JSON.parse(strFromU8(entries['customer.json'] ?? new Uint8Array()))).toEqual(document)
  expect(strFromU8(entries[`files/${pdf}/Договор № 4.pdf`] ?? new Uint8Array())).toBe('%PDF of /signed')
})

it('is nothing rather than an archive without one of the files', async () => {
  await expect(packExport({ document, links, fetch: async () => new Response('', { status: 404 }) })).rejects.toThrow(ApiUnreachable)
  await expect(packExport({ document, links, fetch: async () => Promise.reject(new TypeError('fetch failed')) })).rejects.toThrow(ApiUnreachable)
})
