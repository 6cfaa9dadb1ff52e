/**
 * Customers: the search on the left, the card beside. The address names the customer, never what was searched for, which
 * may be somebody's phone number: that stays with the entry of the history.
 */
import { useMediaQuery } from '@mantine/hooks'
import type { SessionView } from '@otklik/contract/views'
import type { ContactId, CustomerId } from '@otklik/model/ids'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import { EarlierContact } from '../desk/earlier-contact.tsx'
import { useDeskState, useOptionalDesk } from '../desk/desk-context.tsx'
import { Icon } from '../parts/icons.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { Empty } from '../parts/states.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { useSession } from '../sign-in/session.ts'
import { useTexts } from '../texts/texts.ts'
import { CustomerCard } from './customer-card.tsx'
import { PeopleList, WordsList } from './hit-lists.tsx'
import { isEmpty, moveAmongHits, useFinding, useOpenFirst, useWritten } from './use-search.ts'

interface Arrival {
  readonly query?: string
  /** Somebody pressed the key of the search. */
  readonly search?: true
}

const useIsPhone = () => useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false })

const Search = ({ current, contact, timeZone, mayReadWords }: { current: CustomerId | undefined; contact: ContactId | null; timeZone: string; mayReadWords: boolean }) => {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { state, pathname, search, key } = useLocation() as { state: Arrival | null; pathname: string; search: string; key: string }
  const [text, setText] = useState(state?.query ?? '')
  const written = useWritten(text)
  const { query } = written
  const { people, words, swapped, isFirstThere } = useFinding(query, mayReadWords)
  const areWordsFound = mayReadWords && !isEmpty(words)
  const place = useRef<HTMLDivElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const focus = () => {
    field.current?.focus()
    field.current?.select()
  }
  useKeys({ search: focus })
  // A phone shows the search or a card.
  const isAlone = useIsPhone() && current === undefined
  const isAsked = state?.search === true || (current === undefined && text === '')
  useLayoutEffect(() => {
    if (isAsked) focus()
    // Once for each arrival, not for each letter.
  }, [key])
  useEffect(() => {
    if (query !== '' && query !== state?.query) void navigate(pathname + search, { replace: true, state: { query } satisfies Arrival })
  }, [query, state?.query, navigate, pathname, search])
  // After that: what is opened must not be replaced by the page it was opened from.
  useOpenFirst(place, written, isFirstThere)
  return (
    <div ref={place} role={isAlone ? 'main' : 'complementary'} className="find" aria-label={t('customers.search')} onKeyDown={moveAmongHits}>
      <h1>{t('customers.title')}</h1>
      <div className="find-box" role="search">
        <Icon name="search" />
        <input
          ref={field}
          className="find-field"
          type="search"
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          value={text}
          aria-label={t('customers.search')}
          placeholder={t(mayReadWords ? 'customers.placeholder' : 'customers.placeholderPeople')}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={written.letBe}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
            event.preventDefault()
            written.ask()
          }}
        />
        <span className="no-phone"><KeyCap action="search" /></span>
      </div>
      <div className="find-scroll">
        {query === '' ? (
          <Empty icon="search" title={t('customers.startTitle')} text={t(mayReadWords ? 'customers.startText' : 'customers.startTextKeeper')}>
            <p className="t3 s12 no-phone find-keys">
              <span><kbd className="key">S</kbd> <kbd className="key">/</kbd> {t('customers.keys')}</span>
              <span><kbd className="key">↑</kbd> <kbd className="key">↓</kbd> {t('customers.keysMove')}</span>
              <span><kbd className="key">Enter</kbd> {t('customers.keysOpen')}</span>
            </p>
          </Empty>
        ) : (
          <>
            {swapped !== null && <p className="none" role="status">{t('customers.otherLayout', { text: swapped })}</p>}
            <PeopleList found={people} query={query} timeZone={timeZone} current={current} areWordsFound={areWordsFound} />
            {mayReadWords && !people.isError && <WordsList found={words} query={query} timeZone={timeZone} current={contact} />}
          </>
        )}
      </div>
    </div>
  )
}

const Customers = ({ session, timeZone }: { session: SessionView; timeZone: string }) => {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { state } = useLocation() as { state: Arrival | null }
  const current = useParams()['id'] as CustomerId | undefined
  const [address] = useSearchParams()
  const contact = address.get('contact') as ContactId | null
  const { role } = session.agent
  const isPhone = useIsPhone()
  // The search goes with whoever goes back to it.
  const go = (to: string) => void navigate(to, { state: { ...(state?.query === undefined ? {} : { query: state.query }) } satisfies Arrival })
  useKeys({ back: current === undefined ? undefined : () => go(contact === null ? '/customers' : `/customers/${current}`) })
  return (
    <div className="customers" data-open={current !== undefined}>
      <Search current={current} contact={contact} timeZone={timeZone} mayReadWords={role !== 'administrator'} />
      <main className="customer-main" tabIndex={-1} aria-label={t('customer.title')}>
        {isPhone && current !== undefined && contact === null && <h1 className="hidden-text">{t('customer.title')}</h1>}
        {current === undefined ? (
          <div className="centre">
            <Empty icon="person" title={t('customers.choose')} text={t('customers.chooseText')} />
          </div>
        ) : contact !== null && role !== 'administrator' ? (
          <EarlierContact key={contact} id={contact} timeZone={timeZone} backText={t('customers.backToCard')} onBack={() => go(`/customers/${current}`)} />
        ) : (
          <>
            <button type="button" className="only-phone back-line" onClick={() => go('/customers')}>
              <Icon name="back" />
              {t('customers.back')}
            </button>
            <CustomerCard key={current} id={current} role={role} opened={contact} timeZone={timeZone} />
          </>
        )}
      </main>
    </div>
  )
}

const InDesk = ({ session }: { session: SessionView }) => <Customers session={session} timeZone={useDeskState((state) => state.me?.timeZone ?? session.company.timeZone)} />

export const CustomersPage = () => {
  const session = useSession()
  const desk = useOptionalDesk()
  if (!session.data) return null
  return desk ? <InDesk session={session.data} /> : <Customers session={session.data} timeZone={session.data.company.timeZone} />
}
