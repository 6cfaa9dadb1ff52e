/** Which pages may call us: our own, and for the widget those that its channel lists. */
import type { ChannelAccountId } from '@otklik/model/ids'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Reader } from '../store/database.ts'

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/** Our own origin; on this machine under each of its names. */
export const ownOrigins = (publicUrl: string): ReadonlySet<string> => {
  const url = new URL(publicUrl)
  if (!loopbackNames.includes(url.hostname)) return new Set([url.origin])
  return new Set(loopbackNames.map((name) => `${url.protocol}//${name}${url.port && `:${url.port}`}`))
}

/** Whether a page of this origin may show this channel's widget. Exact, or our own preview. */
const mayShowWidget = async (
  reader: Reader,
  own: ReadonlySet<string>,
  channelId: ChannelAccountId,
  origin: string | undefined,
): Promise<boolean> => {
  if (origin !== undefined && own.has(origin)) return true
  const [row] = await reader.named<{ allowed: boolean }>(
    'widget-origin',
    'select $2::text = any(origins) as allowed from channel_account where id = $1 and archived_at is null',
    [channelId, origin ?? ''],
  )
  return row?.allowed ?? false
}

/** Lets the page read the answer if its channel lists it; the answer depends on the origin, so caches must know. */
export const allowWidgetPage = async (
  { reader, ownOrigins: own }: { readonly reader: Reader; readonly ownOrigins: ReadonlySet<string> },
  request: FastifyRequest,
  reply: FastifyReply,
  channelId: ChannelAccountId,
): Promise<boolean> => {
  void reply.header('Vary', 'Origin')
  const { origin } = request.headers
  // A GET from a page of our own carries no Origin; the browser's word for it is Sec-Fetch-Site.
  if (origin === undefined) return request.method === 'GET' && request.headers['sec-fetch-site'] === 'same-origin'
  if (!(await mayShowWidget(reader, own, channelId, origin))) return false
  void reply.header('Access-Control-Allow-Origin', origin)
  return true
}
