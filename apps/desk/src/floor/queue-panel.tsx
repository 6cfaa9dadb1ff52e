/** One queue beside the floor: who waits, and handing them on, one or many. */
import { Button, Checkbox } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { floorRoutes, type FloorSlot } from '@otklik/contract/floor'
import type { ContactId, QueueId } from '@otklik/model/ids'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { failureOf, useApi } from '../api.ts'
import { customerName } from '../parts/customer-name.ts'
import { Icon } from '../parts/icons.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { Failed, Skeleton } from '../parts/states.tsx'
import { Timer } from '../parts/timer.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { useTexts } from '../texts/texts.ts'
import { MoveDialog } from './move-dialog.tsx'
import { useFloorQueue } from './use-floor.tsx'
import type { Steering } from './use-steering.ts'

const refetchMs = 3000

export const QueuePanel = ({ id, steering, onContact }: { id: QueueId; steering: Steering; onContact: (contactId: ContactId) => void }) => {
  const { t } = useTexts()
  const api = useApi()
  const navigate = useNavigate()
  const queue = useFloorQueue(id)
  const [chosen, setChosen] = useState<ReadonlySet<ContactId>>(new Set())
  const [moving, setMoving] = useState(false)
  const waiting = useQuery({
    // Somebody came or went: look at once.
    queryKey: ['floor-waiting', id, queue?.waiting, queue?.oldestAt],
    queryFn: ({ signal }) => api.call(floorRoutes.waitingContacts, { params: { id }, signal }),
    placeholderData: (before) => before,
    refetchInterval: refetchMs,
  })
  const items: readonly FloorSlot[] = waiting.data?.items ?? []
  const own = items.filter(({ contactId }) => chosen.has(contactId)).map(({ contactId }) => contactId)
  const choose = (contactId: ContactId, on: boolean) => setChosen((before) => new Set(on ? [...before, contactId] : [...before].filter((one) => one !== contactId)))
  useKeys({ floorMove: own.length > 0 ? () => setMoving(true) : undefined })
  if (!queue) return <p className="t3 floor-none">{t('floor.noQueues')}</p>
  return (
    <>
      <div className="who">
        <div className="grow">
          <h2 className="cut" title={queue.name}>{queue.name}</h2>
          <p className="t3 s12">{t('floor.waitingHere', { count: queue.waiting })} · {t('floor.inHand', { count: queue.inHand })}</p>
          <Link className="s12" to={`/reports/day?queue=${id}`}>{t('floor.report')}</Link>
        </div>
        <button type="button" className="icon-button" aria-label={t('floor.close')} onClick={() => void navigate('/floor')}>
          <Icon name="close" />
        </button>
      </div>
      <section>
        {waiting.isPending ? (
          <Skeleton rows={3} height={44} />
        ) : waiting.isError && waiting.data === undefined ? (
          <Failed title={t('floor.failed')} failure={failureOf(waiting.error)} onRetry={() => void waiting.refetch()} />
        ) : items.length === 0 ? (
          <p className="t3">{t('floor.nobodyWaitsHere')}</p>
        ) : (
          <>
            <Checkbox
              label={t('floor.chooseAll')}
              checked={own.length === items.length}
              indeterminate={own.length > 0 && own.length < items.length}
              onChange={(event) => setChosen(new Set(event.currentTarget.checked ? items.map(({ contactId }) => contactId) : []))}
            />
            <ul className="floor-waiting">
              {items.map((slot) => {
                const name = customerName({ name: slot.customerName, number: slot.customerNumber }, t)
                return (
                  <li key={slot.contactId}>
                    <Checkbox aria-label={name} checked={chosen.has(slot.contactId)} onChange={(event) => choose(slot.contactId, event.currentTarget.checked)} />
                    <button type="button" className="grow" onClick={() => onContact(slot.contactId)}><span className="cut" title={name}>{name}</span></button>
                    {slot.state === 'offered' && <span className="tag">{t('floor.slots.offered')}</span>}
                    <Timer since={slot.since} targetSeconds={queue.targetSeconds} />
                  </li>
                )
              })}
            </ul>
            {waiting.data?.more && <p className="t3 s12">{t('floor.moreWait', { count: items.length })}</p>}
          </>
        )}
      </section>
      {own.length > 0 && (
        <div className="floor-move">
          <Button variant="filled" fullWidth justify="space-between" onClick={() => setMoving(true)} rightSection={<KeyCap action="floorMove" />}>
            {t('floor.moveChosen', { count: own.length })}
          </Button>
        </div>
      )}
      <MoveDialog
        count={own.length}
        from={id}
        opened={moving}
        onClose={() => setMoving(false)}
        onMove={(to, name) => {
          setMoving(false)
          steering.move.mutate({ contactIds: own, to, name })
          setChosen(new Set())
        }}
      />
    </>
  )
}
