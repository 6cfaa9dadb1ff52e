/** Which pages may call us: our own, and for the widget those that its channel lists. */
import type { ChannelAccountId } from '@otklik/model/ids'
import type { Reader } from '../store/database.ts'

const loopbackNames = ['localhost', '127.0.0.1', '[::1]']

/** Our own origin; on this machine under each of its names. */
export const ownOrigins = (publicUrl: string): ReadonlySet<string> => {
  const url = new URL(publicUrl)
  if (!loopbackNames.includes(url.hostname)) return new Set([url.origin])
  return new Set(loopbackNames.map((name) => `${url.protocol}//${name}${url.port && `:${url.port}`}`))
}

/** Whether a page of this origin may show this channel's widget. Exact, or our own preview. */
export const mayShowWidget = async (
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
