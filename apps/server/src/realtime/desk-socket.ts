/** The agent's socket: docs/realtime.md, "The desk". */
import { DeskSend, type DeskReceive } from '@otklik/contract/realtime'
import type { AgentId, ContactId } from '@otklik/model/ids'
import type { WebSocket } from 'ws'
import { recordAgentReturned } from '../actions/change-presence.ts'
import type { Deps } from '../actions/deps.ts'
import type { Spine } from '../spine/spine.ts'
import type { Reader } from '../store/database.ts'
import { readCursor, writeCursor } from '../store/log.ts'
import { audienceOf } from './audience.ts'
import { readFrames } from './frames.ts'
import type { Hub } from './hub.ts'
import { openLiveLink } from './live-link.ts'
import { Outgoing } from './outgoing.ts'

export interface SocketDeps {
  readonly deps: Deps
  readonly reader: Reader
  readonly hub: Hub
  readonly spine: Pick<Spine, 'cursor' | 'eventsAfter'>
  readonly nodeId: string
  readonly onError: (error: unknown, doing: string) => void
}

export interface DeskSession {
  readonly agentId: AgentId
  /** The session as it stays through its tokens: the hub asks now and then whether it still lets in. */
  readonly chain: string
}

export const serveDeskSocket = (socket: WebSocket, session: DeskSession, own: SocketDeps): void => {
  const { agentId, chain } = session
  const out = new Outgoing<DeskReceive>(socket)
  const now = () => own.deps.now().toISOString()
  let leave: (() => Promise<void>) | undefined

  const hello = async (cursorText: string | undefined) => {
    if (leave) return
    const cursor = cursorText === undefined ? undefined : readCursor(cursorText)
    const closeLiveLink = await openLiveLink(own.reader, own.nodeId, { agentId })
    const remove = own.hub.desks.add({ agentId, chain, out })
    leave = async () => {
      remove()
      await closeLiveLink()
    }
    await recordAgentReturned(own.deps, agentId)
    const held = await own.reader.db.selectFrom('contactRouting').select('contactId').where('agentId', '=', agentId).execute()
    own.hub.desks.seedHolders(agentId, held.map((row) => row.contactId as ContactId))
    const here = own.spine.cursor
    const missed = cursor && own.spine.eventsAfter(cursor)
    out.send({ t: 'welcome', cursor: missed ? (cursorText ?? '') : writeCursor(here), at: now(), resumed: missed !== undefined })
    out.send({ t: 'router', up: own.hub.routerUp })
    if (missed)
      own.hub.follow(
        missed.filter((event) => {
          const audience = audienceOf(event)
          return audience && (audience.agents.includes(agentId) || audience.me.includes(agentId) || audience.catalogue)
        }),
      )
    await own.hub.settleDesk(out)
  }

  readFrames(socket, DeskSend, {
    frame: async (frame) => {
      if (frame.t === 'hello') await hello(frame.cursor)
      else own.hub.typingToVisitor(agentId, frame.contactId as ContactId)
    },
    malformed: () => {
      out.send({ t: 'bye', code: 'badRequest', final: true })
      out.close()
    },
    failed: (error) => {
      own.onError(error, 'serving a desk socket')
      socket.close()
    },
    closed: async () => {
      await leave?.()
    },
  })
}
