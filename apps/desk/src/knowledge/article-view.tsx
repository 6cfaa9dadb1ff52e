/** An article, whole, and the way of its words into the reply. */
import { Button } from '@mantine/core'
import type { ArticleId } from '@otklik/model/ids'
import { useEffect, useRef, useState } from 'react'
import { failureOf } from '../api.ts'
import { pageClock } from '../parts/clock.ts'
import { Icon } from '../parts/icons.tsx'
import { Empty, Failed, Skeleton } from '../parts/states.tsx'
import { isTouch } from '../parts/composer.tsx'
import { formatExact, formatShort } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { ArticleText } from './article-text.tsx'
import { plainWords } from './article-words.ts'
import { useArticle } from './use-articles.ts'

/** What is selected within the element: its words, or nothing. */
const useSelectedIn = (find: () => HTMLElement | null): string => {
  const [selected, setSelected] = useState('')
  const latest = useRef(find)
  useEffect(() => {
    const look = () => {
      const selection = getSelection()
      const element = latest.current()
      const isInside = selection !== null && element !== null && element.contains(selection.anchorNode) && element.contains(selection.focusNode)
      setSelected(isInside ? selection.toString().trim() : '')
    }
    document.addEventListener('selectionchange', look)
    return () => document.removeEventListener('selectionchange', look)
  }, [])
  return selected
}

interface ArticleViewProps {
  readonly id: ArticleId
  readonly timeZone: string
  /** Both only beside a conversation. */
  readonly onBack?: () => void
  readonly onInsert?: (words: string) => void
}

export const ArticleView = ({ id, timeZone, onBack, onInsert }: ArticleViewProps) => {
  const { t, language } = useTexts()
  const article = useArticle(id)
  const body = useRef<HTMLDivElement>(null)
  const insertButton = useRef<HTMLButtonElement>(null)
  const selected = useSelectedIn(() => body.current)
  useEffect(() => {
    // Enter opened it, and Enter puts it into the reply.
    if (!isTouch()) insertButton.current?.focus({ preventScroll: true })
  }, [id])
  const known = article.data
  const isGone = article.isError && failureOf(article.error) === 'notFound'
  const words = known ? plainWords(known.body) : ''
  const isAllOurs = known !== undefined && words === ''
  const insert = () => {
    if (known && !isAllOurs) onInsert?.(selected === '' ? words : selected)
  }
  return (
    <article className="article" aria-label={known?.title ?? t('common.loading')}>
      {(onBack || onInsert) && <div className="article-acts">
        <Button variant="subtle" onClick={onBack} leftSection={<Icon name="back" size={14} />}>
          {t('knowledge.toList')}
        </Button>
        <span className="grow" />
        {!isGone && (
          <Button ref={insertButton} aria-disabled={!known || isAllOurs} title={isAllOurs ? t('knowledge.allOurs') : undefined} onMouseDown={(event) => event.preventDefault()} onClick={insert}>
            {t(selected === '' ? 'knowledge.insert' : 'knowledge.insertSelected')}
          </Button>
        )}
      </div>}
      {known ? (
        <>
          <h3 lang={known.language}>{known.title}</h3>
          <p className="t3 s12" title={formatExact(known.updatedAt, language, timeZone)}>
            {t('knowledge.updated', { when: formatShort(known.updatedAt, pageClock.now(), language, timeZone) })}
          </p>
          <div ref={body} lang={known.language}>
            <ArticleText body={known.body} />
          </div>
        </>
      ) : isGone ? (
        <Empty icon="book" title={t('knowledge.gone')} text={t('knowledge.goneText')} />
      ) : article.isError ? (
        <Failed title={t('knowledge.articleFailed')} failure={failureOf(article.error)} onRetry={() => void article.refetch()} />
      ) : (
        <Skeleton rows={3} height={64} />
      )}
    </article>
  )
}
