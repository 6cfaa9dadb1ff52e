import { Button } from '@mantine/core'
import type { ContactView, OfferReason } from '@otklik/contract/views'
import { useTexts, type Translate } from '../texts/texts.ts'
import { ChannelIcon } from './channel-icon.tsx'
import { wordsOrFile } from '../attachments/file-words.ts'
import { customerName, regionWords, wordDuration } from './customer-name.ts'
import { Icon } from './icons.tsx'
import { KeyCap } from './key-cap.tsx'
import { Remaining, SpanBar, Timer } from './timer.tsx'
import { useNeedsAlt } from './use-keys.ts'

/**
 * Why this agent was asked, as a colleague would say it.
 * @param isFresh it comes from nobody: then it was kept for who helped the customer last
 */
export const offerReason = (reason: OfferReason, t: Translate, isFresh = false): string => {
  if (reason.rule === 'sticky') return t(isFresh ? 'offer.helpedLast' : 'offer.reserved')
  if (reason.rule === 'pick') return t('offer.picked')
  if (reason.isHelp) return t('offer.help')
  if (reason.rule === 'agent') return t('offer.agent')
  if (reason.candidates === 0) return t('offer.onlyYou')
  return t(reason.fit === 0 ? 'offer.exact' : 'offer.able', { count: reason.candidates })
}

/** The same of an offer that comes again: that it was refused tells why only where nobody else could be asked. */
export const againReason = ({ reason, before }: NonNullable<ContactView['offer']>, t: Translate, isFresh = false): string =>
  before !== null && reason.candidates === 0 && (reason.rule === 'arrival' || reason.rule === 'agent') ? t(`offer.${before}`) : offerReason(reason, t, isFresh)

/** From whom it comes and what they wrote for whoever is next. */
const Handed = ({ contact: { handed } }: { contact: ContactView }) => {
  const { t } = useTexts()
  if (!handed) return null
  const from = handedWords(handed, t)
  return (
    <div className="offer-handed">
      <p>{from}</p>
      {handed.note && (
        <p className="words" title={handed.note}>
          {handed.note}
        </p>
      )}
    </div>
  )
}

/** Why a contact came back to the queue, as a colleague would say it. */
export const handedWords = ({ cause, by }: NonNullable<ContactView['handed']>, t: Translate): string =>
  by === null ? t(`handed.${cause}Plain`) : t(`handed.${cause}`, { name: by })

/** A contact that asks to be taken: who, why me, how long they have waited, and how long I have. */
export const OfferCard = ({ contact, keys, seen, onAccept, onDecline }: {
  contact: ContactView
  /** The keys are for this one of several. */
  keys: boolean
  /** They are taken: it has been on the screen for a moment. */
  seen: boolean
  onAccept: () => void
  onDecline: () => void
}) => {
  const { t } = useTexts()
  const acceptByAlt = useNeedsAlt('accept')
  // There is no room for both with Alt; the one to be quick with keeps its cap.
  const declineByAlt = useNeedsAlt('decline')
  const { offer } = contact
  if (!offer) return null
  const name = customerName(contact.customer, t)
  const where = [t(`channels.${contact.channel}`), contact.queue.name].join(' · ')
  const region = regionWords(contact.customer.region)
  const last = contact.lastMessage
  const said = last && wordsOrFile(last.text, last.file, t)
  const words = last === null || said === null ? t('desk.noWords') : last.author === 'agent' ? t('desk.answered', { text: said }) : said
  return (
    <section className="offer" data-seen={seen} aria-label={t('offer.announced', { name, queue: contact.queue.name })}>
      <div className="offer-head">
        <b>{t('offer.title')}</b>
        <span className="t3 num">
          <Remaining
            from={offer.offeredAt}
            until={offer.expiresAt}
            render={(seconds) => t('offer.left', { time: wordDuration(seconds, t) })}
          />
        </span>
      </div>
      <div className="offer-who">
        <ChannelIcon channel={contact.channel} />
        <span className="grow">
          <span className="line">
            <span className="cut" title={[name, ...region].join(' · ')}>
              <b className="strong">{name}</b>
              <span className="t3">{region.map((words) => ` · ${words}`)}</span>
            </span>
            <Timer since={contact.waitingSince ?? contact.arrivedAt} targetSeconds={contact.queue.targetSeconds} />
          </span>
          <span className="t2 s12 cut words" title={words}>
            {words}
          </span>
        </span>
      </div>
      <p className="t3 s12 cut" title={where}>
        {where}
      </p>
      <Handed contact={contact} />
      <p className="offer-why">
        <Icon name="spark" size={14} />
        <span>{againReason(offer, t, contact.handed === null)}</span>
      </p>
      <div className="offer-acts">
        <Button
          variant="filled"
          className="grow"
          justify="space-between"
          onClick={onAccept}
          rightSection={keys && <KeyCap action="accept" withAlt={acceptByAlt} />}
        >
          {t('offer.accept')}
        </Button>
        <Button onClick={onDecline} rightSection={keys && !declineByAlt && <KeyCap action="decline" />}>
          {t('offer.decline')}
        </Button>
      </div>
      <SpanBar from={offer.offeredAt} until={offer.expiresAt} shows="left" />
    </section>
  )
}
