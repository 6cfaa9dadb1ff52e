/** Alerts: the line that calls, and the list that says when. */
import { Button, Modal, NumberInput, Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { alertFigures, floorRoutes, type FloorAlert } from '@otklik/contract/floor'
import type { Language } from '@otklik/contract/fields'
import type { QueueId } from '@otklik/model/ids'
import { use, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { failureOf, useApi } from '../api.ts'
import { useDesk } from '../desk/desk-context.tsx'
import { ClockContext } from '../parts/clock.ts'
import { Icon } from '../parts/icons.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { Failed, Skeleton } from '../parts/states.tsx'
import { toast, toastFailure } from '../parts/toast.ts'
import { useKeys } from '../parts/use-keys.ts'
import { WholeNumber } from '../settings/fields.tsx'
import { formatClock, formatDuration, formatNumber, formatShare } from '../texts/format.ts'
import { useTexts, type Translate } from '../texts/texts.ts'
import type { Call } from './alert-state.ts'
import { memoryOf, type CallState } from './call-memory.ts'
import { useFloor } from './use-floor.tsx'

const alertsKey = ['floor-alerts'] as const
const shares: ReadonlySet<FloorAlert['figure']> = new Set(['serviceLevel', 'abandonment'])

export const useAlerts = () => {
  const api = useApi()
  return useQuery({ queryKey: alertsKey, queryFn: ({ signal }) => api.call(floorRoutes.floorAlerts, { signal }), staleTime: Infinity })
}

const wordValue = (figure: FloorAlert['figure'], value: number, language: Language): string => {
  if (shares.has(figure)) return formatShare(value, language)
  if (figure === 'firstResponse') return formatDuration(value * 1000)
  return figure === 'longestWait' ? formatClock(value) : formatNumber(value, language)
}

export const tellCall = ({ alert: { figure }, queue, value }: Call, t: Translate, language: Language): string =>
  t(`floor.alerts.says.${figure}`, { queue: queue.name, value: wordValue(figure, value, language), count: value })

const useMemory = () => memoryOf(useDesk().store)

/** What calls now; each call sounds once when it begins. Looked at every second. */
export const useCalls = (): CallState => {
  const { ringer } = useDesk()
  const memory = useMemory()
  const { data } = useAlerts()
  const queues = useFloor((state) => state.queues)
  const isKnown = useFloor((state) => state.at !== null)
  const latest = useRef({ alerts: data?.items, queues, isKnown })
  useEffect(() => {
    latest.current = { alerts: data?.items, queues, isKnown }
  })
  const clock = use(ClockContext)
  useEffect(
    () =>
      clock.subscribe((now) => {
        const { alerts, queues: all, isKnown: isTold } = latest.current
        // A page that has just opened knows nothing yet: that is no silence.
        if (alerts && isTold && memory.look(alerts, all.values(), now)) ringer.play()
      }),
    [ringer, clock, memory],
  )
  return useSyncExternalStore(memory.subscribe, memory.getState)
}

/** One line for what calls; it may be hushed until the next call begins. */
export const CallLine = ({ calls, hushed }: CallState) => {
  const { t, language } = useTexts()
  const memory = useMemory()
  const shown = calls.filter(({ key }) => !hushed.has(key))
  const [first, second, ...rest] = shown
  if (!first) return null
  return (
    <div className="banner floor-calls" data-tone="bad" role="alert">
      <Icon name="bell" />
      <span className="grow">
        {[first, ...(second ? [second] : [])].map((call) => tellCall(call, t, language)).join(' · ')}
        {rest.length > 0 && ` · ${t('floor.alerts.more', { count: rest.length })}`}
      </span>
      <Button onClick={memory.hush}>{t('floor.alerts.hush')}</Button>
    </div>
  )
}

/** In the units that people type: shares as per cent. */
const shownThreshold = ({ figure, threshold }: FloorAlert) => (shares.has(figure) ? Math.round(threshold * 1000) / 10 : threshold)
const keptThreshold = (figure: FloorAlert['figure'], typed: number) => (shares.has(figure) ? typed / 100 : typed)
const usual: Record<FloorAlert['figure'], number> = { waiting: 5, longestWait: 60, serviceLevel: 0.8, abandonment: 0.05, firstResponse: 60, available: 1 }

const AlertFields = ({ alert, onChange, onRemove }: { alert: FloorAlert; onChange: (alert: FloorAlert) => void; onRemove: () => void }) => {
  const { t } = useTexts()
  const queues = useFloor((state) => state.queues)
  const isBelow = alert.figure === 'serviceLevel' || alert.figure === 'available'
  return (
    <li className="alert-row">
      <Select
        label={t('floor.alerts.queue')}
        data={[{ value: '', label: t('floor.alerts.anyQueue') }, ...[...queues.values()].map(({ id, name }) => ({ value: id as string, label: name }))]}
        value={alert.queueId ?? ''}
        allowDeselect={false}
        onChange={(id) => onChange({ ...alert, queueId: id ? (id as QueueId) : null })}
      />
      <Select
        label={t('floor.alerts.figure')}
        data={alertFigures.map((figure) => ({ value: figure, label: t(`floor.alerts.figures.${figure}`) }))}
        value={alert.figure}
        allowDeselect={false}
        onChange={(figure) => figure && onChange({ ...alert, figure: figure as FloorAlert['figure'], threshold: usual[figure as FloorAlert['figure']] })}
      />
      <NumberInput
        label={t(isBelow ? 'floor.alerts.under' : 'floor.alerts.over')}
        min={0}
        max={shares.has(alert.figure) ? 100 : 100_000}
        value={shownThreshold(alert)}
        onChange={(typed) => typeof typed === 'number' && onChange({ ...alert, threshold: keptThreshold(alert.figure, typed) })}
      />
      <WholeNumber label={t('floor.alerts.forSeconds')} min={0} max={3600} disabled={false} error={undefined} value={alert.forSeconds} onChange={(forSeconds) => onChange({ ...alert, forSeconds })} />
      <IconButton icon="close" label={t('floor.alerts.remove')} onClick={onRemove} />
    </li>
  )
}

const AlertsForm = ({ items, onClose }: { items: readonly FloorAlert[]; onClose: () => void }) => {
  const { t } = useTexts()
  const api = useApi()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(items)
  const save = useMutation({
    mutationFn: () => api.call(floorRoutes.putFloorAlerts, { body: { items: [...draft] } }),
    onSuccess: (answer) => {
      queries.setQueryData(alertsKey, answer)
      toast(t('floor.alerts.saved'))
      onClose()
    },
    onError: (error) => toastFailure(t(`errors.${failureOf(error)}`)),
  })
  useKeys({ save: () => save.mutate() }, { inDialog: true })
  return (
    <>
      <p className="t2">{t('floor.alerts.text')}</p>
      {draft.length === 0 && <p className="t3 alert-none">{t('floor.alerts.none')}</p>}
      <ul className="alert-rows">
        {draft.map((alert, index) => (
          <AlertFields
            key={alert.id}
            alert={alert}
            onChange={(changed) => setDraft(draft.map((one, at) => (at === index ? changed : one)))}
            onRemove={() => setDraft(draft.filter((_, at) => at !== index))}
          />
        ))}
      </ul>
      <div className="dialog-acts">
        <Button size="md" leftSection={<Icon name="plus" size={14} />} onClick={() => setDraft([...draft, { id: crypto.randomUUID(), queueId: null, figure: 'longestWait', threshold: usual.longestWait, forSeconds: 10 }])}>
          {t('floor.alerts.add')}
        </Button>
        <Button variant="filled" size="md" loading={save.isPending} onClick={() => save.mutate()} rightSection={<KeyCap action="save" />}>
          {t('common.save')}
        </Button>
      </div>
    </>
  )
}

export const AlertsDialog = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const { t } = useTexts()
  const alerts = useAlerts()
  return (
    <Modal opened={opened} onClose={onClose} title={t('floor.alerts.title')} size={720} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {alerts.isPending ? (
        <Skeleton rows={3} height={44} />
      ) : alerts.isError ? (
        <Failed title={t('floor.alerts.title')} failure={failureOf(alerts.error)} onRetry={() => void alerts.refetch()} />
      ) : (
        <AlertsForm items={alerts.data.items} onClose={onClose} />
      )}
    </Modal>
  )
}
