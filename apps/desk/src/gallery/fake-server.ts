/** A server of made-up answers behind the real client, so that the gallery shows the real screens. */
import { createApi, type Api } from '@otklik/client/http'
import type { SocketLike } from '@otklik/client/resumable-socket'
import type { Language } from '@otklik/contract/fields'
import type { DeskReceive, DeskSend } from '@otklik/contract/realtime'
import type { MessageView, SessionView } from '@otklik/contract/views'
import { agentId, builtNow, contactId } from '../desk/desk-builders.ts'
import {
  galleryCatalogue,
  galleryCustomer,
  galleryDesk,
  galleryFollowUps,
  galleryMessages,
  galleryRaised,
  gallerySession,
  galleryStory,
  galleryTemplates,
  galleryTimeline,
  galleryWaiting,
  type Scene,
} from './fixtures.ts'
import { fileLink, withFiles } from './attachment-fixtures.ts'
import { galleryAlerts, galleryFloor, galleryWaitingSlots } from './floor-fixtures.ts'
import { galleryHits, galleryMerge, galleryWordHits } from './customer-fixtures.ts'
import { galleryArticle, galleryArticleHits, galleryArticles } from './knowledge-fixtures.ts'
import { galleryFigureContacts, galleryFigures, galleryFigureSubjects, galleryRatings } from './report-fixtures.ts'
import { galleryRouting, gallerySettings } from './settings-fixtures.ts'

export interface FakeWorld {
  readonly language: Language
  readonly scene: Scene
  /** Null: nobody is signed in. */
  readonly role: SessionView['agent']['role'] | null
  readonly files: boolean
}

type Answer = { readonly status: number; readonly body?: unknown }
const ok = (body: unknown): Answer => ({ status: 200, body })
const refuse = (
  status: number,
  code: string,
  more: object = {},
): Answer => ({ status, body: { type: 'about:blank', title: code, status, code, ...more } })
/** The last digits of a made-up id. */
const numberOf = (path: string) => Number(/-(\d{12})/.exec(path)?.[1] ?? 0)

const answer = ({ language, scene, role, files }: FakeWorld, method: string, path: string): Answer => {
  const [, first = '', second = '', third = ''] = path.split('?')[0]?.split('/') ?? []
  const settings: Record<string, unknown[]> = { ...gallerySettings(language), articles: galleryArticles(language) }
  const inScene = (messages: MessageView[]) => (files ? withFiles(messages, language) : messages)
  if (path === '/session') return role === null ? refuse(401, 'notSignedIn') : ok(gallerySession(language, role))
  if (path === '/session/language') return ok(gallerySession(language, role ?? 'agent'))
  if (path === '/setup') return method === 'GET' ? ok({
    done: role !== null || scene !== 'empty',
    companyName: gallerySession(language, 'agent').company.name,
  }) : refuse(422, 'validationFailed', {
    errors: [{ path: 'administrator.email', code: 'invalid_format', message: 'Invalid email address' }],
  })
  if (path === '/invitations/look') return ok({
    name: gallerySession(language, 'agent').agent.name,
    email: 'anna@example.ru',
    language,
    purpose: 'invite',
  })
  if (path === '/company') return ok({ ...gallerySession(language, 'agent').company, retentionDays: null, version: 2 })
  if (path === '/desk') return ok(galleryDesk(language, scene))
  if (path === '/desk/catalogue') return ok(galleryCatalogue(language))
  const isQuiet = scene === 'empty' || scene === 'missed'
  if (path === '/desk/templates') return ok({ items: galleryTemplates(language) })
  if (first === 'desk' && second === 'articles') {
    const typed = new URLSearchParams(path.split('?')[1]).get('q') ?? ''
    if (typed === 'сбой') return refuse(503, 'unavailable')
    const article = third === '' ? undefined : galleryArticle(language, third)
    if (third !== '') return article ? ok(article) : refuse(404, 'notFound')
    return ok({ items: typed === 'ничего' || scene === 'wrapUp' ? [] : galleryArticleHits(language, typed), next: typed === '' ? 'next' : null })
  }
  if (path === '/desk/waiting') return ok(isQuiet ? { items: [], more: false } : galleryWaiting(language))
  if (path === '/desk/raised') return ok({ items: isQuiet ? [] : galleryRaised(language) })
  if (path === '/desk/follow-ups') return ok({ items: isQuiet ? [] : galleryFollowUps(language) })
  if (path === '/floor/alerts' && method === 'GET') return ok({ items: galleryAlerts() })
  if (first === 'floor' && second === 'queues') return ok(scene === 'wrapUp' ? { items: [], more: false } : galleryWaitingSlots())
  if (first === 'contacts' && third === 'story') return ok({ items: galleryStory(language), seenBy: [{ agent: galleryCatalogue(language).colleagues[0]?.name ?? '', firstAt: new Date(builtNow - 3_600_000).toISOString(), lastAt: new Date(builtNow - 1_800_000).toISOString() }] })
  if (first === 'contacts' && third === 'messages' && method === 'GET') return ok({
    items: inScene(galleryMessages(language, numberOf(path)).slice(0, scene === 'wrapUp' || numberOf(path) > 9 ? 7 : 5)),
    more: false,
  })
  if (first === 'files' && third === 'link') return ok(fileLink)
  if (first === 'contacts' && third === '' && method === 'GET' && second === contactId(1) && role === 'supervisor') return ok({ ...galleryDesk(language, 'desk').contacts[0], agentId: agentId(1) })
  if (first === 'contacts' && third === '' && method === 'GET') return ok({
    ...galleryDesk(language, 'wrapUp').contacts[0],
    id: second,
    state: 'closed',
    closedAt: new Date(builtNow).toISOString(),
    disposition: { id: 'x', name: galleryCatalogue(language).dispositions[0]?.name },
  })
  if (path === '/customers/find' || path === '/customers/find/words') {
    if (scene === 'missed') return refuse(503, 'unavailable')
    if (scene === 'empty') return ok({ items: [], next: null })
    return ok(third === 'words' ? galleryWordHits(language) : galleryHits(language))
  }
  if (first === 'customers' && third === 'merge') return ok(galleryMerge(language, galleryCustomer(language, 1).identities))
  if (first === 'customers' && numberOf(path) === 9 && path.split('/').length === 3) return refuse(404, 'notFound')
  if (path === '/desk/drafts') return ok({ items: [] })
  if (first === 'figures') {
    const query = new URLSearchParams(path.split('?')[1])
    if (second === 'subjects') return ok(galleryFigureSubjects(language))
    if (scene === 'missed') return refuse(503, 'unavailable')
    if (second === 'contacts') return ok(galleryFigureContacts(language))
    if (second === 'ratings') return ok(galleryRatings(language, role === 'supervisor'))
    return ok(scene === 'empty' ? { rows: [], countedTo: new Date(builtNow).toISOString() } : galleryFigures(language, query))
  }
  if (first === 'customers' && third === '' && role === 'administrator') return ok({ ...galleryCustomer(language, numberOf(path)), isFull: false, attributes: [], notes: [] })
  if (first === 'customers' && third === 'contacts') return ok({
    items: galleryTimeline(language, numberOf(path)),
    next: path.includes('cursor=') ? null : 'next',
  })
  if (first === 'customers' && method === 'GET') return ok(galleryCustomer(language, numberOf(path)))
  if (first in settings && second === '' && method === 'GET') return ok({ items: settings[first] })
  if (first === 'queues' && third === 'routing' && method === 'GET') return ok(galleryRouting(second))
  if (third === 'uses') return ok({ uses: { agents: 14, queues: 2 }, replacementNeeded: true })
  if (third === 'invite') return ok({
    link: 'https://support.example.ru/invite#token=9kqgGf0XrWc2oB7sQd5vN1yJtLmZpAxE',
    expiresAt: new Date(builtNow + 72 * 3600_000).toISOString(),
    purpose: 'invite',
  })
  if (method === 'PUT') return refuse(422, 'validationFailed', {
    errors: [{
      path: 'name',
      code: 'too_small',
      message: 'Too small: expected string to have >=1 characters',
    }, { path: 'email', code: 'invalid_format', message: 'Invalid email address' }],
  })
  return { status: 204 }
}

export const fakeApi = (world: FakeWorld): Api =>
  createApi({
    baseUrl: '',
    fetch: async (input, init) => {
      const given = answer(world, init?.method ?? 'GET', String(input).replace('/api/v1', ''))
      return new Response(given.body === undefined ? null : JSON.stringify(given.body), { status: given.status })
    },
  })

/** A socket that welcomes and then says what the scene needs. `offline`: it never opens. */
export const fakeSocket = ({ offline, language, scene }: { offline: boolean; language: Language; scene: Scene }) => (): SocketLike => {
  const socket: SocketLike = {
    readyState: 1,
    send: (frame) => {
      const said = JSON.parse(String(frame)) as DeskSend
      if (said.t !== 'floor' || !said.on) return
      const news: DeskReceive = { t: 'floor', news: { kind: 'all', floor: galleryFloor(language, scene) } }
      socket.onmessage?.({ data: JSON.stringify(news) } as never)
    },
    close: () => undefined,
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
  }
  setTimeout(() => {
    if (offline) return socket.onclose?.({} as never)
    const welcome: DeskReceive = { t: 'welcome', cursor: 'c1', at: new Date(builtNow).toISOString(), resumed: true }
    socket.onmessage?.({ data: JSON.stringify(welcome) } as never)
  }, 0)
  return socket
}
