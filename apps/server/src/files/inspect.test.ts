import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileTypes, type FileExtension } from '@otklik/contract/attachment-rules'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pictureOf, previewOf } from './beside.ts'
import { inspect } from './inspect.ts'
import * as samples from './samples.test-support.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otklik-'))
})
afterAll(() => rm(folder, { recursive: true }))

const look = async (bytes: Buffer | string, extension: FileExtension) => {
  const path = join(folder, 'upload')
  await writeFile(path, bytes)
  return { path, found: await inspect(path, extension) }
}

const utf8 = 'Имя;Сумма\nИванова;450\n'
const cp1251 = Buffer.from([0xc8, 0xec, 0xff, 0x3b, 0x35, 0x0d, 0x0a])

describe('what is taken', () => {
  const whole: [FileExtension, () => Buffer | string | Promise<Buffer>][] = [
    ['jpg', samples.jpeg], ['jpeg', samples.jpeg], ['png', samples.png], ['webp', samples.webp], ['gif', samples.gif], ['heic', () => samples.heic],
    ['pdf', () => samples.pdf], ['docx', () => samples.docx], ['xlsx', () => samples.xlsx], ['pptx', () => samples.pptx], ['odt', () => samples.odt], ['ods', () => samples.ods],
    ['zip', () => samples.zip], ['mp3', () => samples.mp3], ['wav', () => samples.wav], ['ogg', () => samples.ogg], ['mp4', () => samples.mp4],
    ['txt', () => utf8], ['csv', () => utf8], ['txt', () => cp1251], ['csv', () => cp1251], ['txt', () => '\ufeffтекст'],
    // What only looks like a bitmap, a program, a tagged song.
    ['txt', () => 'BM не едет'], ['txt', () => 'MZ'], ['txt', () => 'ID3 что это?'],
  ]
  it('covers every kind', () => expect(new Set(whole.map(([extension]) => extension))).toEqual(new Set(Object.keys(fileTypes))))
  it.each(whole)('%s %#', async (extension, make) => {
    const { found } = await look(await make(), extension)
    expect(found).toMatchObject({ ok: true, type: fileTypes[extension] })
  })
})

describe('what is not what its name says', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
  const html = '<!DOCTYPE html><script>alert(1)</script>'
  const wrong: [string, FileExtension, () => Buffer | string | Promise<Buffer>][] = [
    ['a program as a picture', 'png', () => samples.exe],
    ['a program as a document', 'pdf', () => samples.exe],
    ['a program as a text', 'txt', () => samples.exe],
    ['a picture as a document', 'pdf', samples.png],
    ['a JPEG as a PNG', 'png', samples.jpeg],
    ['a drawing of vectors as a picture', 'png', () => svg],
    ['a drawing of vectors as a text', 'txt', () => svg],
    ['a page as a text', 'txt', () => html],
    ['a page after a mark of order', 'csv', () => `\ufeff\n ${html}`],
    ['a page as a picture', 'gif', () => html],
    ['XML as a text', 'txt', () => '<?xml version="1.0"?><x/>'],
    ['a script as a text', 'txt', () => '#!/bin/sh\nrm -rf /'],
    ['an archive of Java as an archive', 'zip', () => samples.jar],
    ['a document as an archive', 'zip', () => samples.docx],
    ['an archive as a document', 'docx', () => samples.zip],
    ['a sheet as a text document', 'docx', () => samples.xlsx],
    ['a page before a document', 'pdf', () => `${html}\n${samples.pdf.toString()}`],
    ['UTF-16 as a text', 'txt', () => Buffer.from('текст', 'utf16le')],
    ['bytes that no code page has', 'txt', () => Buffer.from([0xd0, 0x98, 0x98, 0x41])],
    ['nothing known', 'png', () => 'hello'],
  ]
  it.each(wrong)('%s', async (_, extension, make) => {
    expect((await look(await make(), extension)).found).toEqual({ ok: false, code: 'fileMismatch' })
  })
})

describe('pictures', () => {
  it('are drawn anew: neither the place nor anything of the camera is left, and the width and height stay', async () => {
    const { path, found } = await look(await samples.jpeg(), 'jpg')
    expect((await sharp(await samples.jpeg()).metadata()).exif, 'the sample has it').toBeDefined()
    expect(found).toMatchObject({ ok: true, picture: { width: 1200, height: 900 } })
    for (const file of [pictureOf(path), previewOf(path)]) {
      const bytes = await readFile(file)
      const { exif, xmp, iptc } = await sharp(bytes).metadata()
      expect({ exif, xmp, iptc }).toEqual({})
      expect(bytes.includes('canary')).toBe(false)
    }
    const preview = await sharp(previewOf(path)).metadata()
    expect([preview.format, preview.width, preview.height]).toEqual(['webp', 640, 480])
  })

  it('stand upright, as the camera says', async () => {
    const turned = await sharp(await samples.jpeg(400, 300)).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect((await look(turned, 'jpg')).found).toMatchObject({ picture: { width: 300, height: 400 } })
  })

  it('lose what was hidden behind or inside of them', async () => {
    const script = '<script>alert("hidden")</script>'
    const behind = Buffer.concat([await samples.jpeg(), Buffer.from(script), samples.zip])
    const { path, found } = await look(behind, 'jpg')
    expect(found.ok).toBe(true)
    const bytes = await readFile(pictureOf(path))
    expect([bytes.includes('hidden'), bytes.includes('hello.txt')]).toEqual([false, false])
  })

  it('small ones are not blown up', async () => {
    const { path } = await look(await samples.png(32, 16), 'png')
    expect(await sharp(previewOf(path)).metadata()).toMatchObject({ width: 32, height: 16 })
  })

  const broken: [string, FileExtension, () => Buffer | Promise<Buffer>][] = [
    ['more pixels than are allowed', 'png', samples.pixelBomb],
    ['the second half is missing, PNG', 'png', async () => (await samples.png()).subarray(0, 600)],
    ['the second half is missing, JPEG', 'jpg', async () => (await samples.jpeg()).subarray(0, 4000)],
    ['a head that announces 60,000 × 60,000', 'png', async () => {
      const bytes = Buffer.from(await samples.png())
      bytes.writeUInt32BE(60_000, 16)
      bytes.writeUInt32BE(60_000, 20)
      return bytes
    }],
    ['a GIF that is a script, too', 'gif', () => Promise.resolve(Buffer.from('GIF89a/*\0\0*/=1;alert(1)//'))],
  ]
  it.each(broken)('are refused when %s', async (_, extension, make) => {
    expect((await look(await make(), extension)).found).toEqual({ ok: false, code: 'fileBroken' })
  })
})
