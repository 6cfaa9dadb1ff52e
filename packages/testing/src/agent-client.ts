/** An agent's desk without its screen: typed HTTP and the desk's socket. */
import { createApi, type Api } from '@otklik/client/http'
import { createResumableSocket, type SocketLike } from '@otklik/client/resumable-socket'
import type { FloorAgent, FloorNews, FloorQueue } from '@otklik/contract/floor'
import type { DeskReceive, DeskSend } from '@otklik/contract/realtime'
import { routes } from '@otklik/contract/routes'
import type { ContactView, MessageView, MeView } from '@otklik/contract/views'
import { WebSocket } from 'ws'
import { Awaited } from './awaited.ts'

export interface AgentOptions {
  readonly url: string
  readonly origin: string
  readonly email: string
  readonly password: string
}

export const createAgentClient = async ({ url, origin, email, password }: AgentOptions) => {
  let cookie = ''
  const remember: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    const set = response.headers.getSetCookie()[0]
    if (set) cookie = set.split(';')[0] ?? ''
    return response
  }
  const api: Api = createApi({ baseUrl: url, fetch: remember, headers: () => ({ Origin: origin, ...(cookie ? { Cookie: cookie } : {}) }) })
  const session = await api.call(routes.signIn, { body: { email, password } })

  const awaited = new Awaited()
  const state = {
    me: null as MeView | null,
    contacts: new Map<string, ContactView>(),
    /** Versions at which contacts left the agent's hands. */
    gone: new Map<string, number>(),
    messages: new Map<string, MessageView>(),
    typing: [] as string[],
    /** Who reads along with one's contacts, by contact. */
    watchers: new Map<string, readonly string[]>(),
    /** What was told of the contact that one reads along with. */
    watched: [] as { readonly contactId: string; readonly typing: boolean }[],
    routerUp: false,
    welcomes: [] as boolean[],
    offersSeenAt: new Map<string, number>(),
    catalogues: 0,
    bye: null as string | null,
    /** The floor as it was told, put together. */
    floor: { at: null as string | null, queues: new Map<string, FloorQueue>(), agents: new Map<string, FloorAgent>() },
  }
  const takeContact = (contact: ContactView) => {
    const known = Math.max(state.contacts.get(contact.id)?.version ?? 0, state.gone.get(contact.id) ?? 0)
    if (contact.version < known) return
    if (contact.offer && !state.offersSeenAt.has(contact.offer.id)) state.offersSeenAt.set(contact.offer.id, performance.now())
    if (contact.state === 'closed') state.contacts.delete(contact.id)
    else state.contacts.set(contact.id, contact)
  }
  const takeFloor = (news: FloorNews) => {
    if (news.kind === 'all') {
      state.floor.queues.clear()
      state.floor.agents.clear()
    }
    const { queues, agents, at } = news.kind === 'all' ? news.floor : news
    for (const queue of queues) state.floor.queues.set(queue.id, queue)
    for (const agent of agents) state.floor.agents.set(agent.id, agent)
    state.floor.at = at
  }
  /** Told by the socket since the desk was last asked for: newer than its answer. */
  const heard = new Set<string>()
  /** Answered here, though the socket may not have told it yet. */
  const answered = new Set<string>()
  let raw: WebSocket | undefined
  const socket = createResumableSocket<DeskSend, DeskReceive>({
    open: () => (raw = new WebSocket(`${url.replace(/^http/, 'ws')}/api/v1/desk/socket`, { origin, headers: { Cookie: cookie } })) as unknown as SocketLike,
    hello: (cursor) => ({ t: 'hello', protocol: 1, ...(cursor === undefined ? {} : { cursor }) }),
    onFrame: (frame) => {
      if (frame.t === 'welcome') {
        state.welcomes.push(frame.resumed)
        state.watchers.clear() // whoever reads along now is told next
        if (!frame.resumed) void refetchUntilThere()
      }
      if (frame.t === 'me' && frame.me.version >= (state.me?.version ?? 0)) state.me = frame.me
      if (frame.t === 'contact') {
        heard.add(frame.contact.id)
        takeContact(frame.contact)
      }
      if (frame.t === 'contactGone') {
        const known = state.contacts.get(frame.contactId)
        if (!known || known.version <= frame.version) {
          state.contacts.delete(frame.contactId)
          state.gone.set(frame.contactId, frame.version)
        }
      }
      if (frame.t === 'message') state.messages.set(frame.message.id, frame.message)
      if (frame.t === 'typing') state.typing.push(frame.contactId)
      if (frame.t === 'watchers') state.watchers.set(frame.contactId, frame.names)
      if (frame.t === 'watched') state.watched.push(frame)
      if (frame.t === 'router') state.routerUp = frame.up
      if (frame.t === 'catalogue') state.catalogues++
      if (frame.t === 'floor') takeFloor(frame.news)
      if (frame.t === 'bye') state.bye = frame.code
      awaited.changed()
    },
    onState: () => awaited.changed(),
  })
  const refetch = async () => {
    heard.clear()
    const desk = await api.call(routes.desk, {})
    if (desk.me.version >= (state.me?.version ?? 0)) state.me = desk.me
    state.routerUp = desk.routerUp
    const held = new Set(desk.contacts.map((contact) => contact.id as string))
    for (const id of state.contacts.keys()) if (!held.has(id) && !heard.has(id)) state.contacts.delete(id)
    for (const contact of desk.contacts) takeContact(contact)
    socket.rebase(desk.cursor)
    awaited.changed()
    return desk
  }
  /** The server may go down again between the socket's welcome and the fetch. */
  const refetchUntilThere = async (): Promise<void> => {
    while (socket.state !== 'stopped') {
      try {
        await refetch()
        return
      } catch (error) {
        if (!(error instanceof Error) || (error.name !== 'ApiRefusal' && error.name !== 'ApiUnreachable')) throw error
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
  }
  if (session.agent.role !== 'administrator') {
    const desk = await refetch()
    socket.start(desk.cursor)
    await awaited.until('a welcome', () => state.welcomes.length > 0)
  }
  return {
    api,
    id: session.agent.id,
    state,
    until: awaited.until.bind(awaited),
    within: awaited.within.bind(awaited),
    available: () => api.call(routes.changePresence, { body: { state: 'available' } }),
    /** Waits for an offer and answers it. */
    nextOffer: (limitMs?: number) =>
      awaited.until(
        'an offer',
        () => [...state.contacts.values()].find(({ state: is, offer }) => is === 'offered' && offer !== null && !answered.has(offer.id)),
        limitMs,
      ),
    accept: (contact: ContactView) => {
      answered.add(contact.offer?.id ?? '')
      return api.call(routes.acceptOffer, { params: { id: contact.id }, body: { offerId: contact.offer?.id ?? '' } })
    },
    decline: (contact: ContactView) => {
      answered.add(contact.offer?.id ?? '')
      return api.call(routes.declineOffer, { params: { id: contact.id }, body: { offerId: contact.offer?.id ?? '' } })
    },
    say: (contact: { id: string }, text: string, visibility: 'public' | 'note' = 'public', id: string = crypto.randomUUID()) =>
      api.call(routes.sendMessage, { params: { id: contact.id }, body: { id, text, visibility } }),
    /** A request with the session, below `/api/v1`. */
    fetch: (path: string, init: RequestInit = {}) =>
      remember(`${url}/api/v1${path}`, { ...init, headers: { Origin: origin, Cookie: cookie, 'X-Otklik': '1', ...(init.headers as Record<string, string>) } }),
    frame: (frame: DeskSend) => socket.send(frame),
    cut: () => raw?.terminate(),
    close: () => socket.stop(),
  }
}

export type AgentClient = Resolved<ReturnType<typeof createAgentClient>>
type Resolved<Value> = Value extends Promise<infer Inner> ? Inner : Value
