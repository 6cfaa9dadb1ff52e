import { Menu } from '@mantine/core'
import type { MeView } from '@otklik/contract/views'
import type { ShownPresence } from '@otklik/model/presence'
import type { ReactNode, Ref } from 'react'
import { keyLabel, keyShortcut } from '../keys.ts'
import { useTexts } from '../texts/texts.ts'
import type { AccountCommands } from './account-commands.ts'
import type { Command } from './commands.ts'
import { Icon } from './icons.tsx'
import { isMac, KeyCap } from './key-cap.tsx'
import { StateDot } from './state-dot.tsx'
import { Elapsed } from './timer.tsx'

const check = <Icon name="check" size={14} />

/** How this browser looks and speaks, the palette for whoever has no keys, and the way out. */
export const AccountItems = ({ commands: { themes, languages, signOut }, onFind }: { commands: AccountCommands; onFind: () => void }) => {
  const { t } = useTexts()
  const choices = (of: readonly Command[], lang?: (command: Command) => string) => (
    <>
      <Menu.Label>{of[0]?.group}</Menu.Label>
      <Menu.RadioGroup value={of.find(({ isOn }) => isOn)?.id ?? ''} onChange={(id) => of.find((each) => each.id === id)?.go()}>
        {of.map((each) => (
          <Menu.RadioItem key={each.id} value={each.id} checkIcon={check} {...(lang ? { lang: lang(each) } : {})}>
            {each.name}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  )
  return (
    <>
      <Menu.Item leftSection={<Icon name="search" size={14} />} rightSection={<span className="no-phone"><KeyCap action="palette" /></span>} onClick={onFind}>
        {t('palette.title')}
      </Menu.Item>
      <Menu.Divider />
      {choices(themes)}
      {choices(languages, ({ id }) => id.slice(-2))}
      <Menu.Divider />
      <Menu.Item leftSection={<Icon name="exit" size={14} />} onClick={signOut.go}>
        {signOut.name}
      </Menu.Item>
    </>
  )
}

interface PresenceSwitchProps {
  readonly me: MeView
  readonly shown: ShownPresence
  readonly inHand: number
  /** One for each reason of not being ready. */
  readonly pauses: readonly Command[]
  /** What calls the agent, each to be switched on and off. */
  readonly calls: readonly Command[]
  /** Null while no sound is wanted. */
  readonly tryOut: Command | null
  readonly buttonRef: Ref<HTMLButtonElement>
  readonly opened: boolean
  readonly onOpened: (opened: boolean) => void
  /** False while a question that came out of the menu has the focus. */
  readonly returnsFocus: boolean
  readonly onAvailable: () => void
  readonly account: ReactNode
}

/** The agent's own state with its timer; a click changes it. */
export const PresenceSwitch = (props: PresenceSwitchProps) => {
  const { t } = useTexts()
  const { me, shown } = props
  const { state, cause, reason, since } = me.presence
  const label =
    state === 'notReady'
      ? (cause === 'missed' ? t('presence.missed') : (reason?.name ?? t('presence.notReady')))
      : t(`presence.${state}`)
  return (
    <Menu withinPortal={false} position="bottom-end" width={264} opened={props.opened} onChange={props.onOpened} returnFocus={props.returnsFocus}>
      <Menu.Target>
        <button
          ref={props.buttonRef}
          type="button"
          className="presence"
          // It has the focus after a choice in its menu: an offer takes Enter all the same. Space opens the menu again.
          data-yields-enter
          title={`${t('presence.change')}: ${keyLabel('presence', isMac)}`}
          aria-keyshortcuts={keyShortcut('presence', isMac)}
        >
          <StateDot state={shown} />
          <span className="cut">{label}</span>
          {/* Since when somebody has been away by their own choice is no news; it may be since the account was made. */}
          {!(state === 'offline' && cause === 'signedOut') && <Elapsed since={since} />}
          <Icon name="down" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown className="presence-menu" aria-label={t('presence.change')}>
        <p className="menu-who">
          <b className="cut" title={me.name}>
            {me.name}
          </b>
          <span className="t3 s12">{t('presence.inHand', { count: props.inHand })}</span>
        </p>
        {/* Never disabled: the menu gives the focus to its first entry, and a disabled one would leave it outside. */}
        <Menu.Item
          leftSection={<StateDot state="available" />}
          rightSection={state === 'available' ? <Icon name="check" size={14} /> : <KeyCap action="available" />}
          onClick={state === 'available' ? undefined : props.onAvailable}
        >
          {state === 'available' ? t('presence.available') : t('presence.becomeAvailable')}
        </Menu.Item>
        <Menu.Label>{t('presence.pauseTitle')}</Menu.Label>
        {props.pauses.map((each) => (
          <Menu.Item
            key={each.id}
            leftSection={<StateDot state="notReady" />}
            rightSection={each.isOn ? <Icon name="check" size={14} /> : null}
            onClick={each.go}
          >
            {each.name}
          </Menu.Item>
        ))}
        {props.pauses.length === 0 && <p className="menu-note">{t('presence.noReasons')}</p>}
        <Menu.Divider />
        {props.calls.map((each) => (
          <Menu.CheckboxItem key={each.id} checked={each.isOn ?? false} onChange={each.go} checkIcon={check}>
            {each.name}
          </Menu.CheckboxItem>
        ))}
        <p className="menu-note">{t('presence.answerWhen')}</p>
        {props.tryOut && (
          <Menu.Item closeMenuOnClick={false} leftSection={<Icon name="bell" size={14} />} onClick={props.tryOut.go}>
            {props.tryOut.name}
          </Menu.Item>
        )}
        <Menu.Divider />
        {props.account}
      </Menu.Dropdown>
    </Menu>
  )
}
