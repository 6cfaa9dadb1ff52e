/** Reading along with a colleague's contact: who is told of whom, and of what. */
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import { afterEach, beforeEach, expect, it } from 'vitest'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeEach(async () => {
  database = await openTestDatabase()
  running = await runOtklik(database.url)
})
afterEach(async () => {
  await running.close()
  await database.close()
})

it('tells the agent who reads along, and those what happens', async () => {
  const { anna, visitor, contact } = await running.talk()
  const supervisor = await running.agent('agent3@sample.example')
  supervisor.frame({ t: 'watch', contactId: contact.id })
  await anna.until('a name', () => anna.state.watchers.get(contact.id)?.length === 1)
  const name = supervisor.state.me?.name
  expect(anna.state.watchers.get(contact.id)).toEqual([name])

  supervisor.state.watched.length = 0
  await visitor.send('Вы тут?')
  await supervisor.until('news', () => supervisor.state.watched.some(({ contactId, typing }) => contactId === contact.id && !typing))
  anna.frame({ t: 'typing', contactId: contact.id })
  await supervisor.until('typing', () => supervisor.state.watched.some(({ typing }) => typing))
  expect(supervisor.state.contacts.size, 'nothing came into the hands of who only reads').toBe(0)

  anna.cut()
  await anna.until('the connection', () => anna.state.welcomes.length > 1) // with which a desk forgets who reads along
  await anna.until('the name again', () => anna.state.watchers.get(contact.id)?.[0] === name)
  supervisor.frame({ t: 'watch', contactId: null })
  await anna.until('nobody', () => anna.state.watchers.get(contact.id)?.length === 0)
  supervisor.frame({ t: 'watch', contactId: contact.id })
  await anna.until('the name', () => anna.state.watchers.get(contact.id)?.[0] === name)
  supervisor.close()
  await anna.until('nobody left', () => anna.state.watchers.get(contact.id)?.length === 0)
})

it('lets nobody follow what they may not read', async () => {
  const { anna, visitor, contact } = await running.talk()
  const other = await running.agent('agent2@sample.example')
  other.frame({ t: 'watch', contactId: contact.id })
  const supervisor = await running.agent('agent3@sample.example')
  supervisor.frame({ t: 'watch', contactId: contact.id })
  await anna.until('a name', () => anna.state.watchers.has(contact.id))
  await visitor.send('Вы тут?')
  await supervisor.until('news', () => supervisor.state.watched.length > 0)
  expect(anna.state.watchers.get(contact.id)).toEqual([supervisor.state.me?.name])
  expect(other.state.watched).toEqual([])
})
