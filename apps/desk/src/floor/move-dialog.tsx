/** Where one contact or many go: a queue, or an agent who is at work; all of those whom the supervisor sees. */
import { Modal } from '@mantine/core'
import type { QueueId } from '@otklik/model/ids'
import { useRef, useState } from 'react'
import type { TransferTarget } from '../desk/desk-store.ts'
import { Icon } from '../parts/icons.tsx'
import { OptionList } from '../parts/option-list.tsx'
import { StateDot } from '../parts/state-dot.tsx'
import { useTexts } from '../texts/texts.ts'
import { shownOf, type FloorState } from './floor-state.ts'
import { useFloor } from './use-floor.tsx'

type Option = { readonly id: string; readonly name: string; readonly to: TransferTarget; readonly rank: number }

const optionsOf = ({ queues, agents }: Pick<FloorState, 'queues' | 'agents'>, from: QueueId | undefined): readonly Option[] => [
  ...[...queues.values()].filter(({ id }) => id !== from).map(({ id, name }): Option => ({ id, name, to: { kind: 'queue', queueId: id }, rank: 0 })),
  ...[...agents.values()]
    .filter(({ presence }) => presence.state !== 'offline')
    .map(({ id, name, presence, slots, maxTotal }): Option => ({ id, name, to: { kind: 'agent', agentId: id }, rank: presence.state === 'available' ? 1 + slots.length / (maxTotal + 1) : 3 }))
    .sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name)),
]

const Aside = ({ option }: { option: Option }) => {
  const { t } = useTexts()
  const agent = useFloor((state) => (option.to.kind === 'agent' ? state.agents.get(option.to.agentId) : undefined))
  const queue = useFloor((state) => (option.to.kind === 'queue' ? state.queues.get(option.to.queueId) : undefined))
  if (agent) {
    const free = Math.max(0, agent.maxTotal - agent.slots.length)
    const state = shownOf(agent)
    return (
      <span className="aside">
        {agent.presence.state !== 'available' ? t(`presence.${agent.presence.state}`) : free > 0 ? t('transfer.free', { count: free }) : t('transfer.full')}
        <StateDot state={state} />
      </span>
    )
  }
  return (
    <span className="aside">
      {queue && (queue.available === 0 ? t('transfer.nobodyThere') : t('transfer.onDuty', { count: queue.available }))}
      <Icon name="inbox" size={14} />
    </span>
  )
}

const MoveForm = ({ from, onMove }: { from: QueueId | undefined; onMove: (to: TransferTarget, name: string) => void }) => {
  const { t } = useTexts()
  const queues = useFloor((state) => state.queues)
  const agents = useFloor((state) => state.agents)
  // As they were when the dialog opened: rows must not move under the finger.
  const [options] = useState(() => optionsOf({ queues, agents }, from))
  const field = useRef<HTMLInputElement>(null)
  return (
    <OptionList
      items={options}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      aside={(option) => <Aside option={option} />}
      label={t('transfer.filter')}
      placeholder={t('transfer.filter')}
      hint={t('floor.moveKeys')}
      nothing={t('transfer.notFound')}
      chosen={null}
      onChoose={() => undefined}
      onDone={({ to, name }) => onMove(to, name)}
      fieldRef={field}
      alwaysOpen
    />
  )
}

/** @param from the queue where they wait: it is no place to go */
export const MoveDialog = ({ count, from, opened, onClose, onMove }: { count: number; from?: QueueId; opened: boolean; onClose: () => void; onMove: (to: TransferTarget, name: string) => void }) => {
  const { t } = useTexts()
  return (
    <Modal opened={opened} onClose={onClose} title={t('floor.moveTitle', { count })} size={560} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <MoveForm from={from} onMove={onMove} />
    </Modal>
  )
}
