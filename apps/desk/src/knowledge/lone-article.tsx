/** An article that is read where no conversation is open. Loaded when one is. */
import '../look/knowledge.css'
import type { ArticleId } from '@otklik/model/ids'
import { ArticleView } from './article-view.tsx'

export const LoneArticle = (props: { readonly id: ArticleId; readonly timeZone: string }) => (
  <div className="knowledge">
    <ArticleView {...props} />
  </div>
)
