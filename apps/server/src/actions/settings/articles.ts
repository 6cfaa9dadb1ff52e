/** Articles: what agents look up. Which queues they are for only decides their order, so that nothing is hidden from anybody. */
import type { ArticleView, ArticleWrite } from '@otklik/contract/settings'
import { done } from '../outcome.ts'
import { nothingUses, tellChanged, type Kind } from './kept.ts'

type Row = Omit<ArticleView, 'archivedAt' | 'updatedAt'> & { updatedAt: Date; archivedAt: Date | null }

export const articles: Kind<ArticleView, ArticleWrite> = {
  table: 'article',
  load: async (reader, ids) =>
    (
      await reader.named<Row & Record<string, unknown>>(
        'load-articles',
        `select a.id, a.title as name, a.language, a.body, a.version, a.updated_at as "updatedAt", a.archived_at as "archivedAt",
           array(select q.queue_id::text from article_queue q where q.article_id = a.id order by q.queue_id) as "queueIds"
         from article a where $1::uuid[] is null or a.id = any($1)
         order by a.archived_at is not null, lower(a.title) collate "ru-x-icu"`,
        [ids ?? null],
      )
    ).map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString(), archivedAt: row.archivedAt && row.archivedAt.toISOString() })),
  columns: ({ name, language, body }) => ({ title: name, language, body }),
  afterPut: async (tx, deps, id, { queueIds }) => {
    await tx.db.updateTable('article').set({ updatedAt: deps.now() }).where('id', '=', id).execute()
    await tx.db.deleteFrom('articleQueue').where('articleId', '=', id).execute()
    if (queueIds.length > 0) await tx.db.insertInto('articleQueue').values(queueIds.map((queueId) => ({ articleId: id, queueId }))).execute()
    await tellChanged(tx, deps, 'article', id)
  },
  uses: () => Promise.resolve(nothingUses),
  beforeArchive: () => Promise.resolve(done(null)),
  afterArchive: (tx, deps, id) => tellChanged(tx, deps, 'article', id),
}
