/** What the palette finds, gathered from what there is: keys, pages, menus, contacts, customers, templates, articles. */
import type { Role } from '@otklik/contract/fields'
import type { DeskTemplate } from '@otklik/contract/templates'
import type { ArticleId, TemplateId } from '@otklik/model/ids'
import { useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { usePeople, useSettled } from '../customers/use-search.ts'
import { keyLabel, keyMap, type KeyAction } from '../keys.ts'
import { useArticles } from '../knowledge/use-articles.ts'
import { useBoundCommands } from '../parts/commands.ts'
import { customerName } from '../parts/customer-name.ts'
import { isMac } from '../parts/key-cap.tsx'
import { boundActions, performAction } from '../parts/use-keys.ts'
import { useItems } from '../settings/kept.ts'
import { insertTemplate } from '../templates/fill.ts'
import { useTemplates } from '../templates/use-templates.ts'
import { ru } from '../texts/ru.ts'
import { inBothLanguages, useTexts, type TextKey } from '../texts/texts.ts'
import { useFollowUps, usePick } from './beside-lists.tsx'
import { useContactsInHand } from './desk-context.tsx'
import { creatable, placesOf, type Inner } from './places.ts'

export interface Entry {
  readonly id: string
  readonly name: string
  readonly aside: string
  /** More words that find it. */
  readonly words?: string
  readonly go: () => void
}

/** These make no sense out of the place where their key is pressed. */
const unlisted: ReadonlySet<KeyAction> = new Set(['palette', 'leave', 'send', 'newLine', 'save', 'done'])

const alsoOf = (name: string): readonly TextKey[] => (name in ru.palette.also ? [`palette.also.${name as keyof typeof ru.palette.also}`] : [])

/** What menus would do, and keys, as those were when the palette was opened: its own keys are none of these. */
export const useCommandEntries = (): readonly Entry[] => {
  const { t } = useTexts()
  const [actions] = useState(() => boundActions().filter((action) => !unlisted.has(action)))
  const commands = useBoundCommands()
  return [
    ...actions.map((action) => ({
      id: action,
      name: t(keyMap[action].text),
      aside: keyLabel(action, isMac),
      words: inBothLanguages(keyMap[action].text, ...alsoOf(action)),
      go: () => void performAction(action),
    })),
    ...commands.map(({ id, name, group, words, go }) => ({ id, name, aside: group, words, go })),
  ]
}

/** The pages of a role, those within them, and what one may add there. */
export const usePlaceEntries = (role: Role): readonly Entry[] => {
  const { t } = useTexts()
  const navigate = useNavigate()
  const entryOf = ({ to, text, also }: Inner, of?: TextKey): Entry => ({
    id: to,
    name: t(text),
    aside: of === undefined ? t('palette.page') : t(of),
    words: inBothLanguages(text, ...(also === undefined ? [] : [also]), ...(of === undefined ? [] : [of])),
    go: () => void navigate(to),
  })
  return [
    ...placesOf(role).flatMap((place) => [entryOf(place), ...place.inside.map((inner) => entryOf(inner, place.text))]),
    ...creatable(role).map((kind) => ({
      id: `create ${kind}`,
      name: `${t('settings.create')}: ${t(`settings.${kind}`)}`,
      aside: t('palette.command'),
      words: inBothLanguages(`settings.${kind}`, 'settings.create', 'palette.also.create'),
      go: () => void navigate(`/settings/${kind}/new`),
    })),
  ]
}

/** Contacts in hand and put off, and templates for the answer that is being written. */
export const useDeskEntries = (): readonly Entry[] => {
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

/** From how many letters on something is looked for elsewhere, and how many of each sort are shown. */
const findFrom = 2
const mostFound = 5

/** What is typed, once the fingers rest; empty while it is too short, or typed on. */
export const useAsked = (typed: string): string => {
  const query = typed.trim()
  const settled = useSettled(query)
  return query.length < findFrom || settled !== query ? '' : query
}

/** Customers by name, number, phone or e-mail; nobody while the answer to what is typed now is on its way. */
export const useFoundCustomers = (asked: string): readonly Entry[] => {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { data, isPlaceholderData } = usePeople(asked)
  if (asked === '' || isPlaceholderData) return []
  const open = (data?.pages[0]?.items ?? []).filter(({ mayOpen }) => mayOpen)
  return open.slice(0, mostFound).map((hit) => ({
    id: hit.id,
    name: customerName(hit, t),
    aside: hit.match.kind !== 'name' && hit.match.shown !== null ? `${t('palette.customer')} · ${hit.match.shown}` : t('palette.customer'),
    go: () => void navigate(`/customers/${hit.id}`),
  }))
}

/** Articles as agents look them up; read beside the conversation that is open, else by themselves. */
export const useFoundArticles = (asked: string, onRead: (id: ArticleId) => void): readonly Entry[] => {
  const { t, language } = useTexts()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const contacts = useContactsInHand()
  const { data, isPlaceholderData } = useArticles(asked, null, language, { enabled: asked !== '' })
  if (asked === '' || isPlaceholderData) return []
  const open = contacts.find(({ id }) => pathname === `/contacts/${id}`)
  return (data?.pages[0]?.items ?? []).slice(0, mostFound).map(({ id, title }) => ({
    id,
    name: title,
    aside: t('palette.article'),
    go: () => (open ? void navigate(`/contacts/${open.id}?knowledge=${id}`, { state: { fromHere: true, depth: 1 } }) : onRead(id)),
  }))
}

/** What an administrator keeps for the desks: articles and templates, where they are written. */
export const useKeptEntries = (): readonly Entry[] => {
  const { t } = useTexts()
  const navigate = useNavigate()
  const kept = { articles: useItems('articles').data ?? [], templates: useItems('templates').data ?? [] }
  const asides = { articles: 'palette.article', templates: 'palette.template' } as const
  return (['templates', 'articles'] as const).flatMap((kind) =>
    kept[kind].filter(({ archivedAt }) => archivedAt === null).map(({ id, name }: { id: ArticleId | TemplateId; name: string }) => ({
      id: id as string,
      name,
      aside: t(asides[kind]),
      go: () => void navigate(`/settings/${kind}/${id}`),
    })))
}
