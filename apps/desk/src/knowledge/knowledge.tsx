/** Articles beside a conversation: a list under the search, or the one that is read. Loaded when it is first opened. */
import '../look/knowledge.css'
import type { ContactView } from '@otklik/contract/views'
import type { Ref } from 'react'
import { useSettled } from '../customers/use-search.ts'
import { toast } from '../parts/toast.ts'
import { insertWords } from '../templates/fill.ts'
import { useTexts } from '../texts/texts.ts'
import type { KnowledgeAddress } from './address.ts'
import { ArticleList, type ListKeys, type ShownList } from './article-list.tsx'
import { ArticleView } from './article-view.tsx'
import { useArticles } from './use-articles.ts'

interface KnowledgeProps {
  readonly contact: ContactView
  /** What is typed into the search. */
  readonly text: string
  readonly listId: string
  readonly address: KnowledgeAddress
  readonly list: Ref<ListKeys>
  readonly onShown: (shown: ShownList | null) => void
  readonly timeZone: string
  readonly onInserted: () => void
}

export const Knowledge = ({ contact, text, listId, address, list, onShown, timeZone, onInserted }: KnowledgeProps) => {
  const { t, language } = useTexts()
  const query = useSettled(text.trim())
  const theirs = contact.customer.language ?? language
  const found = useArticles(query, contact.queue.id, theirs)
  const insert = (words: string) => {
    // The composer says that it has taken them; while the outcome is being written down there is none.
    const taken = !dispatchEvent(new CustomEvent(insertWords, { detail: words, cancelable: true }))
    if (taken) onInserted()
    else toast(t('knowledge.noReply'))
  }
  return (
    <div className="knowledge">
      {address.articleId === null ? (
        <ArticleList
          found={found}
          query={query}
          language={theirs}
          queueName={contact.queue.name}
          listId={listId}
          keys={list}
          onShown={onShown}
          onRead={address.read}
        />
      ) : (
        <ArticleView key={address.articleId} id={address.articleId} timeZone={timeZone} onBack={address.toList} onInsert={insert} />
      )}
    </div>
  )
}
