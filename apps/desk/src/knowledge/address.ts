/** Where somebody is in the knowledge beside a conversation: `?knowledge`, or `?knowledge=` with the article that is read. */
import type { ArticleId, ContactId } from '@otklik/model/ids'
import { useLocation, useNavigate, useSearchParams } from 'react-router'

/** How one came: `depth` steps back leave it again. */
export interface Arrival {
  readonly fromHere?: true
  readonly depth?: number
}

export const useKnowledgeAddress = (contactId: ContactId | undefined) => {
  const navigate = useNavigate()
  const [query] = useSearchParams()
  const { state } = useLocation() as { state: Arrival | null }
  const base = `/contacts/${contactId}`
  const isOpen = query.has('knowledge')
  const articleId = (query.get('knowledge') || null) as ArticleId | null
  const depth = state?.fromHere ? (state.depth ?? 1) : 0
  const arrival = (steps: number): Arrival | null => (steps > 0 ? { fromHere: true, depth: steps } : null)
  return {
    isOpen,
    articleId,
    /** Beside the card it is one more step; in the card's drawer it takes the card's place. */
    open: () => (query.has('card') ? void navigate(`${base}?knowledge`, { replace: true, state: arrival(depth) }) : void navigate(`${base}?knowledge`, { state: arrival(1) })),
    read: (id: ArticleId) => void navigate(`${base}?knowledge=${id}`, articleId === null ? { state: arrival(depth === 0 ? 0 : depth + 1) } : { replace: true, state }),
    toList: () => (depth > 1 ? void navigate(-1) : void navigate(`${base}?knowledge`, { replace: true, state })),
    close: () => (depth > 0 ? void navigate(-depth) : void navigate(base, { replace: true })),
    toCard: () => void navigate(`${base}?card`, { replace: true, state: arrival(Math.min(depth, 1)) }),
  }
}
export type KnowledgeAddress = ReturnType<typeof useKnowledgeAddress>
