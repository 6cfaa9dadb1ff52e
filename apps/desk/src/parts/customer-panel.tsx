import { Button } from '@mantine/core'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { routes } from '@otklik/contract/routes'
import type { ContactView, CustomerView } from '@otklik/contract/views'
import type { ContactId } from '@otklik/model/ids'
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { failureOf, useApi } from '../api.ts'
import { Attributes } from '../customers/attributes.tsx'
import { MergeDialog } from '../customers/card-dialogs.tsx'
import { Consents, Merges } from '../customers/documents.tsx'
import { CardLanguage } from '../customers/card-language.tsx'
import { Overtaken, useSaving } from '../customers/edited.tsx'
import { Identities } from '../customers/identities.tsx'
import { CustomerNotes } from '../customers/notes.tsx'
import { cardKey, useCard } from '../customers/use-card.ts'
import { formatMonth, formatTime } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { customerName, isKnownRegion } from './customer-name.ts'
import { rememberFocus } from './focus.ts'
import { IconButton } from './icon-button.tsx'
import { Icon } from './icons.tsx'
import { Failed, Skeleton } from './states.tsx'
import { Timeline } from './timeline.tsx'
import { useTick } from './timer.tsx'
import { toastFailure } from './toast.ts'
import { useKeys } from './use-keys.ts'

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
  const [base, setBase] = useState({ name: customer.name })
  const [name, setName] = useState(customer.name ?? '')
  const saving = useSaving<{ name: string | null }>(customer.id)
  const put = async (over: { name: string | null }) => {
    const isSaved = await saving.save({
      find: (card) => ({ name: card.name }),
      base: over,
      put: (api, version) => api.call(routes.nameCustomer, { params: { id: customer.id }, body: { name: name.trim(), version } }),
    })
    if (isSaved) onDone()
  }
  return (
    <form
      className="name-form grow"
      onSubmit={(event) => {
        event.preventDefault()
        if (!saving.isSaving) void put(base)
      }}
    >
      <div className="row">
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
        <Button type="submit" loading={saving.isSaving}>
          {t('common.save')}
        </Button>
      </div>
      {saving.conflict && (
        <Overtaken
          theirs={saving.conflict.theirs?.name ?? t('card.mergeNoName')}
          onKeepMine={() => {
            const theirs = saving.conflict?.theirs ?? base
            setBase(theirs)
            void put(theirs)
          }}
          onTakeTheirs={onDone}
        />
      )}
    </form>
  )
}

/** Who it is, and the way to write down what they are called. */
export const CustomerHead = ({ customer, shown, timeZone, mayRename, beside }: {
  /** Undefined: the card is on its way. */
  customer: CustomerView | undefined
  shown: Pick<CustomerView, 'name' | 'number'>
  timeZone: string
  mayRename: boolean
  beside?: ReactNode
}) => {
  const { t, language } = useTexts()
  const [naming, setNaming] = useState(false)
  const editButton = useRef<HTMLButtonElement>(null)
  const giveFocusBack = useRef<(() => void) | null>(null)
  const startNaming = () => {
    giveFocusBack.current = rememberFocus()
    setNaming(true)
  }
  useKeys({ rename: naming || !mayRename ? undefined : startNaming })
  // Back to where the key was pressed; the button itself was away meanwhile and is a new one.
  useLayoutEffect(() => {
    if (naming || giveFocusBack.current === null) return
    giveFocusBack.current()
    giveFocusBack.current = null
    if (document.activeElement === document.body) editButton.current?.focus()
  }, [naming])
  const name = customerName(shown, t)
  const since = customer && t('customer.since', { date: formatMonth(customer.firstSeenAt, language, timeZone) })
  return (
    <div className="panel-who">
      <span className="avatar" aria-hidden="true">
        {shown.name ? name.charAt(0).toUpperCase() : <Icon name="person" />}
      </span>
      {naming && customer ? (
        <NameField customer={customer} onDone={() => setNaming(false)} />
      ) : (
        <>
          <div className="grow">
            <div className="panel-named">
              <h2 className="cut panel-name" title={name}>
                {name}
              </h2>
              {customer && <CardLanguage customer={customer} mayChange={mayRename} />}
            </div>
            {since === undefined ? (
              <p className="t3 s12">&nbsp;</p>
            ) : (
              <p className="t3 s12 cut" title={since}>
                {since}
              </p>
            )}
          </div>
          {mayRename && (
            <IconButton icon="edit" label={t('customer.rename')} action="rename" disabled={!customer} onClick={startNaming} ref={editButton} />
          )}
          {beside}
        </>
      )}
    </div>
  )
}

export const BlockControl = ({ customer }: { customer: CustomerView }) => {
  const { t } = useTexts()
  const api = useApi()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  // What is pressed goes, and what takes its place has the focus, in view: the question opens below the fold.
  const first = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const step = customer.blocked ? 'blocked' : asking ? 'asking' : 'idle'
  const shownStep = useRef(step)
  useLayoutEffect(() => {
    if (step === shownStep.current) return
    shownStep.current = step
    // Newer browsers answer with a promise, which is no clean-up.
    void box.current?.scrollIntoView({ block: 'nearest' })
    if (document.activeElement === document.body) first.current?.focus({ preventScroll: true })
  }, [step])
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
        <Button ref={first} loading={block.isPending} onClick={() => block.mutate(false)}>
          {t('customer.unblock')}
        </Button>
      </div>
    )
  if (!asking)
    return (
      <Button ref={first} variant="subtle" leftSection={<Icon name="block" size={14} />} onClick={() => setAsking(true)}>
        {t('customer.block')}
      </Button>
    )
  return (
    <div ref={box} className="stack" role="group" aria-label={t('customer.block')}>
      <p className="t2">{t('customer.blockAsk')}</p>
      <div className="row">
        <Button ref={first} loading={block.isPending} onClick={() => block.mutate(true)}>
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
  const { t } = useTexts()
  const api = useApi()
  const queries = useQueryClient()
  const { id, version } = contact.customer
  const customer = useCard(id)
  const [isMerging, setMerging] = useState(false)
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
  const known = customer.data
  // The contact tells of every change of its customer.
  const isBehind = known !== undefined && known.version < version
  useEffect(() => {
    if (!isBehind) return
    void queries.invalidateQueries({ queryKey: cardKey(id) })
    void queries.invalidateQueries({ queryKey: ['customerContacts', id] })
  }, [isBehind, version, queries, id])

  return (
    <div className="panel-inner" tabIndex={-1}>
      <CustomerHead customer={known} shown={known ?? contact.customer} timeZone={timeZone} mayRename />
      {customer.isError && !known ? (
        <Failed
          title={t('customer.failed')}
          failure={failureOf(customer.error)}
          onRetry={() => void customer.refetch()}
        />
      ) : known ? (
        <Identities customer={known} />
      ) : (
        <section aria-label={t('customer.identities')}>
          <ul className="identities" />
        </section>
      )}
      {/* Under one key: it is the same section in both places, with what is being written in it. */}
      {known && known.notes.length > 0 && <CustomerNotes key="notes" customer={known} timeZone={timeZone} />}
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
      {known && <Attributes customer={known} />}
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
            linkOf={(other) => (other === contact.id ? `/contacts/${other}` : `/contacts/${contact.id}?earlier=${other}`)}
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
      {known && known.notes.length === 0 && <CustomerNotes key="notes" customer={known} timeZone={timeZone} />}
      {known && <Merges customer={known} timeZone={timeZone} />}
      {known && <Consents customer={known} timeZone={timeZone} />}
      {known && (
        <section className="row wrap">
          <Button data-merges variant="subtle" leftSection={<Icon name="link" size={14} />} onClick={() => setMerging(true)}>
            {t('card.merge')}
          </Button>
          <BlockControl customer={known} />
          <MergeDialog customer={known} opened={isMerging} onClose={() => setMerging(false)} />
        </section>
      )}
    </div>
  )
}
