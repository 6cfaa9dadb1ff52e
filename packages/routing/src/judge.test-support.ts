/** Judges what an engine decided and believes against the oracle; every complaint carries the name of its property. */
import { chat, mail, voice } from './eligibility.ts'
import { positions, type Routing, snapshot } from './engine.ts'
import type { Decision } from './decision.ts'
import { lowestBit } from './eligibility.ts'
import { hold, type Oracle } from './oracle.test-support.ts'
import type { AgentId } from '@otklik/model/ids'

/** Is the decision the one that brute force finds, in the oracle's present state? Then the oracle takes it over. */
export const judgeOffer = (
  oracle: Oracle,
  decision: Extract<Decision, { kind: 'offer' }>,
  later: ReadonlySet<AgentId>,
  exact: boolean,
): void => {
  const contact = oracle.contacts.get(decision.contactId)!
  const agent = oracle.agents.get(decision.agentId)!
  const { trace } = decision
  const said = (): string => `${decision.contactId} to ${decision.agentId}, ${JSON.stringify(trace)}`
  hold('one place each', contact?.place === 'queued' && !contact.reloading, said)
  hold('capacity and exclusivity', oracle.isFree(agent, contact.channel), said)
  if (trace.rule !== 'sticky' && oracle.isExcluded(contact, agent.agentId)) {
    hold('the refuser is not asked next', !oracle.exclusionsHold(contact), said)
  }
  if (exact) {
    hold('ring = what age demands', trace.rule === 'sticky' || trace.ring === oracle.ringInForce(contact), said)
    hold('eligible', oracle.mayServe(contact, agent), said)
    const ring = oracle.ringInForce(contact)
    if (trace.rule === 'arrival') {
      const [best, second] = oracle.candidates(contact, later)
      hold('best by the policy', best === agent, () => `${best?.agentId} is better: ${said()}`)
      hold('trace', (second?.agentId ?? null) === (trace.runnerUpAgent?.agentId ?? null), said)
    } else {
      const work = oracle.workFor(agent)
      const equal = oracle.waiting().filter((other) => oracle.areEqual(contact, other))
      const first = equal.toSorted((a, b) => a.arrivedAt - b.arrivedAt || a.seq - b.seq)[0]
      hold('equal contacts leave in arrival order', equal.length === 0 || first === contact, said)
      hold(
        'a freed agent takes the most urgent',
        work === contact,
        () => `${work?.contactId} is more urgent: ${said()}`,
      )
    }
    if (trace.rule !== 'sticky') hold('trace', trace.fit === oracle.fit(contact, agent, ring), said)
    const kept = trace.rule === 'sticky' ? null : contact.reservedFor
    if (kept && kept.until > oracle.now) hold('trace', trace.reservedFor === kept.agentId && trace.reservationEnd !== 'timeOver', said)
    hold('trace', trace.urgency === oracle.urgency(contact) && trace.load === oracle.load(agent, contact.channel), said)
  }
  contact.place = 'claimed'
  contact.agentId = agent.agentId
}

/** Nobody waits while somebody could serve: for each waiting contact no agent is left. */
export const judgeRest = (oracle: Oracle): void => {
  for (const contact of oracle.waiting()) {
    const [idle] = oracle.candidates(contact, new Set())
    hold(
      'nobody waits while an eligible agent is free',
      idle === undefined,
      () => `${contact.contactId}, ${idle?.agentId}`,
    )
  }
  for (const contact of oracle.contacts.values()) {
    if (contact.place !== 'offered' || contact.expired) continue
    hold('every offer ends', contact.expiresAt! > oracle.now, () => `${contact.contactId} at ${contact.expiresAt}`)
  }
}

/** The engine believes exactly what the oracle knows. */
export const judgeBeliefs = (oracle: Oracle, routing: Routing): void => {
  const { contacts, agents } = snapshot(routing)
  const ids = (rows: readonly { contactId: string }[]): string => rows.map(({ contactId }) => contactId).sort().join()
  hold(
    'one place each',
    ids(contacts) === ids([...oracle.contacts.values()]),
    () => `${ids(contacts)} for ${ids([...oracle.contacts.values()])}`,
  )
  for (const row of contacts) {
    const truth = oracle.contacts.get(row.contactId)!
    const said = (): string => `${JSON.stringify(row)} for ${JSON.stringify(truth)}`
    const queued = oracle.isHeld(truth) ? 'sticky' : 'waiting'
    const known = { queued, claimed: 'claiming', offered: 'offered', active: 'active', wrapUp: 'wrapUp' }[truth.place]
    const place = truth.reloading ? 'reloading' : known
    hold('one place each', row.place === place && row.agentId === truth.agentId, said)
    hold('arrival never changes', row.arrivedAt === truth.arrivedAt && row.seq === truth.seq, said)
    if (row.ring) {
      hold(
        'ring = what age demands',
        row.ring.byAge === oracle.ringByAge(truth) && row.ring.inForce === oracle.ringInForce(truth),
        said,
      )
    }
    const live = truth.exclusions
      .filter(({ until }) => until > oracle.now)
      .sort((a, b) => (a.agentId < b.agentId ? -1 : 1))
    hold('the refuser is not asked next', JSON.stringify(row.exclusions) === JSON.stringify(live), said)
  }
  for (const row of agents) {
    const truth = oracle.agents.get(row.agentId)!
    const said = (): string => `${JSON.stringify(row)} for ${JSON.stringify(truth)}`
    hold('withdrawn offer or lost claim restores ticket and key', row.ticket === truth.ticket, said)
    hold(
      'one place each',
      row.base === truth.base && row.pending === (oracle.pendingOf(row.agentId)?.contactId ?? null),
      said,
    )
    hold('capacity and exclusivity', JSON.stringify(row.inHand) === JSON.stringify(oracle.inHand(truth)), said)
  }
  for (const queueId of oracle.queues.keys()) {
    const queued = [...oracle.contacts.values()].filter(
      (contact) => contact.queueId === queueId && contact.place === 'queued' && !contact.reloading,
    )
    const truth = queued
      .sort((a, b) => a.arrivedAt - b.arrivedAt || a.seq - b.seq)
      .map(({ contactId }, i) => `${contactId}=${i + 1}`)
    const told = [...positions(routing, queueId)].map(([contactId, place]) => `${contactId}=${place}`)
    hold('places are told by arrival', told.join() === truth.join(), () => `${told} for ${truth}`)
  }
}

/** The index holds what brute force over the engine's own rows gives. */
export const judgeIndex = (routing: Routing): void => {
  const { agents, eligibility, idle, classes, contacts } = routing
  const everybody = [...agents.profile.keys()].filter((agent) => agents.profile[agent] !== null)
  const { freedom } = eligibility
  const complain = (what: string) => (): string => what
  for (const set of eligibility.sets) {
    const { channel } = set.requirement
    const able = everybody.filter((agent) => set.fitOf(agents.profile[agent]!) >= 0)
    const free = able.filter((agent) => agents.isFree(agent, channel))
    hold(
      'index = brute force',
      freedom.bySet[set.id] === free.length,
      complain(`set ${set.id}: ${freedom.bySet[set.id]} free of ${free.length}`),
    )
    const online = able.filter((agent) => agents.base.get(agent) !== 0)
    hold(
      'index = brute force',
      set.online === online.length,
      complain(`set ${set.id}: ${set.online} online of ${online.length}`),
    )
    for (const tier of set.tiers) {
      const bits = new Set<number>()
      for (let word = 0; word < freedom.bits.length[tier.id]!; word++) {
        const bitsOfWord = freedom.bits.data[freedom.bits.start[tier.id]! + word]!
        for (let left = bitsOfWord; left !== 0; left &= left - 1) bits.add((word << 5) + lowestBit(left))
      }
      hold(
        'index = brute force',
        bits.size === freedom.byTier[tier.id],
        complain(`tier ${tier.fit} of set ${set.id}: count`),
      )
      tier.profiles.forEach((profile, bit) => {
        const wanted = free.some((agent) => agents.profile[agent] === profile)
        hold('index = brute force', bits.has(bit) === wanted, complain(`set ${set.id}, profile ${profile.id}: bit`))
        hold(
          'index = brute force',
          set.fitOf(profile) === tier.fit,
          complain(`set ${set.id}, profile ${profile.id}: tier`),
        )
      })
    }
  }
  for (const channel of [voice, chat, mail]) {
    const walked: number[] = []
    for (let node = idle.firstOf(channel); node >= 0; node = idle.after(channel, node)) walked.push(node)
    const free = everybody.filter((agent) => agents.isFree(agent, channel))
    const order = free.sort(
      (a, b) => agents.loadOf(a, channel) - agents.loadOf(b, channel) || agents.ticket[a]! - agents.ticket[b]!,
    )
    hold(
      'index = brute force',
      walked.join() === order.map((agent) => agent * 3 + channel).join(),
      complain('list of idle agents'),
    )
  }
  for (const contactClass of classes.all) {
    if (!contactClass) continue
    const members = contacts.ids.flatMap(
      (_, contact) => (contacts.contactClass.get(contact) === contactClass.id ? [contact] : []),
    )
    const first = members.sort((a, b) => (contacts.arrivals.before(a, b) ? -1 : 1))[0] ?? -1
    hold(
      'index = brute force',
      contactClass.line.peek(contacts.arrivals) === first,
      complain(`head of class ${contactClass.id}`),
    )
    if (first >= 0) {
      const { id, queue } = contactClass
      const kept = classes.headArrival[id] === contacts.arrivals.first.get(first) && classes.rates[id] === queue.rate
      hold('index = brute force', kept, complain(`head column of class ${id}`))
    }
    const served = contactClass.queue.open && members.length > 0
    hold('index = brute force', contactClass.servedAt >= 0 === served, complain(`class ${contactClass.id} served`))
  }
}
