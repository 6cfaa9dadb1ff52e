/** The two things that are asked before they are done: one person out of two, and nobody out of one. */
import { Button, Modal } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { CustomerHit, MergePreview } from '@otklik/contract/customers'
import { routes } from '@otklik/contract/routes'
import type { CustomerView } from '@otklik/contract/views'
import type { CustomerId, MergeId } from '@otklik/model/ids'
import { useEffect, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { failureOf, useApi } from '../api.ts'
import { customerName, regionWords } from '../parts/customer-name.ts'
import { Banner, Failed, Skeleton } from '../parts/states.tsx'
import { toast, toastFailure } from '../parts/toast.ts'
import { useOneShot } from '../parts/use-one-shot.ts'
import { useTexts } from '../texts/texts.ts'
import { IdentityLine } from './identities.tsx'
import { ClosedCard } from './hit-lists.tsx'
import { Marked } from './marked.tsx'
import { isAnswered, moveAmongHits, useOpenFirst, usePeople, useWritten } from './use-search.ts'
import { cardKey } from './use-card.ts'

const OtherRow = ({ hit, onChoose }: { hit: CustomerHit; onChoose: (hit: CustomerHit) => void }) => {
  const { t } = useTexts()
  const body = (
    <span className="grow">
      <span className="cut name">
        {hit.match.kind === 'name' && hit.name !== null ? <Marked text={hit.name} ranges={hit.match.ranges} /> : customerName(hit, t)}
      </span>
      <span className="line below">
        <span className="cut grow">{[t('customers.number', { number: hit.number }), ...regionWords(hit.region)].join(' · ')}</span>
        {!hit.mayOpen && <ClosedCard />}
      </span>
    </span>
  )
  if (hit.mayOpen)
    return (
      <button type="button" className="hit" data-hit onClick={() => onChoose(hit)}>
        {body}
      </button>
    )
  return (
    <div className="hit" data-hit tabIndex={0} role="note" aria-label={`${customerName(hit, t)}. ${t('card.mergeClosed')}`} title={t('card.mergeClosed')}>
      {body}
    </div>
  )
}

const OtherFinder = ({ self, onChoose }: { self: CustomerId; onChoose: (hit: CustomerHit) => void }) => {
  const { t } = useTexts()
  const [text, setText] = useState('')
  const written = useWritten(text)
  const found = usePeople(written.query)
  const place = useRef<HTMLDivElement>(null)
  useOpenFirst(place, written, isAnswered(found))
  const hits = (found.data?.pages.flatMap((page) => page.items) ?? []).filter((hit) => hit.id !== self)
  return (
    <div ref={place} className="stack" onKeyDown={moveAmongHits}>
      <input
        className="plain-field find-field"
        data-autofocus
        value={text}
        aria-label={t('card.mergeFind')}
        placeholder={t('card.mergeFind')}
        maxLength={200}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={written.letBe}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) written.ask()
        }}
      />
      <div className="merge-hits">
        {found.isError ? (
          <Failed title={t('customers.failed')} failure={failureOf(found.error)} onRetry={() => void found.refetch()} />
        ) : found.isLoading ? (
          <Skeleton rows={3} height={44} />
        ) : found.data && hits.length === 0 ? (
          <p className="t3">{t('customers.nothing')}</p>
        ) : (
          <>
            <ul>
              {hits.map((hit) => (
                <li key={hit.id}>
                  <OtherRow hit={hit} onChoose={onChoose} />
                </li>
              ))}
            </ul>
            {hits.some((hit) => !hit.mayOpen) && <p className="t3 s12 below-hits">{t('card.mergeClosed')}</p>}
          </>
        )}
      </div>
    </div>
  )
}

const Preview = ({ preview }: { preview: MergePreview }) => {
  const { t } = useTexts()
  const counts = [
    ['card.mergeContacts', preview.counts.contacts], ['card.mergeIssues', preview.counts.issues],
    ['card.mergeNotes', preview.counts.notes], ['card.mergeConsents', preview.counts.consents],
  ] as const
  return (
    <div className="stack">
      <p className="strong">{t('card.mergeBoth', { merged: customerName(preview.merged, t), survivor: customerName(preview.survivor, t) })}</p>
      {preview.obstacle && <Banner tone="bad" icon="block" text={t(`errors.${preview.obstacle}`)} />}
      <p>{t('card.mergeInto', { name: customerName({ name: preview.name, number: preview.survivor.number }, t) })}</p>
      <ul className="identities">
        {preview.identities.map((identity) => (
          <li key={identity.id}>
            <IdentityLine identity={identity} />
          </li>
        ))}
      </ul>
      <dl className="facts wide">
        {preview.attributes.map(({ id, name, value }) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {counts.map(([key, count]) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd className="num">{count}</dd>
          </div>
        ))}
      </dl>
      {preview.sharesChat && <Banner tone="warn" icon="alert" text={t('card.mergeShares')} />}
      <p className="t3">{t('card.mergeUndoable')}</p>
    </div>
  )
}

const MergeBody = ({ customer, onClose }: { customer: CustomerView; onClose: () => void }) => {
  const { t } = useTexts()
  const api = useApi()
  const queries = useQueryClient()
  const [other, setOther] = useState<CustomerHit | null>(null)
  const [mergeId] = useState(() => crypto.randomUUID() as MergeId)
  const params = { id: customer.id, otherId: other?.id ?? customer.id }
  const preview = useQuery({
    queryKey: ['merge', params.id, params.otherId],
    queryFn: ({ signal }) => api.call(routes.previewMerge, { params, signal }),
    enabled: other !== null,
    gcTime: 0,
  })
  const merge = useOneShot({
    mutationFn: (otherId: CustomerId) => api.call(routes.mergeCustomers, { params: { id: customer.id, otherId }, body: { mergeId } }),
    onSuccess: (next) => {
      queries.setQueryData(cardKey(customer.id), next)
      void queries.invalidateQueries({ queryKey: ['customerContacts', customer.id] })
      void queries.invalidateQueries({ queryKey: ['find'] })
      toast(t('card.merged'))
      onClose()
    },
    onError: (error) => toastFailure(t(`errors.${failureOf(error)}`)),
  })
  const place = useRef<HTMLDivElement>(null)
  // What had the focus is gone with each step. Not sooner: the menu that asked for this would take what has the focus when
  // it closes for its own, and give it back.
  useEffect(() => {
    if (document.activeElement !== document.body && document.activeElement !== place.current) return
    const next = place.current?.querySelector<HTMLElement>('[data-autofocus]:not(:disabled)') ?? place.current
    next?.focus()
  }, [other, preview.status])
  return (
    <div ref={place} tabIndex={-1}>
      {other === null ? (
        <OtherFinder self={customer.id} onChoose={setOther} />
      ) : preview.isPending ? (
        <Skeleton rows={5} height={32} />
      ) : preview.isError ? (
        <Failed title={t('card.mergeFailed')} failure={failureOf(preview.error)} onRetry={() => void preview.refetch()} />
      ) : (
        <>
          <Preview preview={preview.data} />
          <div className="dialog-acts">
            <Button onClick={() => setOther(null)}>{t('card.mergeOther')}</Button>
            <Button variant="filled" data-autofocus disabled={preview.data.obstacle !== null} loading={merge.isPending} onClick={() => merge.once(params.otherId)}>
              {t('card.mergeDo')}
            </Button>
          </div>
        </>
      )}
    </div>
  )
}

export const MergeDialog = ({ customer, opened, onClose }: { customer: CustomerView; opened: boolean; onClose: () => void }) => {
  const { t } = useTexts()
  const focusCard = () => document.querySelector<HTMLElement>('.customer-main, .panel-inner')?.focus({ preventScroll: true })
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      // What opened it may be an entry of a menu, which is gone.
      onExitTransitionEnd={() => document.activeElement === document.body && focusCard()}
      title={t('card.mergeTitle')}
      size={560}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <MergeBody
        customer={customer}
        onClose={() => {
          flushSync(onClose)
          // It may have been on the card of who is somebody else now; what stands in its place has the focus.
          focusCard()
        }}
      />
    </Modal>
  )
}

export const EraseDialog = ({ customer, opened, onClose, onErased }: { customer: CustomerView; opened: boolean; onClose: () => void; onErased: () => void }) => {
  const { t } = useTexts()
  const api = useApi()
  const queries = useQueryClient()
  const fieldId = useId()
  const [typed, setTyped] = useState('')
  const [isWrong, setWrong] = useState(false)
  const erase = useOneShot({
    mutationFn: (id: CustomerId) => api.call(routes.eraseCustomer, { params: { id }, body: { number: Number(typed) } }),
    onSuccess: () => {
      queries.removeQueries({ queryKey: cardKey(customer.id) })
      queries.removeQueries({ queryKey: ['find'] })
      toast(t('card.erased'))
      onErased()
    },
    onError: (error) => toastFailure(t(`errors.${failureOf(error)}`)),
  })
  const isConfirmed = typed.trim() === String(customer.number)
  return (
    <Modal opened={opened} onClose={onClose} title={t('card.eraseTitle')} size={480} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (isConfirmed) erase.once(customer.id)
        }}
      >
        <p>{t('card.eraseText')}</p>
        <p className="t2">{t('card.eraseStays')}</p>
        <label htmlFor={fieldId}>{t('card.eraseNumber', { number: customer.number })}</label>
        <input
          id={fieldId}
          className="plain-field"
          data-autofocus
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          value={typed}
          aria-invalid={isWrong}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
            setWrong(false)
          }}
          // The browser does nothing at Enter while the button of the form is disabled.
          onKeyDown={(event) => {
            if (event.key === 'Enter') setWrong(!isConfirmed)
          }}
        />
        {isWrong && <p className="field-error" role="alert">{t('card.eraseWrong')}</p>}
        <div className="dialog-acts">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" className="danger" variant="filled" disabled={!isConfirmed} loading={erase.isPending}>
            {t('card.erase')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
