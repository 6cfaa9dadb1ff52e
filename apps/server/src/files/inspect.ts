/**
 * What an uploaded file really is. Runs in a process of its own (inspector-process.ts), because parsers of hostile bytes
 * may hang, swell or crash; nothing of the server is in that process.
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import { attachmentLimits, fileTypes, type FileExtension, type FileType } from '@otklik/contract/attachment-rules'
import { fileTypeFromFile } from 'file-type'
import { pictureOf, previewOf } from './beside.ts'

export type Inspected =
  | { readonly ok: true; readonly type: FileType; readonly picture: Picture | null }
  | { readonly ok: false; readonly code: 'fileMismatch' | 'fileBroken' }

/** A picture that was drawn anew: nothing of the bytes that came is in it. It lies beside them, with its preview. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string
}

/** Names that file-type has for what we name otherwise. */
const alsoKnownAs: Record<string, FileType> = {
  'image/apng': 'image/png',
  'image/heif': 'image/heic',
  'image/heic-sequence': 'image/heic',
  'image/heif-sequence': 'image/heic',
  'audio/ogg; codecs=opus': 'audio/ogg',
  'audio/opus': 'audio/ogg',
  'video/ogg': 'audio/ogg',
}

/** Decoders that may see what strangers send; everything else of libvips stays shut. */
const loaders = ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadWebp', 'VipsForeignLoadNsgif']
const pictureTypes: readonly FileType[] = ['image/jpeg', 'image/png', 'image/webp', 'image/gif']

/** Looks into the file and, if it is a picture, draws it anew. */
export const inspect = async (path: string, extension: FileExtension): Promise<Inspected> => {
  const type = fileTypes[extension]
  // Text has no signature; what looks like one (a text may begin with "BM") says nothing.
  if (type === 'text/plain' || type === 'text/csv') return (await isText(path)) ? { ok: true, type, picture: null } : { ok: false, code: 'fileMismatch' }
  const sniffed = (await fileTypeFromFile(path))?.mime
  if (sniffed === undefined || (alsoKnownAs[sniffed] ?? sniffed) !== type) return { ok: false, code: 'fileMismatch' }
  if (!pictureTypes.includes(type)) return { ok: true, type, picture: null }
  const picture = await redraw(path, type)
  return picture ? { ok: true, type, picture } : { ok: false, code: 'fileBroken' }
}

const pixels = attachmentLimits.megapixels * 1_000_000

/** The first picture of the file, upright, without metadata, and its preview; undefined when it cannot be read to its end. */
const redraw = async (path: string, type: FileType): Promise<Picture | undefined> => {
  const { default: sharp } = await import('sharp')
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: loaders })
  sharp.cache(false)
  sharp.concurrency(1)
  try {
    const upright = sharp(path, { limitInputPixels: pixels, failOn: 'truncated', pages: 1, autoOrient: true })
    const encoded =
      type === 'image/jpeg' ? upright.jpeg({ quality: 88 }) : type === 'image/webp' ? upright.webp({ quality: 88 }) : type === 'image/gif' ? upright.gif() : upright.png({ compressionLevel: 6 })
    const { data, info } = await encoded.toBuffer({ resolveWithObject: true })
    const size = attachmentLimits.previewPixels
    const preview = await sharp(data, { limitInputPixels: pixels }).resize(size, size, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 80 }).toBuffer()
    await writeDurably(pictureOf(path), data)
    await writeDurably(previewOf(path), preview)
    return { width: info.width, height: info.height, bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') }
  } catch (error) {
    // libvips says in words only that it cannot read something; a disk that is full has a code.
    if (error instanceof Error && 'code' in error) throw error
    return undefined
  }
}

const writeDurably = (path: string, data: Buffer) => writeFile(path, data, { mode: 0o600, flush: true })

/** Markup and scripts, whatever they are called; harmless as a download, but no text that people send each other. */
const markup = /^\s*(<!doctype|<html|<head|<body|<script|<svg|<\?xml|<\?php|#!)/i
// Tab, line feed, form feed and carriage return are the control characters that texts have.
const isControl = (code: number) => (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13) || code === 127
/** The one byte that windows-1251 leaves empty. */
const emptyIn1251 = 0x98

/** Valid UTF-8, or the Cyrillic code page of Windows; without control characters. */
const isText = async (path: string): Promise<boolean> => {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0)
    if (markup.test(buffer.subarray(0, bytesRead).toString('utf8').replace(/^\ufeff/, ''))) return false
  } finally {
    await file.close()
  }
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let isUtf8 = true
  let is1251 = true
  const decode = (chunk?: Buffer) => {
    try {
      if (isUtf8) decoder.decode(chunk, { stream: chunk !== undefined })
    } catch {
      isUtf8 = false // a byte that UTF-8 does not have: the other code page is left
    }
  }
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      if (isControl(byte)) return false
      if (byte === emptyIn1251) is1251 = false
    }
    decode(chunk)
    if (!isUtf8 && !is1251) return false
  }
  decode()
  return isUtf8 || is1251
}
