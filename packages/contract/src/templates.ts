/** Ready answers: everybody's are settings, an agent's own are kept here. */
import { z } from 'zod'
import type * as Ids from '@otklik/model/ids'
import * as f from './fields.ts'

/** What a template may name; filled in when it is chosen. Both languages' names mean the same. */
export const templateVariables = { customer: ['имя', 'name'], agent: ['оператор', 'agent'], company: ['компания', 'company'], queue: ['очередь', 'queue'] } as const
export type TemplateVariable = keyof typeof templateVariables

const variableOf = new Map<string, TemplateVariable>([
  ...templateVariables.customer.map((name) => [name, 'customer'] as const),
  ...templateVariables.agent.map((name) => [name, 'agent'] as const),
  ...templateVariables.company.map((name) => [name, 'company'] as const),
  ...templateVariables.queue.map((name) => [name, 'queue'] as const),
])
/** The variable of a name as it is written, in whatever case. */
export const findVariable = (name: string): TemplateVariable | undefined => variableOf.get(name.trim().toLowerCase())

/** Names between braces that no variable has, as they stand: they would go to the customer so. */
export const unknownVariables = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{\{([^{}]*)\}\}/gu)].flatMap(([whole, name = '']) => (findVariable(name) ? [] : [whole]))),
]

const templateWords = f.text(0, f.messageLimit).superRefine((text, context) => {
  const unknown = unknownVariables(text)
  if (unknown.length > 0) context.addIssue({ code: 'custom', message: `must not name unknown variables: ${unknown.join(' ')}` })
})

export const templateShape = {
  name: f.Name,
  ru: templateWords,
  en: templateWords,
  /** With a disposition it is a macro: sent, it closes the contact. */
  dispositionId: f.DispositionId.nullable(),
  resolved: z.boolean(),
}

export const DeskTemplate = z.object({
  id: f.outUuid<Ids.TemplateId>(),
  version: z.int(),
  /** Everybody's, or one's own. */
  shared: z.boolean(),
  name: z.string(),
  ru: z.string(),
  en: z.string(),
  macro: z.object({ dispositionId: f.outUuid<Ids.DispositionId>(), dispositionName: z.string(), resolved: z.boolean() }).nullable(),
  /** How often one has used it oneself, and how often everybody has. */
  ownUses: z.int(),
  uses: z.int(),
  /** When one has used it oneself last. */
  usedAt: f.Instant.nullable(),
})
export type DeskTemplate = z.infer<typeof DeskTemplate>

const desk = ['agent', 'supervisor'] as const
const params = z.object({ id: f.TemplateId })

export const templateRoutes = {
  deskTemplates: {
    method: 'GET', path: '/desk/templates', access: desk, summary: 'Everybody’s templates and one’s own, those one uses most first',
    response: z.object({ items: z.array(DeskTemplate) }),
  },
  putOwnTemplate: {
    method: 'PUT', path: '/desk/templates/:id', access: desk, summary: 'Create (version 0) or change a template of one’s own',
    params,
    body: z.strictObject({ ...templateShape, version: f.Version }).refine(({ ru, en }) => ru !== '' || en !== '', { path: ['ru'], message: 'must have words in one language at least' }),
    response: z.object({ id: f.outUuid<Ids.TemplateId>(), version: z.int() }),
    refusals: ['versionConflict', 'nameTaken', 'notFound'],
  },
  removeOwnTemplate: {
    method: 'DELETE', path: '/desk/templates/:id', access: desk, summary: 'Remove a template of one’s own', params, refusals: ['notFound'],
  },
  useTemplate: {
    method: 'POST', path: '/desk/templates/:id/use', access: desk, summary: 'It was put into an answer: counts', params, refusals: ['notFound'],
  },
} as const
