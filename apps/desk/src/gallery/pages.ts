/** The pages of the gallery: where each starts, as whom, and what it is about. */
import type { SessionView } from '@otklik/contract/views'
import { agentId, contactId, customerId, queueId } from '../desk/desk-builders.ts'
import type { Scene } from './fixtures.ts'
import { articleId } from './knowledge-fixtures.ts'

export interface Page {
  readonly path: string
  readonly role: SessionView['agent']['role'] | null
  readonly scene: Scene
  /** A key that opens what the page is about. */
  readonly press?: { readonly code: string; readonly key: string }
  readonly offline?: boolean
  /** Files in the log and beside what is being written. */
  readonly files?: boolean
  /** The agent has not been asked about notifications yet. */
  readonly unexplained?: boolean
  /** What stands in the composer. */
  readonly draft?: string
  /** What is clicked first, by its selector; several after each other. */
  readonly click?: string | readonly string[]
  /** What is typed at the end, and where. */
  readonly type?: { readonly into: string; readonly text: string }
  /** What was searched for. */
  readonly query?: string
}

const open = `/contacts/${contactId(1)}`
export const pages: Readonly<Record<string, Page>> = {
  desk: { path: open, role: 'agent', scene: 'desk' },
  offer: { path: open, role: 'supervisor', scene: 'offer' },
  list: { path: '/contacts', role: 'agent', scene: 'offer' },
  away: { path: `/contacts/${contactId(3)}`, role: 'agent', scene: 'desk' },
  wrapUp: { path: open, role: 'agent', scene: 'wrapUp' },
  missed: { path: '/contacts', role: 'agent', scene: 'missed' },
  alerts: { path: '/contacts', role: 'agent', scene: 'offer', unexplained: true },
  empty: { path: '/contacts', role: 'agent', scene: 'empty' },
  gone: { path: `/contacts/${contactId(9)}`, role: 'agent', scene: 'desk' },
  earlier: { path: `${open}?earlier=${contactId(11)}`, role: 'agent', scene: 'desk' },
  offline: { path: open, role: 'agent', scene: 'desk', offline: true },
  transfer: { path: open, role: 'agent', scene: 'desk', press: { code: 'KeyT', key: 't' } },
  escalate: { path: open, role: 'agent', scene: 'desk', press: { code: 'KeyU', key: 'u' } },
  snooze: { path: open, role: 'agent', scene: 'desk', press: { code: 'KeyZ', key: 'z' } },
  story: { path: open, role: 'agent', scene: 'desk', press: { code: 'KeyH', key: 'h' } },
  templates: { path: open, role: 'agent', scene: 'desk', draft: '/' },
  ownTemplates: { path: open, role: 'agent', scene: 'desk', press: { code: 'KeyQ', key: 'q' } },
  ownTemplatesChosen: { path: open, role: 'agent', scene: 'desk', press: { code: 'KeyQ', key: 'q' }, click: ['[role=dialog] input', '[role=option]:nth-child(2)'] },
  attachments: { path: open, role: 'agent', scene: 'desk', files: true },
  picture: { path: open, role: 'agent', scene: 'desk', files: true, click: '.file-picture' },
  knowledge: { path: `${open}?knowledge`, role: 'agent', scene: 'desk' },
  knowledgeFound: { path: `${open}?knowledge`, role: 'agent', scene: 'desk', type: { into: '#knowledge-search', text: 'возврат' } },
  knowledgeArticle: { path: `${open}?knowledge=${articleId(1)}`, role: 'agent', scene: 'desk' },
  knowledgeNothing: { path: `${open}?knowledge`, role: 'agent', scene: 'desk', type: { into: '#knowledge-search', text: 'ничего' } },
  knowledgeFailed: { path: `${open}?knowledge`, role: 'agent', scene: 'desk', type: { into: '#knowledge-search', text: 'сбой' } },
  knowledgeEmpty: { path: `${open}?knowledge`, role: 'agent', scene: 'wrapUp' },
  knowledgeGone: { path: `${open}?knowledge=${articleId(9)}`, role: 'agent', scene: 'desk' },
  presence: { path: open, role: 'agent', scene: 'desk', press: { code: 'KeyP', key: 'p' } },
  toast: { path: open, role: 'agent', scene: 'desk', draft: 'Ok', click: '.composer-tools .mantine-Button-root' },
  keys: { path: open, role: 'agent', scene: 'desk', click: '.rail-keys + .rail-keys' },
  palette: { path: open, role: 'agent', scene: 'desk', click: '.rail-keys' },
  paletteFound: { path: open, role: 'supervisor', scene: 'desk', click: '.rail-keys', type: { into: '.palette input', text: 'звук' } },
  paletteArticle: { path: '/customers', role: 'agent', scene: 'desk', click: '.rail-keys', type: { into: '.palette input', text: 'возврат' } },
  paletteKeeper: { path: '/settings/queues', role: 'administrator', scene: 'desk', click: '.rail-keys', type: { into: '.palette input', text: 'create' } },
  account: { path: '/settings/queues', role: 'administrator', scene: 'desk', click: '.presence' },
  signIn: { path: '/sign-in', role: null, scene: 'desk' },
  setup: { path: '/setup', role: null, scene: 'empty' },
  invite: { path: '/invite', role: null, scene: 'desk' },
  settingsAgents: { path: '/settings/agents', role: 'administrator', scene: 'desk' },
  settingsAgent: {
    path: '/settings/agents/00000001-0000-4000-8000-000000000003',
    role: 'administrator',
    scene: 'desk',
  },
  settingsQueue: {
    path: '/settings/queues/00000004-0000-4000-8000-000000000001',
    role: 'administrator',
    scene: 'desk',
  },
  settingsRouting: {
    path: '/settings/queues/00000004-0000-4000-8000-000000000001?part=routing',
    role: 'administrator',
    scene: 'desk',
  },
  settingsHours: {
    path: '/settings/queues/00000004-0000-4000-8000-000000000001?part=hours',
    role: 'administrator',
    scene: 'desk',
  },
  settingsHoursReadOnly: {
    path: '/settings/queues/00000004-0000-4000-8000-000000000001?part=hours',
    role: 'supervisor',
    scene: 'desk',
  },
  settingsChannel: {
    path: '/settings/channels/a1b2c3d4-0000-4000-8000-000000000001',
    role: 'administrator',
    scene: 'desk',
  },
  settingsTemplate: { path: '/settings/templates/template-2', role: 'administrator', scene: 'desk' },
  settingsTemplates: { path: '/settings/templates', role: 'administrator', scene: 'desk' },
  settingsArticles: { path: '/settings/articles', role: 'administrator', scene: 'desk' },
  settingsArticle: { path: `/settings/articles/${articleId(1)}`, role: 'administrator', scene: 'desk' },
  settingsArticleNew: { path: '/settings/articles/new', role: 'administrator', scene: 'desk' },
  settingsReadOnly: {
    path: '/settings/queues/00000004-0000-4000-8000-000000000001',
    role: 'supervisor',
    scene: 'offer',
  },
  settingsCompany: { path: '/settings/company', role: 'administrator', scene: 'desk' },
  settingsNew: { path: '/settings/agents/new', role: 'administrator', scene: 'desk' },
  customers: { path: '/customers', role: 'agent', scene: 'desk' },
  customersFound: { path: `/customers/${customerId(1)}`, role: 'supervisor', scene: 'desk', query: 'семенов' },
  customersNothing: { path: '/customers', role: 'agent', scene: 'empty', query: 'никого' },
  customersFailed: { path: '/customers', role: 'agent', scene: 'missed', query: 'любой' },
  customersList: { path: '/customers', role: 'agent', scene: 'desk', query: 'семенов' },
  customersContact: { path: `/customers/${customerId(1)}?contact=${contactId(11)}`, role: 'supervisor', scene: 'desk', query: 'роуминг' },
  customerKeeper: { path: `/customers/${customerId(1)}`, role: 'administrator', scene: 'desk', query: 'семенов', click: '.panel-who [data-merges]' },
  customerErase: { path: `/customers/${customerId(1)}`, role: 'administrator', scene: 'desk', click: ['.panel-who [data-merges]', '.mantine-Menu-item.danger'] },
  customerGone: { path: `/customers/${customerId(9)}`, role: 'agent', scene: 'desk' },
  customerMerge: { path: `/customers/${customerId(1)}`, role: 'supervisor', scene: 'desk', click: ['.panel-who [data-merges]', '.mantine-Menu-item'], type: { into: '[role=dialog] input', text: 'семенов' } },
  customerWriting: { path: `/customers/${customerId(1)}`, role: 'agent', scene: 'desk', click: ['.card-attributes .card-edit', '.identities + button', '.card-notes + button'] },
  floor: { path: '/floor', role: 'supervisor', scene: 'desk' },
  floorAgent: { path: `/floor?agent=${agentId(1)}`, role: 'supervisor', scene: 'desk' },
  floorQueue: { path: `/floor?queue=${queueId(2)}`, role: 'supervisor', scene: 'desk', click: ['.floor-waiting input'] },
  floorPeek: { path: `/floor?agent=${agentId(1)}&contact=${contactId(1)}&hint`, role: 'supervisor', scene: 'desk' },
  floorMove: { path: `/floor?agent=${agentId(1)}`, role: 'supervisor', scene: 'desk', press: { code: 'KeyT', key: 't' } },
  floorAlerts: { path: '/floor', role: 'supervisor', scene: 'desk', press: { code: 'KeyE', key: 'e' } },
  floorEmpty: { path: '/floor', role: 'supervisor', scene: 'empty' },
  floorWall: { path: '/floor/wall', role: 'supervisor', scene: 'desk' },
  reportDay: { path: '/reports/day?date=2026-11-22', role: 'supervisor', scene: 'desk' },
  reportDayApart: { path: '/reports/day?date=2026-11-22&with=none&by=queue&open=serviceLevel.rest&row=00000004-0000-4000-8000-000000000001', role: 'administrator', scene: 'desk' },
  reportDayAgent: { path: '/reports/day?date=2026-11-22&agent=00000001-0000-4000-8000-000000000001&step=60', role: 'supervisor', scene: 'desk' },
  reportDefinition: { path: '/reports/day?date=2026-11-22', role: 'administrator', scene: 'desk', click: '.figure:nth-child(2) .define' },
  reportFilter: { path: '/reports/day?date=2026-11-22', role: 'administrator', scene: 'desk', click: '.sentence .word' },
  reportDayEmpty: { path: '/reports/day?date=2026-11-22', role: 'administrator', scene: 'empty' },
  reportDayFailed: { path: '/reports/day?date=2026-11-22', role: 'administrator', scene: 'missed' },
  reportMonth: { path: '/reports/month?month=2026-11', role: 'administrator', scene: 'desk' },
  reportMonthRegions: { path: '/reports/month?month=2026-11&by=region', role: 'supervisor', scene: 'desk' },
  reportRatings: { path: '/reports/ratings?from=2026-11-01&to=2026-11-22', role: 'supervisor', scene: 'desk' },
  reportRatingsKeeper: { path: '/reports/ratings?from=2026-11-01&to=2026-11-22&by=agent&low=yes', role: 'administrator', scene: 'desk' },
  notFound: { path: '/nowhere', role: 'agent', scene: 'empty' },
}

export const pageNames: readonly string[] = Object.keys(pages)
