/** One conversation: what was said, and the place to answer or, at the end, to say how it ended. */
import { routes } from '@otklik/contract/routes'
import type { DeskTemplate } from '@otklik/contract/templates'
import type { ContactView } from '@otklik/contract/views'
import type { ContactId } from '@otklik/model/ids'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { failureOf, useApi } from '../api.ts'
import { pageClock } from '../parts/clock.ts'
import { Composer } from '../parts/composer.tsx'
import { endToast, toast, toastFailure } from '../parts/toast.ts'
import { performAction, useKeys } from '../parts/use-keys.ts'
import { WrapUpBox, type WrapUpOutcome } from '../parts/wrap-up-box.tsx'
import { useSession } from '../sign-in/session.ts'
import { fillTemplate, otherOf, wordsFor } from '../templates/fill.ts'
import { useTemplates } from '../templates/use-templates.ts'
import { formatDayTime } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { ConversationHeader } from './conversation-header.tsx'
import { AnswerDialog, EscalateDialog } from './second-line-dialogs.tsx'
import { TransferDialog } from './transfer-dialog.tsx'
import { useCatalogue, useDesk, useDeskState } from './desk-context.tsx'
import type { Pending } from './desk-state.ts'
import type { Outcome } from './desk-store.ts'
import { MessageLog } from './message-log.tsx'
import { nextAfter, shownAs } from './sorting.ts'
import { SnoozeDialog } from './snooze-dialog.tsx'
import { StoryDialog } from './story-dialog.tsx'

interface ConversationProps {
  readonly contact: ContactView
  readonly pending: Pending | undefined
  /** How many more contacts are in hand. */
  readonly others: number
  /** Opens the customer's card; null where it stands beside. */
  readonly onCustomer: (() => void) | null
}

export const Conversation = ({ contact, pending, others, onCustomer }: ConversationProps) => {
  const { t, language } = useTexts()
  const timeZone = useDeskState((state) => state.me?.timeZone ?? 'UTC')
  const { store, drafts } = useDesk()
  const navigate = useNavigate()
  const catalogue = useCatalogue()
  const thread = useDeskState((state) => state.threads.get(contact.id))
  const [dialog, setDialog] = useState<'transfer' | 'escalate' | 'snooze' | 'story' | null>(null)
  const { id } = contact
  const shown = shownAs(contact, pending)
  const inWrapUp = shown === 'wrapUp'
  // The customer writes again while the outcome is being written down: the words go on into the note, never to the
  // customer, until the agent turns to the conversation.
  const [was, setWas] = useState({ inWrapUp, interrupted: false })
  if (was.inWrapUp !== inWrapUp) setWas({ inWrapUp, interrupted: was.inWrapUp && pending !== 'reopening' })
  const interrupted = was.interrupted && shown === 'active'
  const turnToReply = () => setWas((now) => ({ ...now, interrupted: false }))

  const mayAnswer = contact.escalated !== null && contact.queue.line === 2

  const goOn = (left: ContactId) => {
    const next = nextAfter(store.getState(), left)
    void navigate(next === null ? '/contacts' : `/contacts/${next}`, { replace: true })
  }
  const orSay = (outcome: Outcome) => {
    if (!outcome.ok) toastFailure(t(`errors.${outcome.failure}`))
    return outcome.ok
  }
  /** Says what would be lost, and shows where it stands. @returns whether there is any */
  const hasUnsent = (modes: readonly ('reply' | 'note')[] = ['reply', 'note']): boolean => {
    // What is just going is waited for; what waits or was refused may never go.
    if (store.getState().outgoing.some((message) => message.contactId === id && message.state !== 'sending')) {
      toast(t('conversation.unsentMessage'), id)
      document.querySelector<HTMLElement>('.not-sent button')?.focus()
      return true
    }
    const words = modes.find((mode) => drafts.read(id, mode).trim() !== '')
    const mode = words ?? modes.find((each) => store.uploads.of(id, each).length > 0)
    if (mode === undefined) return false
    toast(t(words === undefined ? 'attachments.unsent' : words === 'note' ? 'conversation.unsentNote' : 'conversation.unsentText'), id)
    performAction(mode)
    return true
  }
  const end = () => {
    if (hasUnsent()) return
    void store.end(id).then((outcome) => {
      // It never was at its end, and the customer has not written: the agent is back where the answer is written.
      if (!orSay(outcome)) turnToReply()
    })
  }
  /** Whoever gets the contact does not get what was not sent. */
  const askToWhom = (which: 'transfer' | 'escalate') => {
    if (!hasUnsent()) setDialog(which)
  }
  /** Words come back with the contact, files do not. */
  const askUntilWhen = () => {
    if (hasUnsent([])) return
    if (store.uploads.of(id, 'reply').length + store.uploads.of(id, 'note').length > 0) toast(t('attachments.unsent'), id)
    else setDialog('snooze')
  }
  const finish = (outcome: WrapUpOutcome, byItself: boolean) => {
    if (!byItself && hasUnsent([])) return
    const done = store.finish(id, outcome, byItself)
    // Nobody asked for it, so nobody is moved: the fingers may be in the middle of a word.
    if (byItself) toast(t('wrapUp.closedByLimit', { name: catalogue.data?.dispositions.find((each) => each.id === outcome.dispositionId)?.name ?? '' }))
    else goOn(id)
    void done.then((result) => {
      // Taken back: the agent returns to what still needs an outcome.
      if (!orSay(result) && store.getState().contacts.has(id)) void navigate(`/contacts/${id}`)
    })
  }
  const handOver = (work: Promise<Outcome>, said: string) => {
    setDialog(null)
    goOn(id)
    void work.then((outcome) => {
      if (orSay(outcome)) toast(said, id)
      else if (store.getState().contacts.has(id)) void navigate(`/contacts/${id}`)
    })
  }
  const api = useApi()
  const company = useSession().data?.company.name ?? ''
  const me = useDeskState((state) => state.me)
  const templates = useTemplates()
  const spoken = contact.customer.language ?? language
  const wordsOf = (template: DeskTemplate, isOther = false) =>
    fillTemplate(wordsFor(template, isOther ? otherOf(spoken) : spoken), {
      customer: contact.customer.name ?? '',
      agent: me?.name ?? '',
      company,
      queue: contact.queue.name,
    })
  const countUse = ({ id: templateId }: DeskTemplate) => {
    // A count that is missed is no reason to disturb anybody.
    api.call(routes.useTemplate, { params: { id: templateId } }).catch((error: unknown) => failureOf(error))
  }
  const reopen = () => void store.reopen(id).then(orSay)
  const isOpen = shown === 'active' && pending === undefined

  useKeys({
    transfer: inWrapUp ? undefined : () => askToWhom('transfer'),
    escalate: inWrapUp || (!contact.queue.hasEscalation && !mayAnswer) ? undefined : () => askToWhom('escalate'),
    snooze: isOpen ? askUntilWhen : undefined,
    story: () => setDialog('story'),
    end: isOpen && !interrupted ? end : undefined,
    reply: interrupted ? turnToReply : undefined,
    reopen: inWrapUp ? reopen : undefined,
  })

  // That something is unsent is said to whoever ends it; it has ended.
  useEffect(() => {
    if (inWrapUp) endToast(id)
  }, [inWrapUp, id])

  // What is on screen is read.
  const lastNumber = thread?.messages.at(-1)?.number ?? 0
  const { unread } = contact
  useEffect(() => {
    const read = () => {
      if (!document.hidden && unread > 0 && lastNumber > 0) void store.markRead(id, lastNumber)
    }
    read()
    document.addEventListener('visibilitychange', read)
    return () => document.removeEventListener('visibilitychange', read)
  }, [store, id, unread, lastNumber])

  return (
    <>
      <ConversationHeader
        contact={contact}
        inWrapUp={inWrapUp}
        accepting={pending === 'accepting'}
        others={others}
        onTransfer={() => askToWhom('transfer')}
        onEscalate={() => askToWhom('escalate')}
        onReopen={reopen}
        onSnooze={askUntilWhen}
        onStory={() => setDialog('story')}
        onCustomer={onCustomer}
      />
      <MessageLog contact={contact} thread={thread} />
      {inWrapUp || interrupted ? (
        <WrapUpBox
          key="wrapUp"
          contact={contact}
          dispositions={catalogue.data?.dispositions ?? []}
          drafts={drafts}
          onFinish={finish}
          onReply={interrupted ? turnToReply : null}
        />
      ) : (
        <Composer
          key="composer"
          contactId={id}
          drafts={drafts}
          uploads={store.uploads}
          onEnd={end}
          onTyping={() => store.typing(id)}
          templates={templates.data?.items ?? (templates.isError ? 'failed' : 'loading')}
          wordsOf={wordsOf}
          onTemplate={countUse}
          mayClose={() => !hasUnsent(['note'])}
          onSend={(visibility, text, macro) => {
            endToast(id)
            store.send(id, visibility, text)
            if (macro) finish({ dispositionId: macro.dispositionId, resolved: macro.resolved, note: '' }, false)
          }}
        />
      )}
      <TransferDialog
        opened={dialog === 'transfer'}
        contact={contact}
        onClose={() => setDialog(null)}
        onTransfer={(to, name, note) => handOver(store.transfer(id, to, note), t('transfer.done', { name }))}
      />
      <SnoozeDialog
        opened={dialog === 'snooze'}
        onClose={() => setDialog(null)}
        onSnooze={(until, note) => handOver(store.snooze(id, until, note), until === null
          ? t('work.snoozedByWord')
          : t('work.snoozed', { when: formatDayTime(until, pageClock.now(), language, timeZone) }))}
      />
      <StoryDialog id={id} timeZone={timeZone} opened={dialog === 'story'} onClose={() => setDialog(null)} />
      <AnswerDialog
        opened={dialog === 'escalate' && mayAnswer}
        contact={contact}
        onClose={() => setDialog(null)}
        onAnswer={(answer) => handOver(store.answerRaised(id, answer), t('escalate.answered'))}
      />
      <EscalateDialog
        opened={dialog === 'escalate' && !mayAnswer}
        contact={contact}
        onClose={() => setDialog(null)}
        onEscalate={(note) => handOver(store.escalate(id, note), t('escalate.done'))}
      />
    </>
  )
}
