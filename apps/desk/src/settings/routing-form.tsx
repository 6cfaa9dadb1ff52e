/** How a queue distributes and when it is open: two parts of one form, with one version. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { QueueRoutingView } from '@otklik/contract/queue-routing'
import { routes } from '@otklik/contract/routes'
import type { QueueView } from '@otklik/contract/settings'
import { useEffect } from 'react'
import { failureOf, useApi } from '../api.ts'
import { Failed, Skeleton } from '../parts/states.tsx'
import { toast } from '../parts/toast.ts'
import { useTexts } from '../texts/texts.ts'
import { remarksOn } from './checks.ts'
import { isSame, useDraft } from './drafts.tsx'
import { FormShell } from './form-shell.tsx'
import { HoursFields } from './hours-fields.tsx'
import { listKey, useItems } from './kept.ts'
import { rebase } from './rebase.ts'
import {
  cleanRouting, partOfField, routingDraftOf, routingKey, routingRemarks, type RoutingDraft, type RoutingPart,
} from './routing-draft.ts'
import { RatingFields } from './rating-fields.tsx'
import { RoutingFields } from './routing-fields.tsx'
import { putOver, useFormSave } from './use-form-save.ts'

interface RoutingFormProps {
  readonly queue: QueueView
  readonly part: RoutingPart
  readonly onPart: (part: RoutingPart) => void
  readonly readOnly: boolean
}

const idsInUse = (items: readonly { readonly id: string; readonly archivedAt: string | null }[] | undefined) =>
  items && new Set(items.filter(({ archivedAt }) => archivedAt === null).map(({ id }) => id))

const LoadedForm = ({ queue, part, onPart, readOnly, stored, onReload }: RoutingFormProps & {
  readonly stored: QueueRoutingView
  readonly onReload: () => Promise<QueueRoutingView | undefined>
}) => {
  const { t, language } = useTexts()
  const api = useApi()
  const queries = useQueryClient()
  const [kept, keep] = useDraft<RoutingDraft, QueueRoutingView>(routingKey(queue.id))
  const inUse = { skills: idsInUse(useItems('skills').data), queues: idsInUse(useItems('queues').data) }
  const draft = kept?.draft ?? routingDraftOf(stored)
  const base = kept?.base ?? stored
  const dirty = kept !== undefined
  const disabled = readOnly || queue.archivedAt !== null
  const keepDraft = (next: RoutingDraft, from: QueueRoutingView) =>
    keep(isSame(next, routingDraftOf(from)) ? null : { draft: next, base: from })
  const clean = cleanRouting(draft)
  const save = useFormSave({
    check: () => {
      const own = routingRemarks(draft, inUse, t, language)
      const contract = remarksOn(routes.putQueueRouting.body, { ...clean, version: base.version }, t)
      // The contract counts places in what is sent, the form in what is shown: where the form knows, the form speaks.
      return Object.keys(own).length > 0
        ? { ...Object.fromEntries(Object.entries(contract).filter(([path]) => !/^(rings|hours)\./.test(path))), ...own }
        : contract
    },
    send: async () => ({
      sent: draft,
      saved: await putOver<RoutingDraft, QueueRoutingView>({
        draft: clean,
        base,
        draftOf: routingDraftOf,
        put: (version) => api.call(routes.putQueueRouting, { params: { id: queue.id }, body: { ...clean, version } }),
        newest: onReload,
      }),
    }),
    onSaved: ({ sent, saved }) => {
      queries.setQueryData(routingQueryKey(queue.id), saved)
      // The queue has a new version with it.
      void queries.invalidateQueries({ queryKey: listKey('queues') })
      keepDraft(rebase(sent, draft, routingDraftOf(saved)), saved)
      toast(t('settings.saved'))
    },
  })
  const { remarks } = save
  useEffect(() => {
    const wrong = Object.keys(remarks).map(partOfField)
    const [first] = wrong
    if (first !== undefined && !wrong.includes(part)) onPart(first)
    // Only what an attempt found turns the page.
  }, [remarks])
  const overtaken = dirty && !disabled && stored.version > base.version && !isSame(routingDraftOf(stored), routingDraftOf(base))
  const fields = {
    draft,
    set: (changed: Partial<RoutingDraft>) => {
      save.wrote(Object.keys(changed))
      keepDraft({ ...draft, ...changed }, base)
    },
    errors: save.errors,
    disabled,
  }
  return (
    <FormShell
      save={save}
      dirty={dirty}
      disabled={disabled}
      view={part}
      overtaken={overtaken}
      loaded={overtaken}
      onKeepMine={() => keepDraft(rebase(routingDraftOf(base), draft, routingDraftOf(stored)), stored)}
      onTakeTheirs={() => {
        keep(null)
        void onReload()
      }}
      onDiscard={() => keep(null)}
    >
      {part === 'routing' ? <RoutingFields queue={queue} {...fields} /> : part === 'rating' ? <RatingFields {...fields} /> : <HoursFields {...fields} />}
    </FormShell>
  )
}

const routingQueryKey = (queueId: string) => ['settings', 'queueRouting', queueId] as const

export const RoutingForm = (props: RoutingFormProps) => {
  const { t } = useTexts()
  const api = useApi()
  const { id } = props.queue
  const stored = useQuery({
    queryKey: routingQueryKey(id),
    queryFn: ({ signal }) => api.call(routes.queueRouting, { params: { id }, signal }),
    staleTime: 15_000,
    networkMode: 'always',
  })
  if (stored.isError && !stored.data)
    return <Failed title={t('settings.failed')} failure={failureOf(stored.error)} onRetry={() => void stored.refetch()} />
  if (!stored.data) return <Skeleton rows={6} />
  return <LoadedForm {...props} stored={stored.data} onReload={async () => (await stored.refetch()).data} />
}
