/** The agent's own state in the top bar: choosing it, the questions that come with it, and the news about it. */
import { Button, Modal } from '@mantine/core'
import type { Language } from '@otklik/contract/fields'
import { shownPresence } from '@otklik/model/presence'
import { useCallback, useRef, useState, useSyncExternalStore } from 'react'
import { flushSync } from 'react-dom'
import { accountList, useAccountCommands } from '../parts/account-commands.ts'
import { useCommands, type Command } from '../parts/commands.ts'
import { rememberFocus } from '../parts/focus.ts'
import { AccountItems, PresenceSwitch } from '../parts/presence-switch.tsx'
import { toastFailure } from '../parts/toast.ts'
import { useKeys } from '../parts/use-keys.ts'
import { useUnsavedGuard } from '../settings/unsaved-guard.tsx'
import { inBothLanguages, useTexts } from '../texts/texts.ts'
import { useCatalogue, useContactsInHand, useDesk, useDeskState, useOpenOffers } from './desk-context.tsx'
import { callings, ways } from './ringer.ts'

export const useRinger = () => {
  const { ringer } = useDesk()
  return { ringer, ...useSyncExternalStore(ringer.subscribe, ringer.getState) }
}

/** Becoming available: the click that the browser wants for the sound is this one. */
export const useBecomeAvailable = () => {
  const { t } = useTexts()
  const { store, ringer } = useDesk()
  return useCallback(async () => {
    ringer.unlock()
    const outcome = await store.becomeAvailable()
    if (!outcome.ok && outcome.failure !== 'alreadyAvailable') toastFailure(t(`errors.${outcome.failure}`))
  }, [store, ringer, t])
}

/** Asks what becomes of the contacts in hand before somebody leaves. */
const LeaveDialog = ({ opened, inHand, onStay, onReturn, busy }: {
  opened: boolean
  inHand: number
  onStay: () => void
  onReturn: () => void
  busy: boolean
}) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={opened}
      onClose={onStay}
      // It would go to the menu's entry, which is gone.
      returnFocus={false}
      title={t('signOut.title')}
      size={420}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p className="t2">
        {t('presence.inHand', { count: inHand })}. {t('signOut.text')}
      </p>
      <div className="dialog-acts">
        <Button data-autofocus variant="filled" size="md" onClick={onStay}>
          {t('signOut.stay')}
        </Button>
        <Button size="md" loading={busy} onClick={onReturn}>
          {t('signOut.returnToQueue')}
        </Button>
      </div>
    </Modal>
  )
}

interface OwnPresenceProps {
  readonly onLanguage: (language: Language) => void
  /** Opens the palette. */
  readonly onFind: () => void
}

export const OwnPresence = ({ onLanguage, onFind }: OwnPresenceProps) => {
  const { t } = useTexts()
  const { store, signOut } = useDesk()
  const me = useDeskState((state) => state.me)
  const inHand = useContactsInHand()
  const offers = useOpenOffers()
  const catalogue = useCatalogue()
  const { ringer, choices } = useRinger()
  const becomeAvailable = useBecomeAvailable()
  const [opened, setOpened] = useState(false)
  const giveFocusBack = useRef(() => {})
  const open = (wanted: boolean) => {
    if (wanted) giveFocusBack.current = rememberFocus()
    setOpened(wanted)
  }
  const [leaving, setLeaving] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  /** To where it was before the menu was opened, else to the menu's own button. */
  const stay = () => {
    giveFocusBack.current()
    if (document.activeElement === document.body) button.current?.focus()
  }
  const { guard, question } = useUnsavedGuard(stay)
  const [busy, setBusy] = useState(false)
  const held = inHand.length

  const leave = async (contacts: 'none' | 'returnToQueue') => {
    setBusy(true)
    const outcome = await signOut(contacts)
    setBusy(false)
    if (outcome.ok) return
    if (outcome.failure === 'contactsInHand') setLeaving(true)
    else toastFailure(t(`errors.${outcome.failure}`))
  }
  useKeys({
    presence: () => open(!opened),
    available: me && me.presence.state !== 'available' ? () => void becomeAvailable() : undefined,
  })
  const account = useAccountCommands({ onLanguage, onSignOut: () => guard(() => (held > 0 ? setLeaving(true) : void leave('none'))) })
  const pauses: readonly Command[] = (catalogue.data?.reasons ?? []).map(({ id, name }) => ({
    id: `reason ${id}`,
    name,
    group: t('presence.pauseTitle'),
    words: inBothLanguages('presence.pauseTitle', 'palette.also.pause'),
    isOn: me?.presence.state === 'notReady' && me.presence.reason?.id === id,
    go: () =>
      void store.becomeNotReady(id).then((outcome) => {
        if (!outcome.ok) toastFailure(t(`errors.${outcome.failure}`))
      }),
  }))
  const calls: readonly Command[] = callings.flatMap((calling) =>
    ways.map((way) => {
      const isOn = choices[way][calling]
      return {
        id: `call ${calling} ${way}`,
        name: t(`presence.calls.${calling}.${way}`),
        group: t(isOn ? 'palette.on' : 'palette.off'),
        words: inBothLanguages(`presence.calls.${calling}.${way}`, `palette.also.${way}`),
        isOn,
        go: () => {
          ringer.choose(way, calling, !isOn)
          if (!isOn && way === 'notifications') void ringer.askPermission()
        },
      }
    }))
  const tryOut: Command | null = choices.sound.offer || choices.sound.answer ? {
    id: 'tryOut',
    name: t('presence.tryOut'),
    group: t('palette.command'),
    words: inBothLanguages('presence.tryOut'),
    go: () => {
      ringer.unlock()
      ringer.play()
    },
  } : null
  useCommands([...pauses, ...calls, ...(tryOut ? [tryOut] : []), ...accountList(account)])
  if (!me) return null
  const inWrapUp = inHand.filter((contact) => contact.state === 'wrapUp').length
  return (
    <>
      <PresenceSwitch
        me={me}
        // The label says what was chosen; the dot adds what it comes to while one is available.
        shown={me.presence.state === 'available' ? shownPresence('available', {
          offered: offers.length,
          active: held - inWrapUp,
          wrapUp: inWrapUp,
        }) : me.presence.state}
        inHand={held}
        pauses={pauses}
        calls={calls}
        tryOut={tryOut}
        buttonRef={button}
        opened={opened}
        onOpened={open}
        returnsFocus={!leaving}
        onAvailable={() => void becomeAvailable()}
        account={<AccountItems commands={account} onFind={onFind} />}
      />
      {question}
      <LeaveDialog
        opened={leaving}
        inHand={held}
        busy={busy}
        onStay={() => {
          flushSync(() => setLeaving(false))
          stay()
        }}
        onReturn={() => void leave('returnToQueue')}
      />
    </>
  )
}
