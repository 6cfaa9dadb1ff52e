import type { WebSocket } from 'ws'
import { expect, it } from 'vitest'
import { Outgoing } from './outgoing.ts'

const open = () => {
  const sent: string[] = []
  const socket = { OPEN: 1, readyState: 1, bufferedAmount: 0, send: (text: string) => void sent.push((JSON.parse(text) as { t: string }).t), close: () => void (socket.readyState = 2), terminate: () => undefined }
  return { sent, out: new Outgoing<{ t: string }>(socket as unknown as WebSocket) }
}

it('puts behind the beginning what is sent before it', () => {
  const { sent, out } = open()
  out.send({ t: 'message' })
  expect(sent).toEqual([])
  out.begin({ t: 'welcome' }, { t: 'state' })
  out.send({ t: 'chat' })
  expect(sent).toEqual(['welcome', 'state', 'message', 'chat'])
})

it('says goodbye also where nothing has begun, and nothing after it', () => {
  const { sent, out } = open()
  out.send({ t: 'bye' })
  out.close()
  out.begin({ t: 'welcome' })
  expect(sent).toEqual(['bye'])
})
