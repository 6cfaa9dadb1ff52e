/** What a customer has agreed to, and with whom the customer was found to be one. */
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { routes } from '@otklik/contract/routes'
import type { CustomerView } from '@otklik/contract/views'
import type { MergeId } from '@otklik/model/ids'
import { useLayoutEffect, useRef } from 'react'
import { failureOf, useApi } from '../api.ts'
import { pageClock } from '../parts/clock.ts'
import { customerName } from '../parts/customer-name.ts'
import { toast, toastFailure } from '../parts/toast.ts'
import { useOneShot } from '../parts/use-one-shot.ts'
import { formatExact, formatShort } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { cardKey } from './use-card.ts'

export const Consents = ({ customer, timeZone }: { customer: CustomerView; timeZone: string }) => {
  const { t, language } = useTexts()
  return (
    <section aria-label={t('card.consents')}>
      <h3>{t('card.consents')}</h3>
      {customer.consents.length === 0 && <p className="t3">{t('card.noConsents')}</p>}
      <ul className="card-lines">
        {customer.consents.map((consent) => (
          <li key={`${consent.givenAt} ${consent.version}`} className="card-line">
            <span className="grow cut" title={`${consent.channelName}, ${t('card.consentVersion', { version: consent.version })}`}>{consent.channelName}</span>
            <time dateTime={consent.givenAt} title={formatExact(consent.givenAt, language, timeZone)}>
              {formatShort(consent.givenAt, pageClock.now(), language, timeZone)}
            </time>
          </li>
        ))}
      </ul>
    </section>
  )
}

export const Merges = ({ customer, timeZone }: { customer: CustomerView; timeZone: string }) => {
  const { t, language } = useTexts()
  const api = useApi()
  const queries = useQueryClient()
  const undo = useOneShot({
    mutationFn: (mergeId: MergeId) => api.call(routes.undoMerge, { params: { id: customer.id, mergeId } }),
    onSuccess: (next) => {
      queries.setQueryData(cardKey(customer.id), next)
      void queries.invalidateQueries({ queryKey: ['customerContacts', customer.id] })
      void queries.invalidateQueries({ queryKey: ['find'] })
      toast(t('card.unmerged'))
    },
    onError: (error) => toastFailure(t(`errors.${failureOf(error)}`)),
  })
  const section = useRef<HTMLElement>(null)
  const count = customer.merges.length
  const shownCount = useRef(count)
  // The button that was pressed is gone: on to the next one, or to where customers are merged.
  useLayoutEffect(() => {
    if (count < shownCount.current && document.activeElement === document.body)
      (section.current?.querySelector('button') ?? document.querySelector<HTMLElement>('[data-merges]'))?.focus()
    shownCount.current = count
  }, [count])
  if (count === 0) return null
  return (
    <section ref={section} aria-label={t('card.merges')}>
      <h3>{t('card.merges')}</h3>
      <ul className="card-lines">
        {customer.merges.map((merge) => {
          const name = customerName(merge, t)
          const when = t('card.mergedBy', { by: merge.by, when: formatShort(merge.at, pageClock.now(), language, timeZone) })
          return (
            <li key={merge.id} className="card-line">
              <span className="grow">
                <span className="cut" title={name}>{name}</span>
                <span className="cut t3 s12" title={when}>{when}</span>
              </span>
              {merge.undoable && customer.isFull && (
                <Button loading={undo.isPending && undo.variables === merge.id} onClick={() => undo.once(merge.id)}>
                  {t('card.undoMerge')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
