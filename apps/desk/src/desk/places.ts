/** The pages that somebody may open, and those within them: the rail shows the first, the palette finds all. */
import type { SessionView } from '@otklik/contract/views'
import type { IconName } from '../parts/icons.tsx'
import { reportPages } from '../reports/pages.ts'
import { settingsKinds } from '../settings/sections.ts'
import type { TextKey } from '../texts/texts.ts'

type Role = SessionView['agent']['role']

/** A page within another, or something that is begun there. */
export interface Inner {
  readonly to: string
  readonly text: TextKey
  /** What finds it besides its name. */
  readonly also?: TextKey
}
export interface Place extends Inner {
  readonly icon: IconName
  readonly inside: readonly Inner[]
}

const places: readonly (Place & { readonly roles: readonly Role[] })[] = [
  { to: '/contacts', text: 'rail.contacts', icon: 'inbox', roles: ['agent', 'supervisor'], inside: [], also: 'desk.title' },
  { to: '/customers', text: 'customers.title', icon: 'people', roles: ['agent', 'supervisor', 'administrator'], inside: [], also: 'customers.search' },
  {
    to: '/floor', text: 'floor.title', icon: 'floor', roles: ['supervisor'], also: 'palette.also.floor',
    inside: [{ to: '/floor/wall', text: 'floor.wall', also: 'palette.also.wall' }],
  },
  {
    to: '/reports', text: 'rail.reports', icon: 'chart', roles: ['supervisor', 'administrator'],
    inside: reportPages.map(({ page, text }) => ({ to: `/reports/${page}`, text })),
  },
  {
    to: '/settings', text: 'rail.settings', icon: 'settings', roles: ['supervisor', 'administrator'],
    inside: settingsKinds.map((kind) => ({ to: `/settings/${kind}`, text: `settings.${kind}` })),
  },
]

/** What stands in the rail of a role. */
export const placesOf = (role: Role): readonly Place[] => places.filter(({ roles }) => roles.includes(role))

/** The kinds of settings that a role may add to. */
export const creatable = (role: Role) => (role === 'administrator' ? settingsKinds.filter((kind) => kind !== 'company') : [])
