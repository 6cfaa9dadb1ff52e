import { knowledgeRoutes } from '@otklik/contract/knowledge'
import type { RateLimit } from '../../access/rate-limit.ts'
import { done, refuse } from '../../actions/outcome.ts'
import { findArticles, loadArticle } from '../../store/articles.ts'
import type { Database } from '../../store/database.ts'
import type { Register } from '../register.ts'

interface Own {
  readonly database: Pick<Database, 'reader' | 'snapshot'>
  readonly searches: RateLimit
}

export const registerKnowledge = (register: Register, { database, searches }: Own): void => {
  register(knowledgeRoutes.deskArticles, async ({ actor }, { query }) => {
    const wait = searches.take(actor.id)
    if (wait > 0) return refuse('rateLimited', { retryAfterSeconds: wait })
    const found = await database.snapshot((reader) => findArticles(reader, query))
    return found ? done(found) : refuse('badRequest', { detail: 'The cursor is not one of ours.' })
  })
  register(knowledgeRoutes.deskArticle, async (_context, { params }) => {
    const article = await loadArticle(database.reader, params.id)
    return article ? done(article) : refuse('notFound')
  })
}
