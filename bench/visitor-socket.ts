/** A visitor reduced to its socket: hello, send, and how long an answer took. */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { WebSocket } from 'ws'

export interface Visit {
  /** Sends a message and answers the milliseconds until it was durable, with its contact. */
  say(text: string): Promise<{ ms: number; contactId: string }>
  close(): void
}

export const visit = async (url: string, origin: string, token: string): Promise<Visit> => {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/api/v1/web-chat/socket`, { origin, perMessageDeflate: false })
  await once(socket, 'open')
  const waiting = new Map<string, (contactId: string) => void>()
  const greeted = new Promise<void>((resolve, reject) => {
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as { t: string; id?: string; contactId?: string; code?: string }
      if (frame.t === 'welcome') resolve()
      if (frame.t === 'bye') reject(new Error(`the server said ${frame.code}`))
      if (frame.t === 'refused') throw new Error(`refused: ${frame.code}`)
      if (frame.t === 'accepted' && frame.id) waiting.get(frame.id)?.(frame.contactId ?? '')
    })
  })
  socket.send(JSON.stringify({ t: 'hello', protocol: 1, token }))
  await greeted
  return {
    say(text) {
      const id = randomUUID()
      const began = performance.now()
      return new Promise((resolve) => {
        waiting.set(id, (contactId) => {
          waiting.delete(id)
          resolve({ ms: performance.now() - began, contactId })
        })
        socket.send(JSON.stringify({ t: 'send', id, text }))
      })
    },
    close: () => socket.terminate(),
  }
}

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}
