/** The one frame of all roles: rail, top bar, news about the connection, and the work in the middle. */
import { Menu, Popover } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Language } from '@otklik/contract/fields'
import { routes } from '@otklik/contract/routes'
import type { SessionView } from '@otklik/contract/views'
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react'
import { NavLink, useLocation, useNavigate } from 'react-router'
import { failureOf, useApi } from '../api.ts'
import { accountList, useAccountCommands } from '../parts/account-commands.ts'
import { useCommands } from '../parts/commands.ts'
import { rememberFocus } from '../parts/focus.ts'
import { Hint } from '../parts/hint.tsx'
import { Icon, Mark, type IconName } from '../parts/icons.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { AccountItems } from '../parts/presence-switch.tsx'
import { Banner } from '../parts/states.tsx'
import { toastFailure } from '../parts/toast.ts'
import { useKeys } from '../parts/use-keys.ts'
import { useUnsavedGuard } from '../settings/unsaved-guard.tsx'
import { useSessionEnd, useTakeSession } from '../sign-in/session.ts'
import { showLanguage, useTexts } from '../texts/texts.ts'
import { useDeskState, useOptionalDesk } from './desk-context.tsx'
import { DeskKeyHelp, KeyHelp } from './key-help.tsx'
import { OfferStack } from './offer-stack.tsx'
import { OwnPresence, useRinger } from './own-presence.tsx'
import { OwnTemplates } from '../templates/own-templates-dialog.tsx'
import { Palette } from './palette.tsx'
import { placesOf } from './places.ts'
import type { Choices, Way } from './ringer.ts'
import { callingCount } from './sorting.ts'

const CallsElsewhere = lazy(() => import('../floor/calls-elsewhere.tsx').then((module) => ({ default: module.CallsElsewhere })))

const RailLink = ({ to, icon, label, count = 0 }: { to: string; icon: IconName; label: string; count?: number }) => (
  <Hint text={label}>
    <NavLink to={to} aria-label={count > 0 ? `${label}: ${count}` : label}>
      <Icon name={icon} size={20} />
      {count > 0 && <span className="rail-count">{count}</span>}
    </NavLink>
  </Hint>
)

const ContactsLink = (props: { to: string; icon: IconName; label: string }) => {
  const contacts = useDeskState((state) => state.contacts)
  const pending = useDeskState((state) => state.pending)
  return <RailLink {...props} count={callingCount({ contacts, pending })} />
}

/** A chip that says what is not as usual; a click says how to mend it. */
const HelpChip = ({ icon, text, how }: { icon: IconName; text: string; how: string }) => {
  const [opened, setOpened] = useState(false)
  return (
    <Popover width={280} position="bottom-end" opened={opened} onChange={setOpened}>
      <Popover.Target>
        <button
          type="button"
          className="chip warn"
          aria-label={text}
          onClick={({ currentTarget }) => {
            currentTarget.focus() // not every browser does so at a click
            setOpened(!opened)
          }}
          // A dialog takes the focus, and what is said here must not lie over it.
          onBlur={() => setOpened(false)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || !opened) return
            event.preventDefault()
            setOpened(false)
          }}
        >
          <Icon name={icon} />
          <span className="no-phone">{text}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown onMouseDown={(event) => event.preventDefault()}>
        <p className="chip-help">{how}</p>
      </Popover.Dropdown>
    </Popover>
  )
}

/** What is written goes out only when the connection is back. */
const useIsLost = () => useDeskState(({ phase, connection }) => phase === 'ready' && (connection === 'waiting' || connection === 'stopped'))

const Chips = () => {
  const { t } = useTexts()
  const connection = useDeskState((state) => state.connection)
  const available = useDeskState((state) => state.me?.presence.state === 'available')
  const { choices: { sound, notifications }, permission, unlocked } = useRinger()
  const isAny = (of: Choices[Way]) => of.offer || of.answer
  const shown = connection === 'stopped' ? 'waiting' : connection
  const isLost = useIsLost()
  return (
    <>
      {/* First: any press takes it away, and must not move what is being pressed. */}
      {isAny(sound) && available && !unlocked && <HelpChip
        icon="soundOff"
        text={t('alerts.soundOff')}
        how={t('alerts.soundOffHow')}
      />}
      {isAny(notifications) && permission === 'denied' && <HelpChip
        icon="bellOff"
        text={t('alerts.blocked')}
        how={t('alerts.blockedHow')}
      />}
      {/* What is said at length beside it is not said twice. */}
      <span className={isLost ? 'hidden-text' : 'chip no-phone'} role="status">
        <Icon name={shown === 'open' ? 'wifi' : 'wifiOff'} />
        {t(`connection.${shown}`)}
      </span>
    </>
  )
}

/** In the middle of the top bar, which is kept for it, so that nothing moves; on a phone over the bar, of which nothing works meanwhile. */
const LostConnection = () => {
  const { t } = useTexts()
  const { pathname } = useLocation()
  return useIsLost() && <Banner
    tone="warn"
    icon="wifiOff"
    text={t(pathname.startsWith('/contacts') ? 'connection.offline' : 'connection.offlineElsewhere')}
  />
}

const RouterDown = () => {
  const { t } = useTexts()
  const connection = useDeskState((state) => state.connection)
  const phase = useDeskState((state) => state.phase)
  const routerUp = useDeskState((state) => state.routerUp)
  return phase === 'ready' && connection === 'open' && !routerUp && <Banner tone="warn" icon="alert" text={t('connection.routerDown')} />
}

/** For those without a desk: the name, and the way out. */
const AccountMenu = ({ session, onLanguage, onFind }: { session: SessionView; onLanguage: (language: Language) => void; onFind: () => void }) => {
  const { t } = useTexts()
  const api = useApi()
  const sessionEnded = useSessionEnd()
  const signOut = useMutation({
    mutationFn: () => api.call(routes.signOut, {}),
    onSuccess: () => sessionEnded({ byChoice: true }),
    onError: (error) => toastFailure(t(`errors.${failureOf(error)}`)),
  })
  const button = useRef<HTMLButtonElement>(null)
  const { guard, question } = useUnsavedGuard(() => button.current?.focus())
  const account = useAccountCommands({ onLanguage, onSignOut: () => guard(() => signOut.mutate()) })
  useCommands(accountList(account))
  return (
    <>
      <Menu withinPortal={false} position="bottom-end" width={240}>
        <Menu.Target>
          <button ref={button} type="button" className="presence">
            <Icon name="person" />
            <span className="cut" title={session.agent.name}>
              {session.agent.name}
            </span>
            <Icon name="down" size={14} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <p className="menu-who">
            <b className="cut" title={session.agent.email}>
              {session.agent.email}
            </b>
            <span className="t3 s12">{t(`roles.${session.agent.role}`)}</span>
          </p>
          <AccountItems commands={account} onFind={onFind} />
        </Menu.Dropdown>
      </Menu>
      {question}
    </>
  )
}

export const Frame = ({ session, children }: { session: SessionView; children: ReactNode }) => {
  const { t } = useTexts()
  const api = useApi()
  const desk = useOptionalDesk()
  const takeSession = useTakeSession()
  const { pathname } = useLocation()
  const [helping, setHelping] = useState(false)
  const changeLanguage = useMutation({
    mutationFn: (language: Language) => api.call(routes.changeLanguage, { body: { language } }),
    onMutate: showLanguage,
    onSuccess: takeSession,
    onError: (error) => {
      showLanguage(session.agent.language)
      toastFailure(t(`errors.${failureOf(error)}`))
    },
  })
  const [finding, setFinding] = useState(false)
  const giveFocusBack = useRef(() => {})
  const find = () => {
    giveFocusBack.current = rememberFocus()
    setFinding(true)
  }
  const navigate = useNavigate()
  useKeys({ help: () => setHelping(true), palette: finding ? undefined : find, search: () => void navigate('/customers', { state: { search: true } }) })
  const { role } = session.agent
  // On a phone the rail makes room for the conversation.
  const inConversation = /^\/(contacts|customers)\/./.test(pathname)

  return (
    <div className="app" data-conversation={inConversation}>
      <nav className="rail" aria-label={t('rail.label')}>
        <span className="rail-mark">
          <Mark />
        </span>
        {placesOf(role).map(({ to, text, icon }) => {
          const Link = to === '/contacts' ? ContactsLink : RailLink
          return <Link key={to} to={to} icon={icon} label={t(text)} />
        })}
        <span className="rail-space" />
        <Hint text={t('palette.title')} action="palette">
          <button type="button" className="rail-keys" aria-label={t('palette.title')} onClick={find}>
            <Icon name="search" size={20} />
          </button>
        </Hint>
        <Hint text={t('rail.keys')} action="help">
          <button type="button" className="rail-keys" aria-label={t('rail.keys')} onClick={() => setHelping(true)}>
            <KeyCap action="help" />
          </button>
        </Hint>
      </nav>
      <header className="top">
        <b className="top-company cut" title={session.company.name}>
          {session.company.name}
        </b>
        <div className="top-news grow">{desk && <LostConnection />}</div>
        {desk && <Chips />}
        {desk ? <OwnPresence onLanguage={changeLanguage.mutate} onFind={find} /> : <AccountMenu
          session={session}
          onLanguage={changeLanguage.mutate}
          onFind={find}
        />}
      </header>
      <div className="work">
        {desk && <RouterDown />}
        {desk && role === 'supervisor' && <Suspense><CallsElsewhere /></Suspense>}
        {children}
        {desk && !pathname.startsWith('/contacts') && <OfferStack floating />}
      </div>
      <Palette opened={finding} role={role} onLeave={() => giveFocusBack.current()} onClose={() => setFinding(false)} />
      {desk && <OwnTemplates />}
      {desk ? <DeskKeyHelp opened={helping} role={role} onClose={() => setHelping(false)} /> : <KeyHelp opened={helping} groups={['everywhere']} onClose={() => setHelping(false)} />}
    </div>
  )
}
