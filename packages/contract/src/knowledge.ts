/** Articles: administrators keep them, agents find them beside the reply. */
import { z } from 'zod'
import type * as Ids from '@otklik/model/ids'
import { Ranges } from './customers.ts'
import * as f from './fields.ts'
import { page } from './views.ts'

export const articleLimit = 20_000

export const articleShape = {
  /** Its title: whatever is kept has a name. */
  name: f.Name,
  language: f.Language,
  /** Plain text: a blank line between paragraphs, `# ` before a heading, `- ` before each item of a list. Under `# Для своих` or `# For us`, up to the next heading, for agents only. */
  body: f.text(1, articleLimit),
}

/** An article that was found, or that is at hand before anything is looked for. */
export const ArticleHit = z.object({
  id: f.outUuid<Ids.ArticleId>(),
  title: z.string(),
  titleRanges: Ranges,
  language: f.Language,
  /** It names the queue that was asked about. */
  ofQueue: z.boolean(),
  excerpt: z.string(),
  ranges: Ranges,
})
export type ArticleHit = z.infer<typeof ArticleHit>

export const Article = z.object({
  id: f.outUuid<Ids.ArticleId>(),
  title: z.string(),
  language: f.Language,
  body: z.string(),
  updatedAt: f.Instant,
})
export type Article = z.infer<typeof Article>

const desk = ['agent', 'supervisor'] as const

export const knowledgeRoutes = {
  deskArticles: {
    method: 'GET', path: '/desk/articles', access: desk,
    summary: 'Articles with these words, those with them in the title first; without words all of them. The queue’s own come first, then those in the language',
    query: z.object({
      q: f.text(0, 200).optional(),
      queueId: f.QueueId.optional(),
      language: f.Language.optional(),
      cursor: z.string().max(80).optional(),
    }),
    response: page(ArticleHit),
    refusals: ['badRequest', 'rateLimited'],
  },
  deskArticle: {
    method: 'GET', path: '/desk/articles/:id', access: desk, summary: 'An article, whole',
    params: z.object({ id: f.ArticleId }), response: Article, refusals: ['notFound'],
  },
} as const
