/** Web-chat channels: one for each widget. An archived one shows nothing any more; chats that run go on. */
import type { ChannelView, ChannelWrite } from '@otklik/contract/settings'
import { done, refuse } from '../outcome.ts'
import { countUses, tellChanged, type Kind } from './kept.ts'

export const channels: Kind<ChannelView, ChannelWrite> = {
  table: 'channel_account',
  load: async (reader, ids) =>
    (
      await reader.named<Omit<ChannelView, 'archivedAt'> & { archivedAt: Date | null } & Record<string, unknown>>(
        'load-channel',
        `select id, name, origins, language, accent, side, title, consent_text as "consentText", consent_url as "consentUrl",
           queue_id as "queueId", version, archived_at as "archivedAt"
         from channel_account where $1::uuid[] is null or id = any($1)
         order by archived_at is not null, lower(name) collate "ru-x-icu"`,
        [ids ?? null],
      )
    ).map((row) => ({ ...row, archivedAt: row.archivedAt && row.archivedAt.toISOString() })),
  columns: (write) => ({
    channel: 'webChat',
    name: write.name,
    origins: write.origins,
    language: write.language,
    accent: write.accent.toLowerCase(),
    side: write.side,
    title: write.title,
    consent_text: write.consentText,
    consent_url: write.consentUrl,
    queue_id: write.queueId,
  }),
  check: async (tx, _deps, _id, write) => {
    const queue = await tx.db.selectFrom('queue').select('archivedAt').where('id', '=', write.queueId).executeTakeFirst()
    return queue && !queue.archivedAt ? done(null) : refuse('notFound', { detail: 'The queue is not in use.' })
  },
  afterPut: (tx, deps, id) => tellChanged(tx, deps, 'channel', id),
  uses: async (reader, id) => {
    const { contacts } = await reader.db
      .selectFrom('contactRouting')
      .select((eb) => eb.fn.countAll<number>().as('contacts'))
      .where('channelAccountId', '=', id)
      .executeTakeFirstOrThrow()
    return { uses: countUses({ contacts }), replacementNeeded: false }
  },
  beforeArchive: () => Promise.resolve(done(null)),
  afterArchive: (tx, deps, id) => tellChanged(tx, deps, 'channel', id),
}
