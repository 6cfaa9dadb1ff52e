/** The head of a conversation. */
import { Button, Menu } from '@mantine/core'
import type { ContactView } from '@otklik/contract/views'
import { useNavigate } from 'react-router'
import { keyShortcut } from '../keys.ts'
import { ChannelIcon } from '../parts/channel-icon.tsx'
import { customerName, regionWords } from '../parts/customer-name.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { Icon } from '../parts/icons.tsx'
import { isMac, KeyCap } from '../parts/key-cap.tsx'
import { PlaceHeading } from '../parts/place-heading.tsx'
import { StateDot } from '../parts/state-dot.tsx'
import { Timer } from '../parts/timer.tsx'
import { performAction } from '../parts/use-keys.ts'
import { formatClock } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { useDeskState } from './desk-context.tsx'

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

/** Who it is, how long they wait and against what, and what can be done with the contact. */
export const ConversationHeader = ({
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
