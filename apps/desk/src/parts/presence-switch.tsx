import { Menu } from '@mantine/core'
import type { Language } from '@otklik/contract/fields'
import type { MeView } from '@otklik/contract/views'
import type { ReasonId } from '@otklik/model/ids'
import type { ShownPresence } from '@otklik/model/presence'
import type { ReactNode, Ref } from 'react'
import { callings, ways, type Calling, type Choices, type Way } from '../desk/ringer.ts'
import { keyLabel, keyShortcut } from '../keys.ts'
import { chooseTheme, themeChoices, useThemeChoice, type ThemeChoice } from '../look/theme-choice.ts'
import { useTexts } from '../texts/texts.ts'
import { Icon } from './icons.tsx'
import { isMac, KeyCap } from './key-cap.tsx'
import { StateDot } from './state-dot.tsx'
import { Elapsed } from './timer.tsx'

const languages: readonly Language[] = ['ru', 'en']
const themeTexts = { system: 'theme.system', light: 'theme.light', dark: 'theme.dark' } as const

const check = <Icon name="check" size={14} />

/** How this browser looks and speaks, and the way out: the same for everybody. */
export const AccountItems = ({ onLanguage, onSignOut }: {
  onLanguage: (language: Language) => void
  onSignOut: () => void
}) => {
  const { t, language } = useTexts()
  const theme = useThemeChoice()
  return (
    <>
      <Menu.Label>{t('theme.title')}</Menu.Label>
      <Menu.RadioGroup value={theme} onChange={(choice) => chooseTheme(choice as ThemeChoice)}>
        {themeChoices.map((choice) => (
          <Menu.RadioItem key={choice} value={choice} checkIcon={check}>
            {t(themeTexts[choice])}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Label>{t('language.title')}</Menu.Label>
      <Menu.RadioGroup value={language} onChange={(each) => onLanguage(each as Language)}>
        {languages.map((each) => (
          <Menu.RadioItem key={each} value={each} lang={each} checkIcon={check}>
            {t(`languages.${each}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
      <Menu.Item leftSection={<Icon name="exit" size={14} />} onClick={onSignOut}>
        {t('presence.signOut')}
      </Menu.Item>
    </>
  )
}

interface PresenceSwitchProps {
  readonly me: MeView
  readonly shown: ShownPresence
  readonly inHand: number
  readonly reasons: readonly { readonly id: ReasonId; readonly name: string }[]
  readonly choices: Choices
  readonly buttonRef: Ref<HTMLButtonElement>
  readonly opened: boolean
  readonly onOpened: (opened: boolean) => void
  /** False while a question that came out of the menu has the focus. */
  readonly returnsFocus: boolean
  readonly onAvailable: () => void
  readonly onNotReady: (reasonId: ReasonId) => void
  readonly onChoice: (way: Way, calling: Calling, on: boolean) => void
  readonly onTryOut: () => void
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
        {props.reasons.map((each) => (
          <Menu.Item
            key={each.id}
            leftSection={<StateDot state="notReady" />}
            rightSection={state === 'notReady' && reason?.id === each.id ? <Icon name="check" size={14} /> : null}
            onClick={() => props.onNotReady(each.id)}
          >
            {each.name}
          </Menu.Item>
        ))}
        {props.reasons.length === 0 && <p className="menu-note">{t('presence.noReasons')}</p>}
        <Menu.Divider />
        {callings.map((calling) =>
          ways.map((way) => (
            <Menu.CheckboxItem key={`${calling}.${way}`} checked={props.choices[way][calling]} onChange={(on) => props.onChoice(way, calling, on)} checkIcon={check}>
              {t(`presence.calls.${calling}.${way}`)}
            </Menu.CheckboxItem>
          )))}
        <p className="menu-note">{t('presence.answerWhen')}</p>
        {(props.choices.sound.offer || props.choices.sound.answer) && (
          <Menu.Item closeMenuOnClick={false} leftSection={<Icon name="bell" size={14} />} onClick={props.onTryOut}>
            {t('presence.tryOut')}
          </Menu.Item>
        )}
        <Menu.Divider />
        {props.account}
      </Menu.Dropdown>
    </Menu>
  )
}
