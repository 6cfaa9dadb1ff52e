/**
 * What a customer is handed: the document, and beside it the files by their ids, as they were sent. Nothing is pressed: pictures
 * and PDF are already.
 */
import { ApiUnreachable } from '@otklik/client/http'
import type { CustomerExport } from '@otklik/contract/customers'
import { strToU8, Zip, ZipPassThrough } from 'fflate'

export interface PackOptions {
  readonly document: CustomerExport
  readonly links: readonly { readonly fileId: string; readonly url: string }[]
  readonly fetch: (url: string) => Promise<Response>
}

/**
 * Pieces of an archive with `customer.json` and `files/<id>/<name>`, one file of it fetched at a time.
 * @throws ApiUnreachable when a file does not come whole
 */
export const packExport = async ({ document, links, fetch }: PackOptions): Promise<Uint8Array<ArrayBuffer>[]> => {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  const zip = new Zip((error, piece) => {
    if (error) throw error
    pieces.push(new Uint8Array(piece))
  })
  const put = (path: string, content: Uint8Array) => {
    const entry = new ZipPassThrough(path)
    entry.mtime = document.exportedAt
    zip.add(entry)
    entry.push(content, true)
  }
  const bytesOf = async (url: string): Promise<Uint8Array> => {
    try {
      const answer = await fetch(url)
      if (answer.ok) return new Uint8Array(await answer.arrayBuffer())
      throw new Error(`${url}: ${answer.status}`)
    } catch (cause) {
      throw new ApiUnreachable('a file of the export did not come', { cause })
    }
  }
  put('customer.json', strToU8(JSON.stringify(document, null, 2)))
  const names = new Map(document.customers.flatMap(({ files }) => files.map(({ id, name }) => [id as string, name])))
  for (const { fileId, url } of links) put(`files/${fileId}/${names.get(fileId) ?? fileId}`, await bytesOf(url))
  zip.end()
  return pieces
}
