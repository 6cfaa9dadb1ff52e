import type { Texts } from '../shape.ts'
import type { story as ruStory, work as ruWork } from '../ru/work.ts'

export const work: Texts<typeof ruWork> = {
  waitingTitle: 'Waiting in line', take: 'Take', reserved: 'kept for {{name}}', moreWaiting: 'and others',
  followUps: 'Put off', due: 'back: {{when}}', dueByWord: 'until the customer writes', takeBack: 'Take back', takeBackNamed: 'Take back: {{name}}',
  raised: 'At the second line', raisedWaits: 'waits in line', raisedOffered: 'offered to {{name}}', raisedWith: 'with {{name}}', raisedAnswered: 'returned with an answer',
  more: 'More', snooze: 'Put off', story: 'Story of the contact',
  snoozeTitle: 'Put the contact off',
  snoozeText: 'Your place comes free. The contact returns to you first: at its time, or when the customer writes.',
  snoozeUntil: 'Until when', snoozeNeeded: 'Choose until when', snoozeKeys: '↑ ↓ choose, Enter goes to the note',
  minutes15: 'In 15 minutes', hour1: 'In an hour', hours3: 'In 3 hours', today: 'Today at 9:00', tomorrow: 'Tomorrow at 9:00', word: 'When the customer writes',
  wordAside: 'a week at most', custom: 'Choose a time', customLabel: 'Bring it back at',
  customBad: 'Choose a time within the next 30 days', told: 'The customer sees when you will be back with an answer.', notTold: 'The customer sees no time.',
  note: 'Note', noteHint: 'Why it is put off, what to do meanwhile', doSnooze: 'Put off', snoozed: 'Put off: {{when}}', snoozedByWord: 'Put off until the customer writes',
}

export const story: Texts<typeof ruStory> = {
  title: 'Story of the contact', failed: 'The story could not be loaded', after: 'after {{time}}',
  arrived: 'Came into “{{queue}}”', transferred: 'Handed on to “{{queue}}”', escalated: 'Raised to the second line, “{{queue}}”',
  agentLost: 'Back in “{{queue}}”: the agent lost connection', signedOut: 'Back in “{{queue}}”: the agent went home',
  by: {
    transferred: 'Handed on to “{{queue}}” by {{name}}', escalated: 'Raised to the second line, “{{queue}}”, by {{name}}',
    answeredBack: 'Back from the second line, in “{{queue}}”, answered by {{name}}', signedOut: 'Back in “{{queue}}”: {{name}} ended the agent’s shift',
  },
  answeredBack: 'Back from the second line, in “{{queue}}”',
  woken: 'Put off before, now back in “{{queue}}”', reservedFor: 'Kept for {{name}}',
  offered: 'Offered to {{agent}}',
  seenBy: 'Read without having it in hand: {{who}}',
  why: {
    arrival: 'Why: free, and the best fit', agent: 'Why: came free while this contact was the most urgent',
    only: 'Why: nobody else had a free place', load: 'Why: fewer contacts in hand than the others', ticket: 'Why: the longest without a new contact',
    sticky: 'Why: the contact was kept for this agent', pick: 'Why: chosen by hand',
  },
  byPolicy: {
    bestFit: 'Why: free, and skilled just as asked, more closely than others', mostSkilled: 'Why: free, and the most skilled of those able',
    evenOccupancy: 'Why: free, and less busy than others: the work is shared evenly',
  },
  reservationEnds: {
    notAvailable: 'Had been kept for {{name}}, who is not available, so there was nobody to wait for', timeOver: 'Had been kept for {{name}}, but the time for that was over',
    excluded: 'Had been kept for {{name}}, who declined or missed it',
  },
  byOverflow: 'Overflow: the wait would have been long, so “{{queue}}” helps out', byStep: '“{{queue}}” helps out, as a relaxation step allows',
  relaxed: 'Asked less than at first: {{what}}', lowered: 'each level lower by {{count}}',
  dropped: 'not the skill “{{name}}”', addedQueue: 'the people of “{{name}}”, too', anyLanguage: 'any language',
  occupancy: 'busy {{percent}}% of the time lately',
  other: { fit: '{{count}} above the levels asked', load: '{{count}} in hand', occupancy: 'busy {{percent}}% of the time lately', ticket: 'all else equal, free for a shorter time' },
  waited: 'had waited {{time}}', customerWaited: 'the customer came {{time}} before', urgency: 'urgency {{value}}', ring: 'relaxation step {{count}}', exactFit: 'exactly the skills of the queue',
  overFit: 'levels above what was asked: {{count}}', load: 'in hand then: {{count}}', candidates: 'others free and able: {{count}}',
  noCandidates: 'nobody else was free', runnerUp: 'next would have been {{name}}',
  accepted: 'Accepted by {{agent}}', declined: 'Declined by {{agent}}', missed: 'Missed by {{agent}}', withdrawn: 'Offer taken back: {{agent}} is not available any more',
  picked: 'Taken by hand: {{agent}}, “{{queue}}”', answered: 'First answer: {{agent}}', snoozed: 'Put off by {{agent}}, until {{when}}',
  wrapUpStarted: 'The conversation ended, wrap-up: {{agent}}', reopened: 'The conversation is open again', away: 'The customer’s page went offline', back: 'The customer’s page is back',
  closed: 'Closed', closedWith: 'Closed: {{disposition}}', rated: 'The customer gave {{score}} of 5', resolved: 'solved', notResolved: 'not solved',
  reasons: {
    abandoned: 'the customer gave up waiting', agentEnded: 'ended by the agent', customerEnded: 'ended by the customer', customerAway: 'the customer’s page was offline for long',
    customerSilent: 'the customer was silent for long', blocked: 'the customer was blocked',
  },
  byLimit: 'the wrap-up time was over',
}
