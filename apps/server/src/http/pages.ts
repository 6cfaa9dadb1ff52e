/** The built desk and widget, and the page on which an administrator tries a widget. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { sendProblem } from './problem.ts'

const deskPolicy = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // React sets single properties by script, which needs no permission; style attributes in HTML stay forbidden.
    "img-src 'self' blob: data:",
    "media-src 'self' blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types dompurify",
  ].join('; ')

const preview = `<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Otklik</title>
<link rel="stylesheet" href="/widget-preview.css">
</head>
<body>
<header><i></i><i></i><i></i></header>
<main><h1></h1><p></p><p></p><p></p></main>
<script src="/widget.js" data-channel="CHANNEL" async></script>
</body>
</html>
`
const previewStyle = `body{margin:0;background:#faf8f4;min-height:100vh}header{display:flex;gap:24px;padding:24px 32px}
header i{width:84px;height:12px;border-radius:6px;background:#e3ded5}main{padding:24px 32px;max-width:520px}
h1{height:40px;border-radius:8px;background:#e3ded5;margin:0 0 24px}p{height:12px;border-radius:6px;background:#ece8e0;margin:0 0 14px}`

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** @param folder what `npm run build` made: `desk/` and `widget/` */
export const registerPages = async (app: FastifyInstance, folder: string): Promise<void> => {
  const desk = join(folder, 'desk')
  const indexFile = join(desk, 'index.html')
  if (!existsSync(indexFile)) throw new Error(`${indexFile} is missing: run \`npm run build\``)
  const index = readFileSync(indexFile, 'utf8')

  await app.register(fastifyStatic, {
    root: join(desk, 'assets'),
    prefix: '/assets/',
    // The build has laid them beside: .br and .gz.
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
    index: false,
    decorateReply: false,
  })

  const widgetFile = join(folder, 'widget', 'widget.js')
  if (existsSync(widgetFile)) {
    const plain = readFileSync(widgetFile)
    const compressed = (['br', 'gz'] as const).flatMap((end) => (existsSync(`${widgetFile}.${end}`) ? [{ encoding: end === 'gz' ? 'gzip' : end, bytes: readFileSync(`${widgetFile}.${end}`) }] : []))
    const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
    app.get('/widget.js', { schema: { hide: true } }, (request, reply) => {
      const accepted = new Set((request.headers['accept-encoding'] ?? '').split(',').map((one) => one.trim().toLowerCase()))
      const chosen = compressed.find(({ encoding }) => accepted.has(encoding))
      const etag = `"${hash}${chosen ? `-${chosen.encoding}` : ''}"`
      void reply
        .header('Content-Type', 'text/javascript; charset=utf-8')
        .header('Cache-Control', 'public, max-age=300')
        .header('ETag', etag)
        .header('Vary', 'Accept-Encoding')
        .header('Cross-Origin-Resource-Policy', 'cross-origin')
        .header('Access-Control-Allow-Origin', '*')
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      if (chosen) void reply.header('Content-Encoding', chosen.encoding)
      return reply.send(chosen?.bytes ?? plain)
    })
  }

  app.get('/widget-preview.css', { schema: { hide: true } }, (_request, reply) =>
    reply.header('Content-Type', 'text/css; charset=utf-8').send(previewStyle),
  )
  app.get<{ Querystring: { channel?: unknown } }>('/widget-preview', { schema: { hide: true } }, (request, reply) => {
    const { channel } = request.query
    if (typeof channel !== 'string' || !uuid.test(channel)) return sendProblem(request, reply, 'notFound')
    return reply
      .header('Content-Type', 'text/html; charset=utf-8')
      .header(
        'Content-Security-Policy',
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'",
      )
      .header('Cache-Control', 'no-store')
      .send(preview.replace('CHANNEL', channel.toLowerCase()))
  })

  // Every other address is a page of the desk, which finds its way itself.
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !request.url.startsWith('/api/') && !request.url.startsWith('/assets/')
    if (!isPage || !(request.headers.accept ?? '').includes('text/html')) return sendProblem(request, reply, 'notFound')
    const nonce = randomBytes(16).toString('base64')
    return reply
      .code(200)
      .header('Content-Type', 'text/html; charset=utf-8')
      .header('Content-Security-Policy', deskPolicy(nonce))
      .header('Cache-Control', 'no-store')
      .send(index.replaceAll('__CSP_NONCE__', nonce))
  })
}
