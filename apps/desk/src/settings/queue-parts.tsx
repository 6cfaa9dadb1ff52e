/** A queue's three forms: what it is, how it distributes, when it is open and what it says. The address says which. */
import type { QueueRoutingView } from '@otklik/contract/queue-routing'
import type { QueueView } from '@otklik/contract/settings'
import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useTexts } from '../texts/texts.ts'
import { isSame, useDraft } from './drafts.tsx'
import { RoutingForm } from './routing-form.tsx'
import { partOfField, routingDraftOf, routingKey, routingParts, type RoutingDraft, type RoutingPart } from './routing-draft.ts'

const isPart = (value: string | null): value is RoutingPart => routingParts.some((part) => part === value)

/** Which of the forms hold something unsaved. */
const useUnsavedParts = (queueId: string, mainIsDirty: boolean): ReadonlySet<RoutingPart> => {
  const [kept] = useDraft<RoutingDraft, QueueRoutingView>(routingKey(queueId))
  const base = kept && routingDraftOf(kept.base)
  const fields = (Object.keys(kept?.draft ?? {}) as (keyof RoutingDraft)[]).filter((field) => !isSame(kept?.draft[field], base?.[field]))
  return new Set([...(mainIsDirty ? ['main' as const] : []), ...fields.map(partOfField)])
}

export const QueueParts = ({ item, dirty, readOnly, children }: {
  item: QueueView
  dirty: boolean
  readOnly: boolean
  children: ReactNode
}) => {
  const { t } = useTexts()
  const [asked, ask] = useSearchParams()
  const named = asked.get('part')
  const part = isPart(named) ? named : 'main'
  const unsaved = useUnsavedParts(item.id, dirty)
  return (
    <>
      <nav className="parts" aria-label={t('settings.queueParts.label')}>
        {routingParts.map((each) => (
          <Link
            key={each}
            to={each === 'main' ? '?' : `?part=${each}`}
            {...(each === part ? { 'aria-current': 'page' as const } : {})}
          >
            {t(`settings.queueParts.${each}`)}
            {unsaved.has(each) && (
              <span className="unsaved" role="img" aria-label={t('settings.unsaved')} title={t('settings.unsaved')}>
                •
              </span>
            )}
          </Link>
        ))}
      </nav>
      {part === 'main' ? (
        children
      ) : (
        <RoutingForm key={item.id} queue={item} part={part} onPart={(next) => ask({ part: next })} readOnly={readOnly} />
      )}
    </>
  )
}
