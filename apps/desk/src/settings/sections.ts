/** The sections of the settings, as they stand beside each other. */
export const sections = [
  { title: 'settings.people', kinds: ['agents', 'teams', 'sites'] },
  { title: 'settings.routing', kinds: ['queues', 'skills'] },
  { title: 'settings.channelsGroup', kinds: ['channels'] },
  { title: 'settings.words', kinds: ['templates', 'articles', 'reasons', 'dispositions', 'company'] },
] as const

export const settingsKinds = sections.flatMap(({ kinds }) => [...kinds])
