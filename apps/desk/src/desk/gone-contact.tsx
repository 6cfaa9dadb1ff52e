/** In the place of a conversation that is in other hands, or in none: where it is, if that may be known here. */
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { routes } from '@otklik/contract/routes'
import type { ContactView } from '@otklik/contract/views'
import type { AgentId, ContactId } from '@otklik/model/ids'
import { useNavigate } from 'react-router'
import { useApi } from '../api.ts'
import { Empty } from '../parts/states.tsx'
import { useTexts, type Translate } from '../texts/texts.ts'
import { useCatalogue, useDeskState } from './desk-context.tsx'

type Colleagues = readonly { readonly id: AgentId; readonly name: string }[]

/** Where a contact is by now, in words; null: with nobody, or nobody says. */
export const whereabouts = ({ state, agentId, queue }: Pick<ContactView, 'state' | 'agentId' | 'queue'>, me: AgentId | undefined, colleagues: Colleagues, t: Translate): string | null => {
  if (state === 'queued') return t('conversation.waitsIn', { queue: queue.name })
  if ((state !== 'offered' && state !== 'active' && state !== 'wrapUp') || agentId === null || agentId === me) return null
  const name = colleagues.find(({ id }) => id === agentId)?.name
  return name === undefined ? t('conversation.withColleague') : t('conversation.with', { name })
}

export const GoneContact = ({ id, heading }: { id: ContactId; heading: 'h1' | 'h2' }) => {
  const { t } = useTexts()
  const api = useApi()
  const navigate = useNavigate()
  const me = useDeskState((state) => state.me?.id)
  const catalogue = useCatalogue()
  // Whoever may not read it is refused, and no more is said.
  const contact = useQuery({ queryKey: ['contact', id], queryFn: ({ signal }) => api.call(routes.contact, { params: { id }, signal }), retry: false, networkMode: 'always' })
  if (contact.isPending || catalogue.isLoading) return <div className="centre" />
  const where = contact.isError ? null : whereabouts(contact.data, me, catalogue.data?.colleagues ?? [], t)
  return (
    <div className="centre">
      <Empty heading={heading} icon="chat" title={t(where === null ? 'conversation.gone' : 'conversation.elsewhere')} text={where ?? t('conversation.goneText')}>
        <Button onClick={() => void navigate('/contacts')}>{t('conversation.goneBack')}</Button>
      </Empty>
    </div>
  )
}
