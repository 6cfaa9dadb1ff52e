/** What a supervisor does from the floor, each with its word of success or failure. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { floorRoutes } from '@otklik/contract/floor'
import type { AgentId, ContactId, MessageId, ReasonId } from '@otklik/model/ids'
import { failureOf, useApi } from '../api.ts'
import type { TransferTarget } from '../desk/desk-store.ts'
import { toast, toastFailure } from '../parts/toast.ts'
import { useTexts } from '../texts/texts.ts'

export const useSteering = () => {
  const { t } = useTexts()
  const api = useApi()
  const queries = useQueryClient()
  const onError = (error: unknown) => toastFailure(t(`errors.${failureOf(error)}`))
  return {
    changePresence: useMutation({
      mutationFn: ({ agentId, wanted }: { agentId: AgentId; wanted: { state: 'available' } | { state: 'notReady'; reasonId: ReasonId } }) =>
        api.call(floorRoutes.changePresenceOf, { params: { id: agentId }, body: wanted }),
      onError,
    }),
    signOut: useMutation({ mutationFn: (agentId: AgentId) => api.call(floorRoutes.signOutAgent, { params: { id: agentId } }), onError }),
    hint: useMutation({
      mutationFn: ({ contactId, id, text }: { contactId: ContactId; id: MessageId; text: string }) => api.call(floorRoutes.hint, { params: { id: contactId }, body: { id, text } }),
      onSuccess: (_, { contactId }) => {
        toast(t('floor.hinted'))
        void queries.invalidateQueries({ queryKey: ['messages', contactId] })
      },
      onError,
    }),
    takeOver: useMutation({ mutationFn: (contactId: ContactId) => api.call(floorRoutes.takeOver, { params: { id: contactId } }), onSuccess: () => toast(t('floor.taken')), onError }),
    move: useMutation({
      mutationFn: ({ contactIds, to }: { contactIds: readonly ContactId[]; to: TransferTarget; name: string }) => api.call(floorRoutes.moveContacts, { body: { contactIds: [...contactIds], to } }),
      onSuccess: ({ moved, refused }, { name, contactIds }) => {
        if (refused.length === 0) toast(t('floor.moved', { count: moved, name }))
        else toastFailure(t('floor.movedPart', { moved, all: contactIds.length }))
        void queries.invalidateQueries({ queryKey: ['floor-waiting'] })
      },
      onError,
    }),
  }
}
export type Steering = ReturnType<typeof useSteering>
