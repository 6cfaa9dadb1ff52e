import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { openTestDatabase } from '@otklik/testing/database'
import { makeTestFolder } from '@otklik/testing/folder'
import { runOtklik } from '@otklik/testing/running'
import { expect, it, onTestFinished } from 'vitest'

const words = 'console.log("a script that is sent compressed")\n'.repeat(50)

/** As the build lays it out. */
const makePages = (): string => {
  const folder = makeTestFolder()
  mkdirSync(join(folder, 'desk/assets'), { recursive: true })
  mkdirSync(join(folder, 'widget'))
  writeFileSync(join(folder, 'desk/index.html'), '<!doctype html>')
  for (const name of ['desk/assets/index.js', 'widget/widget.js']) {
    writeFileSync(join(folder, name), words)
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(words))
    writeFileSync(join(folder, `${name}.gz`), gzipSync(words))
  }
  return folder
}

it('sends scripts in the way that the browser takes: the shortest', async () => {
  const pages = makePages()
  const database = await openTestDatabase()
  const running = await runOtklik(database.url, { pages })
  onTestFinished(async () => {
    await running.close()
    await database.close()
    rmSync(pages, { recursive: true })
  })
  // Not by fetch, which says by itself what it takes, and unpacks.
  const ask = async (path: string, headers: Record<string, string>) => {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => get(`${running.url}${path}`, { headers }, resolve).on('error', reject))
    return { status: answer.statusCode, headers: answer.headers, bytes: await buffer(answer) }
  }
  for (const path of ['/assets/index.js', '/widget.js']) {
    const [brotli, gzip, plain] = [await ask(path, { 'Accept-Encoding': 'gzip, deflate, br' }), await ask(path, { 'Accept-Encoding': 'gzip' }), await ask(path, {})]
    expect([brotli, gzip, plain].map(({ headers }) => headers['content-encoding']), path).toEqual(['br', 'gzip', undefined])
    expect([brotliDecompressSync(brotli.bytes), gunzipSync(gzip.bytes), plain.bytes].map(String), path).toEqual([words, words, words])
    for (const { headers } of [brotli, gzip, plain]) {
      expect(headers['content-type'], path).toMatch(/^(text|application)\/javascript/)
      expect(headers.vary?.toLowerCase(), path).toContain('accept-encoding')
    }
    expect(new Set([brotli, gzip, plain].map(({ headers }) => headers.etag)).size, 'what is kept of one is not taken for another').toBe(3)
    const again = await ask(path, { 'Accept-Encoding': 'gzip', 'If-None-Match': gzip.headers.etag ?? '' })
    expect([again.status, again.bytes.length], path).toEqual([304, 0])
  }
})
