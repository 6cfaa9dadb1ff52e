/** Ctrl or Cmd K: any contact in hand, customer, template, page or command by a few letters, without knowing its key. */
import { Modal } from '@mantine/core'
import type { DeskTemplate } from '@otklik/contract/templates'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useLocation, useNavigate } from 'react-router'
import { usePeople, useSettled } from '../customers/use-search.ts'
import { keyLabel, keyMap, type KeyAction } from '../keys.ts'
import { customerName } from '../parts/customer-name.ts'
import { isMac } from '../parts/key-cap.tsx'
import { OptionList } from '../parts/option-list.tsx'
import { boundActions, performAction } from '../parts/use-keys.ts'
import { insertTemplate } from '../templates/fill.ts'
import { useTemplates } from '../templates/use-templates.ts'
import { useTexts } from '../texts/texts.ts'
import { useFollowUps, usePick } from './beside-lists.tsx'
import { useContactsInHand, useOptionalDesk } from './desk-context.tsx'

interface Entry {
  readonly id: string
  readonly name: string
  readonly aside: string
  readonly go: () => void
}

/** These make no sense out of the place where their key is pressed. */
const unlisted: ReadonlySet<KeyAction> = new Set(['palette', 'leave', 'send', 'newLine', 'save', 'done'])

const useDeskEntries = (): readonly Entry[] => {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const contacts = useContactsInHand()
  const templates = useTemplates().data?.items ?? []
  const followUps = useFollowUps().items
  const pick = usePick()
  const isTalking = /^\/contacts\/./.test(pathname)
  return [
    ...contacts.map((contact) => ({
      id: contact.id as string,
      name: customerName(contact.customer, t),
      aside: t('palette.contact'),
      go: () => void navigate(`/contacts/${contact.id}`),
    })),
    ...followUps.map((contact) => ({
      id: `wake ${contact.id}`,
      name: t('work.takeBackNamed', { name: customerName(contact.customer, t) }),
      aside: t('palette.command'),
      go: () => void pick(contact.id),
    })),
    ...(isTalking
      ? templates.map((template: DeskTemplate) => ({
          id: template.id as string,
          name: template.name,
          aside: t('palette.template'),
          go: () => void dispatchEvent(new CustomEvent<DeskTemplate>(insertTemplate, { detail: template })),
        }))
      : []),
  ]
}

/** From how many letters on customers are looked for, and how many are shown. */
const findFrom = 2
const mostFound = 5

/** Customers by name, number, phone or e-mail; nobody while the answer to what is typed now is on its way. */
const useFoundCustomers = (typed: string): readonly Entry[] => {
  const { t } = useTexts()
  const navigate = useNavigate()
  const query = typed.trim()
  const settled = useSettled(query)
  const { data, isPlaceholderData } = usePeople(settled.length < findFrom ? '' : settled)
  if (query.length < findFrom || settled !== query || isPlaceholderData) return []
  const open = (data?.pages[0]?.items ?? []).filter(({ mayOpen }) => mayOpen)
  return open.slice(0, mostFound).map((hit) => ({
    id: hit.id,
    name: customerName(hit, t),
    aside: hit.match.kind !== 'name' && hit.match.shown !== null ? `${t('palette.customer')} · ${hit.match.shown}` : t('palette.customer'),
    go: () => void navigate(`/customers/${hit.id}`),
  }))
}

const Finder = ({ pages, more, onDone }: { pages: readonly Entry[]; more: readonly Entry[]; onDone: (entry: Entry) => void }) => {
  const { t } = useTexts()
  const field = useRef<HTMLInputElement>(null)
  // As it was when the palette was opened: its own keys are none of these.
  const [actions] = useState(() => boundActions().filter((action) => !unlisted.has(action)))
  const [typed, setTyped] = useState('')
  const found = useFoundCustomers(typed)
  const commands: Entry[] = actions.map((action) => ({
    id: action,
    name: t(keyMap[action].text),
    aside: keyLabel(action, isMac),
    go: () => void performAction(action),
  }))
  return (
    <OptionList
      items={[...commands, ...pages, ...more]}
      onType={setTyped}
      found={found}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      aside={({ aside }) => <span className="aside">{aside}</span>}
      label={t('palette.title')}
      placeholder={t('palette.placeholder')}
      hint={t('palette.hint')}
      chosen={null}
      onChoose={() => undefined}
      onDone={onDone}
      fieldRef={field}
      alwaysOpen
    />
  )
}

const DeskFinder = (props: Omit<Parameters<typeof Finder>[0], 'more'>) => <Finder {...props} more={useDeskEntries()} />

interface PaletteProps {
  readonly opened: boolean
  readonly pages: readonly { readonly to: string; readonly name: string }[]
  /** Gives the focus back to where it was. */
  readonly onLeave: () => void
  readonly onClose: () => void
}

export const Palette = ({ opened, pages, onLeave, onClose }: PaletteProps) => {
  const { t } = useTexts()
  const navigate = useNavigate()
  const desk = useOptionalDesk()
  const entries = pages.map(({ to, name }): Entry => ({ id: to, name, aside: t('palette.page'), go: () => void navigate(to) }))
  const leave = () => {
    flushSync(onClose)
    onLeave()
  }
  /** First the dialog goes and gives the focus back, then the command finds the page as its key would. */
  const done = (entry: Entry) => {
    leave()
    entry.go()
  }
  return (
    <Modal opened={opened} onClose={leave} returnFocus={false} title={t('palette.title')} size={560} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <div className="palette">{desk ? <DeskFinder pages={entries} onDone={done} /> : <Finder pages={entries} more={[]} onDone={done} />}</div>
    </Modal>
  )
}
