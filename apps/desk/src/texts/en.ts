/** English texts. The compiler keeps their keys equal to the Russian ones; see shape.ts. */
import type { Texts } from './shape.ts'

export const en = {
  app: { name: 'Otklik' },
  common: {
    save: 'Save', create: 'Create', cancel: 'Cancel', close: 'Close', retry: 'Try again', copy: 'Copy', copied: 'Copied',
    back: 'Back', yes: 'Yes', no: 'No', add: 'Add', remove: 'Remove', search: 'Find', change: 'Change', loading: 'Loading',
    nothingFound: 'Nothing found', more: 'Show more', showPassword: 'Show the password', hidePassword: 'Hide the password',
  },
  rail: { label: 'Sections', contacts: 'Contacts', settings: 'Settings', keys: 'Keys' },
  roles: { agent: 'Agent', supervisor: 'Supervisor', administrator: 'Administrator' },
  languages: { ru: 'Русский', en: 'English' },
  channels: { webChat: 'Web chat' },
  theme: { title: 'Appearance', system: 'As the system', light: 'Light', dark: 'Dark' },
  language: { title: 'Language' },
  duration: { seconds: '{{value}} s', minutes: '{{value}} min', hours: '{{value}} h' },

  connection: {
    open: 'Connected', connecting: 'Connecting', waiting: 'No connection',
    offline: 'No connection. You can go on writing; it will be sent as soon as it is back',
    routerDown: 'Contacts are not being handed out right now. What you have in hand works as usual',
  },

  presence: {
    change: 'Change your status', available: 'Available', notReady: 'Not ready', offline: 'Off duty', engaged: 'Available', wrapUp: 'Available', reserved: 'Available',
    missed: 'Not ready: missed', becomeAvailable: 'Become available', pauseTitle: 'Take no new contacts', signOut: 'Sign out', noReasons: 'No reasons yet: an administrator adds them',
    inHand: { one: '{{count}} contact in hand', other: '{{count}} contacts in hand' },
    missedTitle: 'You missed an offer', missedText: 'It went back to its place in the queue. You are not ready: no new contacts come to you.',
    offlineTitle: 'You are off duty', offlineText: 'Contacts come to you once you are available.',
    notReadyTitle: 'You are taking no new contacts',
    sound: 'Sound for a new contact', notifications: 'System notifications', tryOut: 'Try the sound',
  },
  signOut: {
    title: 'You still have contacts', text: 'If you sign out, the work goes back to its place in the queue and colleagues take it.',
    returnToQueue: 'Return them and sign out', stay: 'Stay',
  },
  alerts: {
    title: 'So that you miss nothing', text: 'Allow notifications: when this tab is out of sight, we show one. Only you see it, and it holds none of the customer’s words.',
    allow: 'Allow', later: 'Not now', blocked: 'Notifications blocked',
    blockedHow: 'The browser blocks notifications. Click the icon to the left of the address, open “Notifications” and choose “Allow”.',
    soundOff: 'Sound is off', soundOffHow: 'The browser turns sound on after your first click on this page.',
    offer: 'New contact: {{queue}}', offerText: 'Waiting for an answer. Open Otklik to accept.',
  },

  desk: {
    title: 'My contacts', longestFirst: 'Longest wait first', waitsForCustomer: 'their turn', needsDisposition: 'Chat ended, needs an outcome',
    handled: { one: '{{count}} today', other: '{{count}} today' },
    rating: { one: '{{mean}} of 5 · {{count}} rating', other: '{{mean}} of 5 · {{count}} ratings' },
    noRatings: 'no ratings yet',
    emptyAvailable: 'Nobody is waiting', emptyAvailableText: 'A new contact appears here by itself, with a sound.',
    emptyNotAvailable: 'You have no contacts', emptyNotAvailableText: 'Become available, and the first one comes by itself.',
    choose: 'Choose a contact', chooseText: 'On the left are those in your hands. First comes whoever has waited longest for your answer.',
    answered: 'Reply: {{text}}', more: { one: '{{count}} more contact', other: '{{count}} more contacts' },
    unread: { one: '{{count}} unread', other: '{{count}} unread' },
    accepting: 'Accepting', failed: 'Your desk could not be opened', noWords: 'No words yet', draft: 'Draft: {{text}}',
  },
  offer: {
    title: 'New contact', left: '{{time}} left', accept: 'Accept', decline: 'Decline', announced: 'New contact: {{name}}, {{queue}}',
    waited: 'waiting {{time}}', reserved: 'Why you: this contact was kept for you', agent: 'Why you: you are free, and this one has waited longest',
    picked: 'Why you: somebody handed this contact to you',
    onlyYou: 'Why you: of those who can help, only you are free',
    exact: { one: 'Why you: your skills fit exactly. {{count}} colleague could as well', other: 'Why you: your skills fit exactly. {{count}} colleagues could as well' },
    able: { one: 'Why you: you can help and are free. {{count}} colleague could as well', other: 'Why you: you can help and are free. {{count}} colleagues could as well' },
    gone: 'This contact is no longer offered to you',
  },
  conversation: {
    waits: 'waiting for an answer', of: 'of {{time}}', wrapUp: 'wrap-up', queue: 'queue “{{name}}”', line2: 'second line',
    away: 'The customer closed the page {{time}} ago. Write anyway: they will see it when they return', typing: 'The customer is typing', opened: '{{when}}. Chat opened on the page “{{page}}”', openedPlain: '{{when}}. Chat opened',
    transfer: 'Transfer', escalate: 'To the second line', end: 'End', reopen: 'Back to work', customer: 'Customer', toList: 'To the list', actions: 'Actions',
    gone: 'This contact is no longer yours', goneText: 'It was closed or handed to a colleague.', goneBack: 'To my contacts', log: 'Conversation', older: 'Show earlier', newBelow: 'New messages',
    messagesFailed: 'The conversation could not be loaded', noMessages: 'No messages yet',
    unsentText: 'There is unsent text in the box: send it or erase it',
  },
  message: {
    note: 'Note for our side', sending: 'Sending', waiting: 'Will be sent when the connection is back', failed: 'Not sent', sendAgain: 'Send again', discard: 'Discard',
    read: 'Read', delivered: 'Sent', you: 'You', system: 'Otklik',
    endedBySilence: 'Chat closed: the customer was silent for long', endedByAway: 'Chat closed: the customer left the page', endedByCustomer: 'The customer ended the chat', endedByAgent: 'The agent ended the chat',
    transferred: 'The chat was handed over', escalated: 'The chat went to the second line', agentLost: 'The agent is no longer on duty; the chat went back to the queue',
  },
  composer: {
    reply: 'Reply', note: 'Note', mode: 'To whom', replyHint: 'Reply to the customer', noteHint: 'A note for our side: the customer does not see it', send: 'Send', saveNote: 'Write down',
    tooLong: { one: 'The message is {{count}} character too long', other: 'The message is {{count}} characters too long' },
  },
  wrapUp: {
    title: 'Wrap-up', limitWith: 'of {{time}}, then closes with this outcome', limitWithout: 'of {{time}}, then closes without one', disposition: 'Outcome', hint: 'two letters and Enter', note: 'Note', noteHint: 'What matters if the customer writes again',
    resolved: 'Resolved?', yes: 'Yes', no: 'No', done: 'Done', noDispositions: 'No outcomes yet: an administrator adds them', needed: 'Choose an outcome', rated: 'The customer gave {{score}} of 5',
   
  },
  transfer: {
    title: 'Transfer the contact', filter: 'Queue or colleague', note: 'Note to the colleague', noteHint: 'What is known already, so that the customer need not repeat it', queues: 'Queues', colleagues: 'Colleagues',
    do: 'Transfer', done: 'Transferred: {{name}}', free: { one: '{{count}} free place', other: '{{count}} free places' },
    full: 'no free place', secondLine: 'second line', keys: '↑ ↓ choose, Enter goes to the note', nobody: 'Nowhere to transfer yet: no other queue and no colleague on duty',
  },
  escalate: { title: 'To the second line', text: 'The issue goes to the specialists of the second line, conversation included.', do: 'Hand over', done: 'The contact went to the second line', none: 'This queue has no second line' },
  customer: {
    visitor: 'Visitor {{number}}', title: 'Customer', since: 'With us since {{date}}', localTime: 'Local time', unknownRegion: 'region unknown', identities: 'How we know them',
    proofNone: 'as the browser says', proofClaimed: 'not verified', proofVerified: 'verified', visitorKind: 'Browser', region: 'Region', language: 'Language', unknown: 'unknown', page: 'Page',
    rename: 'Name the customer', nameHint: 'How to address them', block: 'Block', blockAsk: 'Block? The chat ends, and the customer can no longer write.', unblock: 'Unblock', blocked: 'Blocked', failed: 'The customer could not be loaded', attributes: 'About the customer',
  },
  timeline: {
    title: { one: 'Contacts · {{count}}', other: 'Contacts · {{count}}' }, now: 'With you now', wrapUp: 'Wrap-up', queued: 'In the queue', withAgent: 'Now with {{name}}',
    score: 'rated {{score}}', noScore: 'not rated', abandoned: 'Gave up waiting', closed: 'Closed', empty: 'No earlier contacts', failed: 'The history could not be loaded',
    readOnly: 'Earlier contact, read only', backToCurrent: 'To the current contact', noWords: 'No words',
  },

  signIn: {
    title: 'Sign in', email: 'E-mail', password: 'Password', do: 'Sign in', ended: 'Your session ended. Sign in again: your drafts are safe.', forgot: 'Forgot the password? Ask an administrator for a link to set a new one.',
    wait: { one: 'Try again in {{count}} second', other: 'Try again in {{count}} seconds' },
    lead: 'A quick answer, and a person who may decide.',
  },
  invite: {
    title: 'Hello, {{name}}!', titleReset: 'New password', lead: 'Choose a password, and you can start.', leadReset: 'Choose a new password. The old one stops working.', do: 'Save and sign in',
    invalid: 'The link does not work', invalidText: 'It has been used or is too old. Ask an administrator for a new one.', toSignIn: 'To sign-in', account: 'You sign in as {{email}}',
  },
  password: { rule: 'At least 15 characters. A long phrase beats a complicated word', left: { one: '{{count}} more character', other: '{{count}} more characters' }, enough: 'Long enough' },
  setup: {
    title: 'Let us get to know each other', lead: 'A few lines, and you can invite colleagues. All of it can be changed later in the settings.', company: 'Company', companyName: 'Name', language: 'Language', timeZone: 'Time zone', timeZoneSearch: 'City or zone', you: 'You, the first administrator',
    name: 'Name', email: 'E-mail', password: 'Password', sample: 'Add an example', sampleText: 'A queue, skills, outcomes and a chat channel, to try everything at once. You can remove them at any time.', do: 'Start',
    noToken: 'The set-up link is needed', noTokenText: 'Otklik shows it when it starts for the first time, in the window where it runs. Open the whole link.', done: 'Otklik is set up already',
    stepCompany: 'Company', stepYou: 'You', stepTry: 'Try it', points: 'What comes next', point1: 'You invite colleagues with a link', point2: 'You put the chat on your site with one line', point3: 'The first contact goes to whoever is free',
  },
  notFound: { title: 'There is no such page', text: 'Perhaps the link is old or has a mistake in it.', do: 'To the start' },
  failed: { title: 'Something went wrong', text: 'The mistake is ours. Reload the page: your drafts are safe.', reload: 'Reload' },

  settings: {
    title: 'Settings', company: 'Company', agents: 'People', teams: 'Teams', sites: 'Sites', skills: 'Skills', queues: 'Queues', reasons: 'Pause reasons', dispositions: 'Outcomes', channels: 'Web chat',
    people: 'People', routing: 'Routing', words: 'Lists', channelsGroup: 'Channels',
    readOnly: 'Only an administrator changes settings.', saved: 'Saved', create: 'New entry', empty: 'Nothing here yet', name: 'Name', fullName: 'Full name', archived: 'Archived', showArchived: 'Show the archive', filter: 'Find',
    archive: 'Archive', restore: 'Restore', restored: 'Restored', archivedDone: 'Archived', archiveTitle: 'Archive “{{name}}”?', unused: 'Nothing uses it.', usedBy: 'Used by {{uses}}', replaceWith: 'Replace it with', replaceNone: 'Nothing can replace it: create another entry first',
    failed: 'Could not be loaded', conflict: 'Somebody else has just changed this entry', reload: 'Take the new version', pickOne: 'Choose an entry on the left or create one', notChosen: 'not chosen', unsaved: 'There are unsaved changes', discard: 'Discard changes', table: 'Entries', form: 'Edit',
    about: {
      agents: 'Who answers customers and who keeps Otklik in order. Everybody sets their own password, through a link.', teams: 'People who share a supervisor.', sites: 'Where teams work, each in its own time zone.', skills: 'What people can do and what a queue asks for.',
      queues: 'Where contacts wait, and how quickly we promise to answer.', reasons: 'Why somebody takes no new contacts right now.', dispositions: 'How a contact ended: chosen at its end.', channels: 'The chat window on your site.', company: 'What the company is called and which time it lives by.',
    },
    uses: {
      agents: 'people: {{value}}', teams: 'teams: {{value}}', sites: 'sites: {{value}}', queues: 'queues: {{value}}', channels: 'channels: {{value}}', contacts: 'open contacts: {{value}}', skills: 'skills: {{value}}', rest: 'other: {{value}}',
    },
    fields: {
      timeZone: 'Time zone', site: 'Site', team: 'Team', noTeam: 'No team', email: 'E-mail', role: 'Role', language: 'Language of screens', serves: 'Answers in', maxChats: 'Chats at once', maxTotal: 'Contacts in all', skills: 'Skills', level: 'Level', addSkill: 'Add a skill', access: 'Access',
      accessNone: 'not invited', accessInvited: 'invited', accessReady: 'has a password', presence: 'Now', line: 'Line', line1: 'First', line2: 'Second', priority: 'Priority', priorityHint: '5 matters most', target: 'Promised answer, s', offer: 'Time to accept an offer, s', wrapUp: 'Time for wrap-up, s', away: 'Wait for who left, min', silence: 'Close after silence of, min',
      greeting: 'Greeting', greetingHint: 'The first thing a visitor sees', escalation: 'Where the second line is', noEscalation: 'Nowhere', needSkills: 'Skills it asks for', anySkills: 'Anybody will do', queue: 'Queue', origins: 'On which sites', originsHint: 'One a line: https://www.example.com', accent: 'Colour', side: 'Side', left: 'Left', right: 'Right', titleText: 'Title of the window',
      consentText: 'Agreement to data processing', consentUrl: 'Where to read more', chatLanguage: 'Language of the window', speed: 'Times', look: 'Look of the window', work: 'Work', secondsShort: '{{value}} s',
    },
    invite: { do: 'Sign-in link', doReset: 'Link for a new password', text: 'Hand the link over in person. It works once, until {{when}}; earlier links no longer work.' },
    snippet: { title: 'Line for your site', text: 'Put it before the closing </body> of every page that needs the chat.', preview: 'What it looks like', saveFirst: 'Save the channel, and the line for your site appears here.' },
  },

  keys: {
    title: 'Keys', text: 'Letters work while you are not writing. With Alt they always work.', contacts: 'Contacts', conversation: 'Conversation', wrapUp: 'Wrap-up', everywhere: 'Everywhere',
    accept: 'Accept the contact', decline: 'Decline the contact', nextContact: 'Next contact', previousContact: 'Previous contact', firstWaiting: 'To whoever has waited longest', send: 'Send', newLine: 'New line', reply: 'Write a reply', note: 'Write a note', transfer: 'Transfer', escalate: 'To the second line',
    end: 'End the conversation', done: 'Done', reopen: 'Back to work', resolved: 'Resolved: yes or no', customer: 'Customer', rename: 'Name the customer', presence: 'Change your status', available: 'Become available', help: 'Show the keys', leave: 'Leave the field', back: 'To the list', save: 'Save', create: 'New entry',
  },

  fieldErrors: {
    required: 'Fill this in', tooShort: 'Too short', tooLong: 'Too long', tooSmall: 'Too small', tooBig: 'Too big', email: 'The address seems to have a mistake', url: 'An address such as https://www.example.com is needed', timeZone: 'There is no such zone', colour: 'A colour such as #0d6475 is needed', invalid: 'Please check', number: 'A whole number is needed', taken: 'Taken already',
  },
  errors: {
    unreachable: 'The server does not answer. Check the connection and try again', badRequest: 'The server did not understand', validationFailed: 'Check the marked fields', payloadTooLarge: 'Too much data', unsupportedMediaType: 'The server did not understand', notFound: 'There is no such thing, or you may not see it', rateLimited: 'Too often. Wait a moment',
    notSignedIn: 'Sign in again', notAllowed: 'Your role does not allow this', crossSiteRefused: 'The request came from another site', insecureTransport: 'Signing in needs HTTPS', signInFailed: 'E-mail or password is wrong', signInDelayed: 'Too many tries. Wait', linkInvalid: 'The link is used, expired or wrong', passwordTooWeak: 'The password is too short or too well known. Try a longer phrase', setupDone: 'Otklik is set up already', setupNeeded: 'Set Otklik up first, with the link of its first start',
    versionConflict: 'Somebody has changed this', idempotencyMismatch: 'The request was repeated with other data', idTaken: 'It did not work: try again', nameTaken: 'The name is taken', emailTaken: 'This e-mail is taken', inUse: 'It is in use: choose what replaces it', archived: 'It is archived', lastAdministrator: 'The last administrator must stay',
    offerGone: 'The contact is no longer offered to you', contactNotYours: 'The contact is no longer yours', contactNotOffered: 'The contact is no longer offered', contactNotQueued: 'The contact is no longer in a queue', contactNotActive: 'The conversation has ended', contactNotInWrapUp: 'The contact is back at work', contactClosed: 'The contact is closed', noEscalationQueue: 'This queue has no second line', agentUnavailable: 'The colleague is not on duty', sameAgent: 'The contact is with this colleague already', queueClosed: 'This queue takes no contacts',
    alreadyAvailable: 'You are available already', alreadyOffline: 'You are off duty already', agentNotAvailable: 'You are not on duty', contactsInHand: 'You still have contacts', visitorUnknown: 'The visitor is unknown', visitorBlocked: 'The visitor is blocked', originRefused: 'This site is not on the channel’s list', consentNeeded: 'The visitor has not agreed yet', nothingToEnd: 'There is nothing to end', alreadyRated: 'It is rated already', notRateable: 'This chat cannot be rated',
    routerDown: 'Contacts are not being handed out right now', unavailable: 'The server is restarting. Try again in a minute', internal: 'A mistake on our side. Try again',
  },
} as const satisfies Texts
