/** What was found, or what is at hand before anything is asked. The search field keeps the focus and the keys. */
import { Button } from '@mantine/core'
import type { ArticleHit } from '@otklik/contract/knowledge'
import type { ArticleId } from '@otklik/model/ids'
import { useEffect, useImperativeHandle, useState, type Ref } from 'react'
import { failureOf } from '../api.ts'
import { Marked } from '../customers/marked.tsx'
import { Empty, Failed, Skeleton } from '../parts/states.tsx'
import { useTexts } from '../texts/texts.ts'
import type { useArticles } from './use-articles.ts'

export interface ListKeys {
  readonly move: (by: 1 | -1) => void
  /** Opens the chosen one. */
  readonly take: () => void
}

/** A list stands there; which of it Enter would take. */
export interface ShownList {
  readonly chosenId: string | undefined
}

const Hit = ({ hit, id, chosen, foreign, onRead }: { hit: ArticleHit; id: string; chosen: boolean; foreign: boolean; onRead: () => void }) => {
  const { t } = useTexts()
  return (
    <li id={id} className="hit" role="option" aria-selected={chosen} onMouseDown={(event) => event.preventDefault()} onClick={onRead}>
      <span className="grow">
        <span className="line">
          <span className="name grow" lang={hit.language}>
            <Marked text={hit.title} ranges={hit.titleRanges} />
          </span>
          {foreign && (
            <span className="tag" title={t(`languages.${hit.language}`)}>
              {hit.language.toUpperCase()}
            </span>
          )}
        </span>
        <span className="excerpt" lang={hit.language}>
          <Marked text={hit.excerpt} ranges={hit.ranges} />
        </span>
      </span>
    </li>
  )
}

interface ArticleListProps {
  readonly found: ReturnType<typeof useArticles>
  readonly query: string
  readonly language: ArticleHit['language']
  readonly queueName: string
  readonly listId: string
  readonly keys: Ref<ListKeys>
  /** Told to the field which of them it means. */
  readonly onShown: (shown: ShownList | null) => void
  readonly onRead: (id: ArticleId) => void
}

export const ArticleList = ({ found, query, language, queueName, listId, keys, onShown, onRead }: ArticleListProps) => {
  const { t } = useTexts()
  const [chosen, setChosen] = useState({ query, at: query === '' ? -1 : 0 })
  // Other words, other hits: the first of them is meant. Without words nothing is, until an arrow says so.
  if (chosen.query !== query) setChosen({ query, at: query === '' ? -1 : 0 })
  const hits = found.data?.pages.flatMap((page) => page.items) ?? []
  const at = Math.min(chosen.at, hits.length - 1)
  const chosenId = hits[at] === undefined ? undefined : `${listId}-${at}`
  useImperativeHandle(keys, () => ({
    move: (by) => setChosen({ query, at: Math.max(0, Math.min(hits.length - 1, at + by)) }),
    take: () => {
      const hit = hits[at]
      // What stands there is still of the words before.
      if (hit && !found.isPlaceholderData) onRead(hit.id)
    },
  }))
  const isShown = hits.length > 0
  useEffect(() => {
    onShown(isShown ? { chosenId } : null)
    if (chosenId !== undefined) document.getElementById(chosenId)?.scrollIntoView({ block: 'nearest' })
    return () => onShown(null)
  }, [onShown, isShown, chosenId])

  if (found.isPending) return <Skeleton rows={4} height={64} />
  if (found.isError && found.data === undefined) return <Failed title={t('knowledge.failed')} failure={failureOf(found.error)} onRetry={() => void found.refetch()} />
  if (hits.length === 0)
    return query === '' ? (
      <Empty icon="book" title={t('knowledge.empty')} text={t('knowledge.emptyText')} />
    ) : (
      <Empty icon="search" title={t('knowledge.nothing')} text={t('knowledge.nothingText')} />
    )
  const title = query === '' ? t('knowledge.suggested', { queue: queueName }) : t('knowledge.found')
  return (
    <>
      <h3 className="cut" title={title}>{title}</h3>
      <ul id={listId} role="listbox" aria-label={title} aria-busy={found.isFetching} className="article-hits">
        {hits.map((hit, place) => (
          <Hit key={hit.id} id={`${listId}-${place}`} hit={hit} chosen={place === at} foreign={hit.language !== language} onRead={() => onRead(hit.id)} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="subtle" fullWidth loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </>
  )
}
