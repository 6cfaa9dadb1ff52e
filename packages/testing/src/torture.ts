/**
 * Customers write and agents work while server, PostgreSQL or both are killed with -9. Afterwards, seen from outside:
 * every acknowledged message is there once and in order, no contact was with two agents, no limit was exceeded, nothing
 * waits for ever, and the log replays to the stored state.
 */
import { ApiRefusal, ApiUnreachable } from '@otklik/client/http'
import { routes } from '@otklik/contract/routes'
import type pg from 'pg'
import { createAgentClient, type AgentClient } from './agent-client.ts'
import { freePort, startServer, type ChildServer } from './child-server.ts'
import { makeSampleCentre, postmasterPid, withDatabase } from './sample-centre.ts'
import { verifyReplay } from './verify.ts'
import { createVisitorClient, type VisitorClient } from './visitor-client.ts'

export interface TortureOptions {
  readonly dataFolder: string
  readonly kills: number
  readonly seed: number
  readonly visitors?: number
  /** Load between two kills, milliseconds. */
  readonly betweenMs?: number
  readonly log: (line: string) => void
}

export interface TortureResult {
  readonly acknowledged: number
  readonly contacts: number
  readonly faults: readonly string[]
}

const password = 'a calm sea and a prosperous voyage'
const env = {
  OTKLIK_NEW_VISITORS_PER_MINUTE: '0',
  OTKLIK_MESSAGES_PER_MINUTE: '0',
  OTKLIK_SIGN_INS_PER_MINUTE: '0',
}
const emails = [1, 2, 3, 4].map((n) => `agent${n}@sample.example`)

const createRandom = (seed: number) => {
  let state = (seed % 2_147_483_646) + 1
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export const torture = async ({ dataFolder, kills, seed, visitors: count = 12, betweenMs = 2500, log }: TortureOptions): Promise<TortureResult> => {
  const random = createRandom(seed)
  await makeSampleCentre(dataFolder)
  const channelId = await withDatabase(dataFolder, undefined, async (pool) => (await pool.query<{ id: string }>('select id from channel_account')).rows[0]?.id ?? '')
  const port = await freePort()
  const start = () => startServer(port, { OTKLIK_DATA: dataFolder, ...env })
  let server: ChildServer = start()
  await server.ready()
  const { url } = server
  const origin = `http://localhost:${port}`

  let running = true
  let finished = false
  const faults: string[] = []
  /** What customers were told is durable, in the order in which each wrote. */
  const acknowledged: { visitor: number; text: string; id: string }[] = []
  const visitors = await Promise.all(Array.from({ length: count }, () => createVisitorClient({ url, origin, channelId })))
  const agents = await Promise.all(emails.map((email) => createAgentClient({ url, origin, email, password })))

  const write = async (visitor: VisitorClient, index: number) => {
    for (let n = 0; running; n++) {
      await pause(50 + random() * 500)
      const text = `${index}/${n}`
      // Kept by the client until the server has it: a kill only makes the answer late.
      const answer = await visitor.send(text, undefined, 120_000)
      acknowledged.push({ visitor: index, text, id: answer.id })
      const { chat } = visitor.state
      if (random() < 0.04 && chat && chat.state !== 'ended') visitor.frame({ t: 'end', contactId: chat.contactId })
    }
  }
  const work = async (agent: AgentClient) => {
    const { dispositions } = await retried(() => agent.api.call(routes.catalogue, {}))
    while (!finished) {
      await pause(30 + random() * 120)
      try {
        if (agent.state.me?.presence.state !== 'available') {
          await agent.available()
          continue
        }
        const contacts = [...agent.state.contacts.values()]
        const offered = contacts.find((contact) => contact.state === 'offered')
        if (offered) {
          if (running && random() < 0.1) await agent.decline(offered)
          else await agent.accept(offered)
          continue
        }
        const contact = contacts[Math.floor(random() * contacts.length)]
        if (!contact) continue
        if (contact.state === 'active' && running && random() < 0.6) await agent.say(contact, 'ответ')
        else if (running && random() < 0.15 && contact.state === 'active')
          await agent.api.call(routes.transferContact, { params: { id: contact.id }, body: { to: { kind: 'queue', queueId: contact.queue.id }, note: '' } })
        else if (!running || random() < 0.3)
          await agent.api.call(routes.finishContact, { params: { id: contact.id }, body: { dispositionId: dispositions[0]?.id ?? '', resolved: true, note: '' } })
      } catch (error) {
        // Killed under us, or somebody was faster: both are what this is about.
        if (error instanceof ApiRefusal && error.problem.code === 'internal') faults.push(`the server failed: ${server.output().split('\n').find((line) => line.includes(`"${error.problem.requestId}"`)) ?? ''}`)
        else if (!(error instanceof ApiRefusal) && !(error instanceof ApiUnreachable)) throw error
      }
    }
  }
  const writing = visitors.map(write)
  const working = agents.map(work)

  for (let kill = 1; kill <= kills; kill++) {
    await pause(betweenMs * (0.6 + random() * 0.8))
    const what = random() < 0.4 ? 'server' : random() < 0.5 ? 'PostgreSQL' : 'both'
    log(`kill ${kill} of ${kills}: ${what}, ${acknowledged.length} messages acknowledged`)
    if (what !== 'server') process.kill(postmasterPid(dataFolder), 'SIGKILL')
    if (what !== 'PostgreSQL') {
      server.kill('SIGKILL')
      await server.exited()
      server = start()
    }
    await server.ready()
  }
  await pause(betweenMs)
  running = false
  log('calm: what is left must come to its end')
  await withLimit(Promise.all(writing), 120_000, 'customers to be answered that their messages are durable')
  await withLimit(emptied(agents, visitors), 180_000, 'every contact to be handed out and finished').catch((error: Error) => faults.push(error.message))
  finished = true
  await withLimit(Promise.all(working), 60_000, 'agents to have empty hands').catch((error: Error) => faults.push(error.message))
  for (const agent of agents) faults.push(...(await compareDesk(agent)))
  for (const agent of agents) agent.close()
  for (const visitor of visitors) visitor.close()
  server.kill('SIGTERM')
  await server.exited()
  const contacts = await withDatabase(dataFolder, undefined, async (pool) => {
    faults.push(...(await verifyMessages(pool, acknowledged)), ...(await verifyReplay(pool)))
    const open = await pool.query<{ n: number }>('select count(*)::int as n from contact_routing')
    if (open.rows[0]?.n) faults.push(`${open.rows[0].n} contacts wait for ever`)
    return (await pool.query<{ n: number }>('select count(*)::int as n from contact')).rows[0]?.n ?? 0
  })
  return { acknowledged: acknowledged.length, contacts, faults }
}

const retried = async <Value>(work: () => Promise<Value>): Promise<Value> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === 20) throw error
      await pause(500)
    }
  }
}

const withLimit = <Value>(work: Promise<Value>, limitMs: number, what: string): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), limitMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** Until every customer's chat has ended and no agent holds anything. */
const emptied = async (agents: readonly AgentClient[], visitors: readonly VisitorClient[]): Promise<void> => {
  // For two seconds on end: between two hands a contact is for a moment in nobody's.
  for (let calm = 0; calm < 10; calm++) {
    await pause(200)
    const busy = agents.some((agent) => agent.state.contacts.size > 0) || visitors.some((visitor) => visitor.state.chat !== null && visitor.state.chat.state !== 'ended')
    if (busy) calm = 0
  }
}

/** What a desk shows after all that must be what the server says anew. */
const compareDesk = async (agent: AgentClient): Promise<string[]> => {
  const fresh = await agent.api.call(routes.desk, {})
  const line = (contacts: Iterable<{ id: string; version: number; state: string }>) =>
    [...contacts].map((contact) => `${contact.id} ${contact.state} ${contact.version}`).sort().join(', ')
  const [shown, stored] = [line(agent.state.contacts.values()), line(fresh.contacts)]
  return shown === stored ? [] : [`the desk of ${fresh.me.name} shows [${shown}], the server says [${stored}], welcomes ${agent.state.welcomes.join(' ')}`]
}

const verifyMessages = async (pool: pg.Pool, acknowledged: readonly { visitor: number; text: string; id: string }[]): Promise<string[]> => {
  const { rows } = await pool.query<{ id: string; text: string }>(
    `select m.id, m.parts -> 0 ->> 'text' as text from message m join contact c on c.id = m.contact_id
     where m.author = 'customer' order by c.arrived_at, c.id, m.number`,
  )
  const faults: string[] = []
  const places = new Map(rows.map((row, place) => [row.id, place]))
  const byVisitor = new Map<number, number>()
  for (const message of acknowledged) {
    const place = places.get(message.id)
    if (place === undefined) {
      faults.push(`message ${message.text} was acknowledged and is gone`)
      continue
    }
    if (rows[place]?.text !== message.text) faults.push(`message ${message.text} is stored as ${rows[place]?.text}`)
    if (place < (byVisitor.get(message.visitor) ?? -1)) faults.push(`message ${message.text} stands before an earlier one`)
    byVisitor.set(message.visitor, place)
  }
  const texts = rows.map((row) => row.text)
  if (new Set(texts).size !== texts.length) faults.push(`${texts.length - new Set(texts).size} messages are stored twice`)
  return faults
}
