import { Button } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { routes } from '@otklik/contract/routes'
import type { ContactView, CustomerView } from '@otklik/contract/views'
import type { ContactId } from '@otklik/model/ids'
import { useEffect, useRef, useState } from 'react'
import { failureOf, useApi } from '../api.ts'
import { formatMonth, formatTime } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { customerName, isKnownRegion } from './customer-name.ts'
import { rememberFocus } from './focus.ts'
import { IconButton } from './icon-button.tsx'
import { Icon, type IconName } from './icons.tsx'
import { Failed, Skeleton } from './states.tsx'
import { Timeline } from './timeline.tsx'
import { useTick } from './timer.tsx'
import { toastFailure } from './toast.ts'
import { useKeys } from './use-keys.ts'

const identityIcons: Record<CustomerView['identities'][number]['kind'], IconName> = {
  visitor: 'globe',
  email: 'mail',
  phone: 'phone',
}
const proofTexts = {
  none: 'customer.proofNone',
  claimed: 'customer.proofClaimed',
  verified: 'customer.proofVerified',
} as const

/** The time of day where the customer is. */
const TimeThere = ({ timeZone }: { timeZone: string }) => {
  const { language } = useTexts()
  const ref = useRef<HTMLTimeElement>(null)
  useTick((now) => {
    if (ref.current) ref.current.textContent = formatTime(now, language, timeZone)
  })
  return <time ref={ref} title={timeZone} />
}

const NameField = ({ customer, onDone }: { customer: CustomerView; onDone: () => void }) => {
  const { t } = useTexts()
  const api = useApi()
  const queries = useQueryClient()
  const [name, setName] = useState(customer.name ?? '')
  const rename = useMutation({
    mutationFn: () => api.call(routes.nameCustomer, { params: { id: customer.id }, body: { name: name.trim(), version: customer.version } }),
    onSuccess: (next) => {
      queries.setQueryData(['customer', customer.id], next)
      onDone()
    },
    onError: (error) => toastFailure(t(`errors.${failureOf(error)}`)),
  })
  return (
    <form
      className="row grow"
      onSubmit={(event) => {
        event.preventDefault()
        rename.mutate()
      }}
    >
      <input
        className="plain-field grow"
        autoFocus
        maxLength={120}
        value={name}
        aria-label={t('customer.nameHint')}
        placeholder={t('customer.nameHint')}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          event.preventDefault()
          onDone()
        }}
      />
      <Button type="submit" loading={rename.isPending}>
        {t('common.save')}
      </Button>
    </form>
  )
}

const BlockControl = ({ customer }: { customer: CustomerView }) => {
  const { t } = useTexts()
  const api = useApi()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const block = useMutation({
    mutationFn: (blocked: boolean) => api.call(routes.blockCustomer, {
      params: { id: customer.id },
      body: { blocked },
    }),
    onSuccess: (next) => {
      queries.setQueryData(['customer', customer.id], next)
      setAsking(false)
    },
    onError: (error) => toastFailure(t(`errors.${failureOf(error)}`)),
  })
  if (customer.blocked)
    return (
      <div className="row">
        <span className="row grow blocked">
          <Icon name="block" size={14} />
          {t('customer.blocked')}
        </span>
        <Button loading={block.isPending} onClick={() => block.mutate(false)}>
          {t('customer.unblock')}
        </Button>
      </div>
    )
  if (!asking)
    return (
      <Button variant="subtle" leftSection={<Icon name="block" size={14} />} onClick={() => setAsking(true)}>
        {t('customer.block')}
      </Button>
    )
  return (
    <div className="stack" role="group">
      <p className="t2">{t('customer.blockAsk')}</p>
      <div className="row">
        <Button loading={block.isPending} onClick={() => block.mutate(true)}>
          {t('customer.block')}
        </Button>
        <Button variant="subtle" onClick={() => setAsking(false)}>
          {t('common.cancel')}
        </Button>
      </div>
    </div>
  )
}

/** Who the customer is, how we know it, and everything that happened before, in all channels. */
export const CustomerPanel = ({ contact, opened, timeZone }: {
  contact: ContactView
  opened: ContactId | null
  timeZone: string
}) => {
  const { t, language } = useTexts()
  const api = useApi()
  const [naming, setNaming] = useState(false)
  const id = contact.customer.id
  const customer = useQuery({
    queryKey: ['customer', id],
    queryFn: ({ signal }) => api.call(routes.customer, { params: { id }, signal }),
  })
  const contacts = useInfiniteQuery({
    queryKey: ['customerContacts', id],
    queryFn: ({ pageParam, signal }) =>
      api.call(routes.customerContacts, {
        params: { id },
        query: { limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  })
  const editButton = useRef<HTMLButtonElement>(null)
  const giveFocusBack = useRef<(() => void) | null>(null)
  const startNaming = () => {
    giveFocusBack.current = rememberFocus()
    setNaming(true)
  }
  useKeys({ rename: () => (naming ? false : startNaming()) })
  // Back to where the key was pressed; the button itself was away meanwhile and is a new one.
  useEffect(() => {
    if (naming || giveFocusBack.current === null) return
    giveFocusBack.current()
    giveFocusBack.current = null
    if (document.activeElement === document.body) editButton.current?.focus()
  }, [naming])
  const known = customer.data
  const name = customerName(known ?? contact.customer, t)

  return (
    <div className="panel-inner">
      <div className="panel-who">
        <span className="avatar" aria-hidden="true">
          {known?.name || contact.customer.name ? name.charAt(0).toUpperCase() : <Icon name="person" />}
        </span>
        {naming && known ? (
          <NameField customer={known} onDone={() => setNaming(false)} />
        ) : (
          <>
            <div className="grow">
              <h2 className="cut panel-name" title={name}>
                {name}
              </h2>
              {known ? (
                <p
                  className="t3 s12 cut"
                  title={t('customer.since', { date: formatMonth(known.firstSeenAt, language, timeZone) })}
                >
                  {t('customer.since', { date: formatMonth(known.firstSeenAt, language, timeZone) })}
                </p>
              ) : (
                <p className="t3 s12">&nbsp;</p>
              )}
            </div>
            <IconButton
              icon="edit"
              label={t('customer.rename')}
              action="rename"
              disabled={!known}
              onClick={startNaming}
              ref={editButton}
            />
          </>
        )}
      </div>
      {customer.isError ? (
        <Failed
          title={t('customer.failed')}
          failure={failureOf(customer.error)}
          onRetry={() => void customer.refetch()}
        />
      ) : (
        <section aria-label={t('customer.identities')}>
          <ul className="identities">
            {known?.identities.map((identity) => (
              <li key={`${identity.kind} ${identity.shown}`}>
                <Icon name={identityIcons[identity.kind]} />
                <span className="cut num" title={identity.shown}>
                  {identity.kind === 'visitor' ? `${t('customer.visitorKind')} ${identity.shown}` : identity.shown}
                </span>
                <span className="proof">
                  {identity.proof === 'verified' && <Icon name="check" size={12} />}
                  {t(proofTexts[identity.proof])}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label={t('customer.attributes')}>
        <dl className="facts">
          <dt>{t('customer.region')}</dt>
          <dd className="cut" title={contact.customer.region}>
            {isKnownRegion(contact.customer.region) ? contact.customer.region : t('customer.unknown')}
          </dd>
          {contact.customer.timeZone && (
            <>
              <dt>{t('customer.localTime')}</dt>
              <dd className="num">
                <TimeThere timeZone={contact.customer.timeZone} />
              </dd>
            </>
          )}
          <dt>{t('customer.language')}</dt>
          <dd>{contact.customer.language ? t(`languages.${contact.customer.language}`) : t('customer.unknown')}</dd>
          {contact.page && (
            <>
              <dt>{t('customer.page')}</dt>
              <dd className="cut" title={contact.page.url}>
                {contact.page.title || contact.page.url}
              </dd>
            </>
          )}
        </dl>
      </section>
      <section>
        <h3>{t('timeline.title', { count: known?.contactCount ?? contacts.data?.pages[0]?.items.length ?? 1 })}</h3>
        {contacts.isPending ? (
          <Skeleton rows={3} height={44} />
        ) : contacts.isError ? (
          <Failed
            title={t('timeline.failed')}
            failure={failureOf(contacts.error)}
            onRetry={() => void contacts.refetch()}
          />
        ) : (
          <Timeline
            contacts={contacts.data.pages.flatMap((page) => page.items)}
            current={contact.id}
            inWrapUp={contact.state === 'wrapUp'}
            opened={opened}
            timeZone={timeZone}
            hasMore={contacts.hasNextPage}
            isLoadingMore={contacts.isFetchingNextPage}
            onMore={() => void contacts.fetchNextPage()}
          />
        )}
      </section>
      {known && (
        <section>
          <BlockControl customer={known} />
        </section>
      )}
    </div>
  )
}
