/** Handing a contact over to a queue or a colleague, with a note for whoever is next. */
import { Button, Modal, Textarea } from '@mantine/core'
import { messageLimit } from '@otklik/contract/fields'
import type { CatalogueView, ContactView } from '@otklik/contract/views'
import { useRef, useState } from 'react'
import { Icon } from '../parts/icons.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { OptionList } from '../parts/option-list.tsx'
import { StateDot } from '../parts/state-dot.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { useTexts } from '../texts/texts.ts'
import { useCatalogue, useDeskState } from './desk-context.tsx'
import type { TransferTarget } from './desk-store.ts'
import { NobodyThere } from './nobody-there.tsx'

type Option =
  | {
    readonly kind: 'queue'
    readonly id: string
    readonly name: string
    readonly to: TransferTarget
    readonly line: number
    readonly onDuty: number
    readonly onBreak: number
  }
  | {
    readonly kind: 'agent'
    readonly id: string
    readonly name: string
    readonly to: TransferTarget
    readonly colleague: CatalogueView['colleagues'][number]
  }

/** Where this contact may go: other queues, then colleagues on duty, those with a free place first. */
export const transferOptions = (
  catalogue: Pick<CatalogueView, 'queues' | 'colleagues'>,
  contact: Pick<ContactView, 'queue'>,
  me: string | undefined,
): readonly Option[] =>
  [
    ...catalogue.queues
      .filter((queue) => queue.id !== contact.queue.id)
      .map((queue): Option => ({
        kind: 'queue',
        id: queue.id,
        name: queue.name,
        line: queue.line,
        onDuty: queue.onDuty,
        onBreak: queue.onBreak,
        to: { kind: 'queue', queueId: queue.id },
      })),
    ...catalogue.colleagues
      .filter((colleague) => colleague.id !== me && colleague.presence !== 'offline')
      .sort((a, b) => Number(b.presence === 'available') - Number(a.presence === 'available') ||
        b.freeSlots - a.freeSlots ||
        a.name.localeCompare(b.name))
      .map((colleague): Option => ({
        kind: 'agent',
        id: colleague.id,
        name: colleague.name,
        colleague,
        to: { kind: 'agent', agentId: colleague.id },
      })),
  ]

const Aside = ({ option }: { option: Option }) => {
  const { t } = useTexts()
  if (option.kind === 'queue')
    return (
      <span className="aside">
        {option.line === 2 && <span className="no-phone">{t('transfer.secondLine')}</span>}
        {[
          ...(option.onDuty > 0 ? [t('transfer.onDuty', { count: option.onDuty })] : []),
          ...(option.onBreak > 0 ? [t('transfer.onBreak', { count: option.onBreak })] : []),
        ].join(', ') || t('transfer.nobodyThere')}
        <Icon name="inbox" size={14} />
      </span>
    )
  const { presence, freeSlots, teamName } = option.colleague
  return (
    <span className="aside">
      <span className="cut no-phone" title={teamName ?? ''}>
        {teamName}
      </span>
      {presence !== 'available'
        ? t(`presence.${presence}`)
        : freeSlots > 0 ? t('transfer.free', { count: freeSlots }) : t('transfer.full')}
      <StateDot state={presence} />
    </span>
  )
}

interface TransferDialogProps {
  readonly opened: boolean
  readonly contact: ContactView
  readonly onClose: () => void
  readonly onTransfer: (to: TransferTarget, name: string, note: string) => void
}

const TransferForm = ({ contact, onTransfer }: Pick<TransferDialogProps, 'contact' | 'onTransfer'>) => {
  const { t } = useTexts()
  const catalogue = useCatalogue({ live: true })
  const me = useDeskState((state) => state.me?.id)
  const [chosen, setChosen] = useState<Option | null>(null)
  const [note, setNote] = useState('')
  const [isAsked, setAsked] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const noteField = useRef<HTMLTextAreaElement>(null)
  const options = catalogue.data ? transferOptions(catalogue.data, contact, me) : []
  const go = () => {
    setAsked(true)
    if (chosen) onTransfer(chosen.to, chosen.name, note.trim())
    else field.current?.focus()
  }
  const isMissing = isAsked && chosen === null
  useKeys({ done: go }, { inDialog: true })

  if (catalogue.data && options.length === 0) return <p className="t2">{t('transfer.nobody')}</p>
  return (
    <div className="stack">
      <OptionList
        items={options}
        idOf={(option) => option.id}
        nameOf={(option) => option.name}
        aside={(option) => <Aside option={option} />}
        label={t('transfer.filter')}
        placeholder={t('transfer.filter')}
        hint={t('transfer.keys')}
        nothing={t('transfer.notFound')}
        chosen={chosen}
        onChoose={setChosen}
        onDone={() => noteField.current?.focus()}
        fieldRef={field}
        invalid={isMissing}
        alwaysOpen // a box that shrinks under the finger moves what is pressed next
      />
      {isMissing && <p className="field-error" role="alert">{t('transfer.choose')}</p>}
      {chosen?.kind === 'queue' && chosen.onDuty === 0 && <NobodyThere onBreak={chosen.onBreak} />}
      <Textarea
        ref={noteField}
        label={t('transfer.note')}
        placeholder={t('transfer.noteHint')}
        rows={3}
        maxLength={messageLimit}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className="dialog-acts">
        <Button
          variant="filled"
          size="md"
          onClick={go}
          rightSection={<KeyCap action="done" />}
        >
          {t('transfer.do')}
        </Button>
      </div>
    </div>
  )
}

export const TransferDialog = ({ opened, contact, onClose, onTransfer }: TransferDialogProps) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('transfer.title')}
      size={560}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <TransferForm contact={contact} onTransfer={onTransfer} />
    </Modal>
  )
}
