/** Handing a contact to the second line with a summary, and back with an answer. */
import { Button, Modal, Textarea } from '@mantine/core'
import { messageLimit } from '@otklik/contract/fields'
import type { ContactView } from '@otklik/contract/views'
import { useRef, useState } from 'react'
import { KeyCap } from '../parts/key-cap.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { useTexts } from '../texts/texts.ts'
import { useCatalogue } from './desk-context.tsx'
import { NobodyThere } from './nobody-there.tsx'

/** Two of these and their headings fit into one note. */
const summaryLimit = messageLimit / 2 - 100

const EscalateForm = ({ contact, onEscalate }: { contact: ContactView; onEscalate: (note: string) => void }) => {
  const { t } = useTexts()
  const { queues = [] } = useCatalogue({ live: true }).data ?? {}
  const upper = queues.find(({ id }) => id === queues.find((queue) => queue.id === contact.queue.id)?.escalationQueueId)
  const [need, setNeed] = useState('')
  const [tried, setTried] = useState('')
  const [isAsked, setAsked] = useState(false)
  const needField = useRef<HTMLTextAreaElement>(null)
  const go = () => {
    setAsked(true)
    if (need.trim() === '') return needField.current?.focus()
    const parts = [t('escalate.summaryNeed', { words: need.trim() }), ...(tried.trim() === '' ? [] : [t('escalate.summaryTried', { words: tried.trim() })])]
    return onEscalate(parts.join('\n'))
  }
  useKeys({ done: go }, { inDialog: true })
  return (
    <div className="stack">
      <p className="t2">{t('escalate.text')}</p>
      {upper?.onDuty === 0 && <NobodyThere onBreak={upper.onBreak} />}
      <Textarea
        ref={needField}
        data-autofocus
        label={t('escalate.need')}
        placeholder={t('escalate.needHint')}
        rows={2}
        maxLength={summaryLimit}
        value={need}
        error={isAsked && need.trim() === '' && t('fieldErrors.required')}
        onChange={(event) => setNeed(event.currentTarget.value)}
      />
      <Textarea
        label={t('escalate.tried')}
        placeholder={t('escalate.triedHint')}
        rows={2}
        maxLength={summaryLimit}
        value={tried}
        onChange={(event) => setTried(event.currentTarget.value)}
      />
      <div className="dialog-acts">
        <Button variant="filled" size="md" onClick={go} rightSection={<KeyCap action="done" />}>
          {t('escalate.do')}
        </Button>
      </div>
    </div>
  )
}

export const EscalateDialog = ({ opened, contact, onClose, onEscalate }: {
  opened: boolean
  contact: ContactView
  onClose: () => void
  onEscalate: (note: string) => void
}) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('escalate.title')}
      size={440}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <EscalateForm contact={contact} onEscalate={onEscalate} />
    </Modal>
  )
}

const AnswerForm = ({ contact, onAnswer }: { contact: ContactView; onAnswer: (answer: string) => void }) => {
  const { t } = useTexts()
  const [answer, setAnswer] = useState('')
  const [isAsked, setAsked] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const go = () => {
    setAsked(true)
    if (answer.trim() === '') return field.current?.focus()
    return onAnswer(answer.trim())
  }
  useKeys({ done: go }, { inDialog: true })
  return (
    <div className="stack">
      <p className="t2">{t('escalate.answerText', { name: contact.escalated?.by ?? '' })}</p>
      <Textarea
        ref={field}
        data-autofocus
        label={t('escalate.answer')}
        placeholder={t('escalate.answerHint')}
        rows={4}
        maxLength={messageLimit}
        value={answer}
        error={isAsked && answer.trim() === '' && t('fieldErrors.required')}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
      <div className="dialog-acts">
        <Button variant="filled" size="md" onClick={go} rightSection={<KeyCap action="done" />}>
          {t('escalate.doAnswer')}
        </Button>
      </div>
    </div>
  )
}

/** The second line gives a contact back with its answer. */
export const AnswerDialog = ({ opened, contact, onClose, onAnswer }: {
  opened: boolean
  contact: ContactView
  onClose: () => void
  onAnswer: (answer: string) => void
}) => {
  const { t } = useTexts()
  return (
    <Modal opened={opened} onClose={onClose} title={t('escalate.answerTitle')} size={480} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <AnswerForm contact={contact} onAnswer={onAnswer} />
    </Modal>
  )
}
