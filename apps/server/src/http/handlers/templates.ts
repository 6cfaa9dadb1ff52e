import { templateRoutes } from '@otklik/contract/templates'
import { countTemplateUse, putOwnTemplate, removeOwnTemplate } from '../../actions/keep-templates.ts'
import { done } from '../../actions/outcome.ts'
import type { Reader } from '../../store/database.ts'
import { loadDeskTemplates } from '../../store/templates.ts'
import type { Register } from '../register.ts'

export const registerTemplates = (register: Register, { reader }: { readonly reader: Reader }): void => {
  register(templateRoutes.deskTemplates, async ({ actor }) => done({ items: await loadDeskTemplates(reader, actor.id) }))
  register(templateRoutes.putOwnTemplate, ({ deps, actor }, { params, body }) => putOwnTemplate(deps, { id: params.id, agentId: actor.id }, body))
  register(templateRoutes.removeOwnTemplate, ({ deps, actor }, { params }) => removeOwnTemplate(deps, { id: params.id, agentId: actor.id }))
  register(templateRoutes.useTemplate, ({ deps, actor }, { params }) => countTemplateUse(deps, { id: params.id, agentId: actor.id }))
}
