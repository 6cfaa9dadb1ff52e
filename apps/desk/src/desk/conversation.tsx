/** One conversation: what was said, and the place to answer or, at the end, to say how it ended. */
import { Button, Menu } from '@mantine/core'
import { routes } from '@otklik/contract/routes'
import type { DeskTemplate } from '@otklik/contract/templates'
import type { ContactView } from '@otklik/contract/views'
import type { ContactId } from '@otklik/model/ids'
import { useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { failureOf, useApi } from '../api.ts'
import { keyShortcut } from '../keys.ts'
import { ChannelIcon } from '../parts/channel-icon.tsx'
import { pageClock } from '../parts/clock.ts'
import { Composer } from '../parts/composer.tsx'
import { customerName, regionWords } from '../parts/customer-name.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { PlaceHeading } from '../parts/place-heading.tsx'
import { Icon } from '../parts/icons.tsx'
import { isMac, KeyCap } from '../parts/key-cap.tsx'
import { StateDot } from '../parts/state-dot.tsx'
import { Timer } from '../parts/timer.tsx'
import { endToast, toast, toastFailure } from '../parts/toast.ts'
import { performAction, useKeys } from '../parts/use-keys.ts'
import { WrapUpBox, type WrapUpOutcome } from '../parts/wrap-up-box.tsx'
import { useSession } from '../sign-in/session.ts'
import { fillTemplate, otherOf, wordsFor } from '../templates/fill.ts'
import { useTemplates } from '../templates/use-templates.ts'
import { formatClock, formatDayTime } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { AnswerDialog, EscalateDialog, TransferDialog } from './hand-over-dialogs.tsx'
import { useCatalogue, useDesk, useDeskState } from './desk-context.tsx'
import type { Pending } from './desk-state.ts'
import type { Outcome } from './desk-store.ts'
import { MessageLog } from './message-log.tsx'
import { nextAfter, shownAs } from './sorting.ts'
import { SnoozeDialog } from './snooze-dialog.tsx'
import { StoryDialog } from './story-dialog.tsx'


interface HeaderProps {
  readonly contact: ContactView
  readonly inWrapUp: boolean
  readonly accepting: boolean
  readonly others: number
  readonly onTransfer: () => void
  readonly onEscalate: () => void
  readonly onReopen: () => void
  readonly onSnooze: () => void
  readonly onStory: () => void
  readonly onCustomer: (() => void) | null
}

const Header = ({
  contact,
  inWrapUp,
  accepting,
  others,
  onTransfer,
  onEscalate,
  onReopen,
  onSnooze,
  onStory,
  onCustomer,
}: HeaderProps) => {
  const { t } = useTexts()
  const navigate = useNavigate()
  const watchers = useDeskState((state) => state.watchers.get(contact.id))
  const name = customerName(contact.customer, t)
  const line2 = contact.queue.line === 2 ? [t('conversation.line2')] : []
  const where = [
    t(`channels.${contact.channel}`),
    ...regionWords(contact.customer.region),
    t('conversation.queue', { name: contact.queue.name }),
    ...line2,
  ].join(' · ')
  return (
    <header className="talk-head">
      <span className="only-phone">
        <IconButton
          icon="back"
          label={t('conversation.toList')}
          action="back"
          onClick={() => void navigate('/contacts')}
        />
      </span>
      <div className="grow">
        <PlaceHeading alone={640}>
          <span className="cut" title={name}>
            {name}
          </span>
          {accepting ? (
            <span className="timer off">{t('desk.accepting')}</span>
          ) : inWrapUp ? (
            <span className="timer inner">
              <StateDot state="wrapUp" />
              <span className="no-phone">{t('conversation.wrapUp')}</span>
              <span className="only-phone hidden-text">{t('conversation.wrapUp')}</span>
            </span>
          ) : (
            contact.waitingSince !== null && (
              <span className="waits" title={t('conversation.waits')}>
                <span className="no-phone">{t('conversation.waits')}</span>
                <span className="only-phone hidden-text">{t('conversation.waits')}</span>
                <Timer since={contact.waitingSince} targetSeconds={contact.queue.targetSeconds} />
                <span className="t3 no-phone">{t('conversation.of', { time: formatClock(contact.queue.targetSeconds) })}</span>
              </span>
            )
          )}
        </PlaceHeading>
        <p className="talk-where">
          <ChannelIcon channel={contact.channel} bare />
          <span className="cut" title={where}>
            <span className="no-phone">{where}</span>
            <span className="talk-queue">{[contact.queue.name, ...line2].join(' · ')}</span>
          </span>
          {watchers && watchers.length > 0 && (
            <span className="watchers" title={t('watching.by', { names: watchers.join(', ') })}>
              <Icon name="eye" size={14} />
              <span className="cut">{t('watching.by', { names: watchers.join(', ') })}</span>
            </span>
          )}
        </p>
      </div>
      {others > 0 && <span className="only-phone t3 s12 others">{t('desk.more', { count: others })}</span>}
      {inWrapUp ? (
        <>
          <Button
            className="no-phone"
            onClick={onReopen}
            aria-keyshortcuts={keyShortcut('reopen', isMac)}
            rightSection={<KeyCap action="reopen" />}
          >
            {t('conversation.reopen')}
          </Button>
          <span className="only-phone">
            <IconButton icon="retry" label={t('conversation.reopen')} action="reopen" onClick={onReopen} />
          </span>
        </>
      ) : (
        <>
          <IconButton icon="transfer" label={t('conversation.transfer')} action="transfer" onClick={onTransfer} />
          {contact.escalated && contact.queue.line === 2 && <IconButton
            icon="down"
            label={t('escalate.answerTitle')}
            action="escalate"
            onClick={onEscalate}
          />}
          {contact.queue.hasEscalation && <IconButton
            icon="up"
            label={t('conversation.escalate')}
            action="escalate"
            onClick={onEscalate}
          />}
        </>
      )}
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <button type="button" className="icon-button" aria-label={t('work.more')} title={t('work.more')}>
            <Icon name="more" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {!inWrapUp && (
            <Menu.Item leftSection={<Icon name="clock" />} rightSection={<KeyCap action="snooze" />} onClick={onSnooze}>
              {t('work.snooze')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Icon name="inbox" />} rightSection={<KeyCap action="story" />} onClick={onStory}>
            {t('work.story')}
          </Menu.Item>
          {onCustomer && (
            <Menu.Item leftSection={<Icon name="book" />} rightSection={<KeyCap action="knowledge" />} onClick={() => performAction('knowledge')}>
              {t('knowledge.title')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<Icon name="edit" />} rightSection={<KeyCap action="templates" />} onClick={() => performAction('templates')}>
            {t('templates.ownTitle')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {onCustomer && <IconButton
        icon="person"
        label={t('conversation.customer')}
        action="customer"
        onClick={onCustomer}
      />}
    </header>
  )
}

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
      <Header
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
