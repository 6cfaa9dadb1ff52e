/** The agent's socket: docs/realtime.md, "The desk". */
import { DeskSend, type DeskReceive } from '@otklik/contract/realtime'
import type { AgentId, ContactId } from '@otklik/model/ids'
import type { WebSocket } from 'ws'
import { atMostEvery } from '../access/rate-limit.ts'
import { recordAgentReturned } from '../actions/change-presence.ts'
import type { Deps } from '../actions/deps.ts'
import type { Spine } from '../spine/spine.ts'
import type { Reader } from '../store/database.ts'
import { loadContactViews } from '../store/contact-views.ts'
import { keepSessions } from '../store/credentials.ts'
import { readCursor, writeCursor } from '../store/log.ts'
import { loadAsker } from '../store/reach.ts'
import { authoriseActor } from '../store/scope.ts'
import type { AgentSocket } from './desk-feed.ts'
import { readFrames, typingMs } from './frames.ts'
import type { Hub } from './hub.ts'
import type { LiveLinks } from './live-links.ts'
import { Outgoing } from './outgoing.ts'

export interface SocketDeps {
  readonly deps: Deps
  readonly reader: Reader
  readonly hub: Hub
  readonly spine: Pick<Spine, 'cursor' | 'eventsAfter'>
  readonly links: LiveLinks
  readonly onError: (error: unknown, doing: string) => void
}

export interface DeskSession {
  readonly agentId: AgentId
  readonly role: 'agent' | 'supervisor'
  readonly name: string
  /** The session as it stays through its tokens: the hub asks now and then whether it still lets in. */
  readonly chain: string
}

const helloMs = 5000
const mostReplayed = 5000

export const serveDeskSocket = (socket: WebSocket, session: DeskSession, own: SocketDeps): void => {
  const { agentId, role, chain, name } = session
  const out = new Outgoing<DeskReceive>(socket)
  const now = () => own.deps.now().toISOString()
  const agentSocket: AgentSocket = { agentId, chain, out }
  let leave: (() => Promise<void>) | undefined

  const dismiss = (code: Extract<DeskReceive, { t: 'bye' }>['code'], final: boolean) => {
    out.send({ t: 'bye', code, final })
    out.close()
  }
  const tooLate = setTimeout(() => dismiss('badRequest', false), helloMs)

  const typing = atMostEvery(typingMs)
  const hello = async (cursorText: string | undefined) => {
    if (leave) return
    clearTimeout(tooLate)
    const cursor = cursorText === undefined ? undefined : readCursor(cursorText)
    const closeLiveLink = await own.links.open({ agentId })
    const remove = own.hub.desks.add(agentSocket)
    leave = async () => {
      remove()
      own.hub.floor.unwatch(agentSocket)
      await closeLiveLink()
    }
    // Looked at once the hub knows the socket: a session that ends from now on is heard of there.
    if (!(await keepSessions(own.reader, [chain], own.deps.now())).has(chain)) return dismiss('notSignedIn', true)
    await recordAgentReturned(own.deps, agentId)
    const rows = await own.reader.db.selectFrom('contactRouting').select('contactId').where('agentId', '=', agentId).execute()
    const held = new Set(rows.map((row) => row.contactId as ContactId))
    own.hub.desks.seedHolders(agentId, held)
    const here = own.spine.cursor
    // Too much to bring is fetched anew: faster, and no desk chokes on its own past.
    const past = cursor && own.spine.eventsAfter(cursor)
    const missed = past && past.length <= mostReplayed ? past : undefined
    out.begin(
      { t: 'welcome', cursor: missed ? (cursorText ?? '') : writeCursor(here), at: now(), resumed: missed !== undefined },
      { t: 'router', up: own.hub.routerUp },
    )
    if (missed) own.hub.replay(missed, agentId, held, out)
    await own.hub.settleDesk(out)
  }

  /** Reading along needs the right to read; what one may not see is watched in vain, without a word about it. */
  const watch = async (contactId: ContactId | null) => {
    if (!leave) return
    const mayRead = contactId === null ? [] : await loadContactViews(own.reader, authoriseActor(await loadAsker(own.reader, agentId)), [contactId])
    own.hub.desks.watch(agentSocket, mayRead.length > 0 ? contactId : null, name)
  }

  /** Others than supervisors ask in vain, without a word about it. */
  const showFloor = (on: boolean) => {
    if (!leave || role !== 'supervisor') return
    if (on) own.hub.floor.watch(agentSocket)
    else own.hub.floor.unwatch(agentSocket)
  }

  readFrames(socket, DeskSend, {
    frame: async (frame) => {
      if (out.closed) return
      if (frame.t === 'hello') await hello(frame.cursor)
      else if (frame.t === 'watch') await watch(frame.contactId)
      else if (frame.t === 'floor') showFloor(frame.on)
      else if (typing()) own.hub.typingToVisitor(agentId, frame.contactId as ContactId)
    },
    malformed: () => dismiss('badRequest', true),
    failed: (error) => {
      own.onError(error, 'serving a desk socket')
      out.close()
    },
    closed: async () => {
      clearTimeout(tooLate)
      await leave?.()
    },
  })
}
