/** One agent beside the floor: what they hold, what may be done, how their day goes. */
import { Button, Menu, Modal } from '@mantine/core'
import type { FloorAgent, FloorSlot } from '@otklik/contract/floor'
import { fewCases } from '@otklik/metrics/evaluate'
import type { AgentId, ContactId, ReasonId } from '@otklik/model/ids'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { useCatalogue } from '../desk/desk-context.tsx'
import { Icon } from '../parts/icons.tsx'
import { ChannelIcon } from '../parts/channel-icon.tsx'
import { customerName } from '../parts/customer-name.ts'
import { StateDot } from '../parts/state-dot.tsx'
import { Elapsed, Timer, useTick } from '../parts/timer.tsx'
import { formatDuration, formatNumber, formatShare, formatTime } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { Act, ContactActs } from './contact-acts.tsx'
import { agentToday, valueOf } from './figures.ts'
import { shownOf, shownSince } from './floor-state.ts'
import { useFloor, useFloorAgent } from './use-floor.tsx'
import type { Steering } from './use-steering.ts'

export const SlotRow = ({ slot, current, onChoose }: { slot: FloorSlot; current: boolean; onChoose: () => void }) => {
  const { t } = useTexts()
  const queue = useFloor((state) => state.queues.get(slot.queueId))
  const name = customerName({ name: slot.customerName, number: slot.customerNumber }, t)
  return (
    <button type="button" className="slot-row" aria-pressed={current} onClick={onChoose}>
      <ChannelIcon channel={slot.channel} />
      <span className="grow">
        <span className="line">
          <b className="cut" title={name}>{name}</b>
          {slot.waitingSince !== null && slot.state !== 'wrapUp' ? <Timer since={slot.waitingSince} targetSeconds={queue?.targetSeconds ?? 60} /> : <Elapsed since={slot.since} />}
        </span>
        <span className="line below">
          <span className="cut">{[queue?.name, t(`floor.slots.${slot.state}`)].filter(Boolean).join(' · ')}</span>
        </span>
      </span>
    </button>
  )
}

/** How the day goes; the running time is added every second without showing anything else again. */
const Today = ({ agent }: { agent: FloorAgent }) => {
  const { t, language } = useTexts()
  const occupancy = useRef<HTMLElement>(null)
  useTick((now) => {
    const { value } = valueOf('occupancy', agentToday(agent, now))
    if (occupancy.current) occupancy.current.textContent = value === null ? '—' : formatShare(value, language)
  })
  const [aht, csat, acceptance] = [valueOf('aht', agent.today), valueOf('csat', agent.today), valueOf('acceptance', agent.today)]
  return (
    <section>
      <h3>{t('floor.today')}</h3>
      <dl className="facts wide">
        <dt>{t('floor.handled')}</dt>
        <dd>{formatNumber(agent.today['handled'] ?? 0, language)}</dd>
        <dt>{t('floor.occupancy')}</dt>
        <dd ref={occupancy} />
        <dt>{t('floor.aht')}</dt>
        <dd>{aht.value === null ? '—' : formatDuration(aht.value)}</dd>
        <dt>{t('floor.accepted')}</dt>
        <dd>{acceptance.value === null ? '—' : formatShare(acceptance.value, language)}</dd>
        <dt>{t('floor.rating')}</dt>
        <dd data-few={csat.n < fewCases}>{csat.value === null ? t('floor.noRatings') : `${formatShare(csat.value, language)} · ${t('floor.ratings', { count: csat.n })}`}</dd>
      </dl>
    </section>
  )
}

const State = ({ agent, steering }: { agent: FloorAgent; steering: Steering }) => {
  const { t } = useTexts()
  const catalogue = useCatalogue()
  const [leaving, setLeaving] = useState(false)
  const { state } = agent.presence
  if (state === 'offline' && agent.slots.length === 0) return null
  const rest = (reasonId: ReasonId) => steering.changePresence.mutate({ agentId: agent.id, wanted: { state: 'notReady', reasonId } })
  return (
    <section>
      <h3>{t('floor.state')}</h3>
      <div className="acts">
        {state !== 'offline' && (
          <Menu position="bottom-start" width={240}>
            <Menu.Target>
              <button type="button">
                <StateDot state="notReady" />
                <span className="grow cut">{t('floor.rest')}</span>
              </button>
            </Menu.Target>
            <Menu.Dropdown>
              {(catalogue.data?.reasons ?? []).map(({ id, name }) => <Menu.Item key={id} onClick={() => rest(id)}>{name}</Menu.Item>)}
              {catalogue.data?.reasons.length === 0 && <p className="menu-note">{t('presence.noReasons')}</p>}
            </Menu.Dropdown>
          </Menu>
        )}
        {state === 'notReady' && <Act icon="check" text={t('floor.makeAvailable')} onClick={() => steering.changePresence.mutate({ agentId: agent.id, wanted: { state: 'available' } })} />}
        <Act icon="exit" text={t('floor.signOut')} onClick={() => setLeaving(true)} />
      </div>
      <Modal opened={leaving} onClose={() => setLeaving(false)} title={t('floor.signOutTitle', { name: agent.name })} size={420} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <p className="t2">{t('floor.signOutText')}</p>
        <div className="dialog-acts">
          <Button data-autofocus variant="filled" size="md" onClick={() => setLeaving(false)}>{t('floor.stay')}</Button>
          <Button
            size="md"
            onClick={() => {
              setLeaving(false)
              steering.signOut.mutate(agent.id)
            }}
          >
            {t('floor.signOut')}
          </Button>
        </div>
      </Modal>
    </section>
  )
}

export const AgentPanel = ({ id, contactId, steering, onContact, onHint }: {
  id: AgentId
  contactId: ContactId | null
  steering: Steering
  /** Opens a contact to read along. */
  onContact: (contactId: ContactId) => void
  onHint: (contactId: ContactId) => void
}) => {
  const { t, language } = useTexts()
  const navigate = useNavigate()
  const agent = useFloorAgent(id)
  const [chosenId, setChosen] = useState<ContactId | null>(contactId)
  const team = useFloor((state) => state.teams.find((one) => one.id === agent?.teamId))
  const site = useFloor((state) => state.sites.find((one) => one.id === team?.siteId))
  if (!agent) return <p className="t3 floor-none">{t('floor.empty')}</p>
  const shown = shownOf(agent)
  const chosen = agent.slots.find((slot) => slot.contactId === chosenId) ?? agent.slots[0]
  const { reasonName, cause } = agent.presence
  const since = shownSince(agent)
  const words = agent.isLost ? t('floor.lost') : shown === 'notReady' ? (reasonName ?? t('floor.states.notReady')) : t(`floor.states.${shown}`)
  return (
    <>
      <div className="who">
        <span className="avatar">{agent.name.charAt(0)}</span>
        <div className="grow">
          <h2 className="cut" title={agent.name}>{agent.name}</h2>
          <p className="t3 s12 cut">{[site?.name, team?.name].filter(Boolean).join(' · ')}</p>
        </div>
        <button type="button" className="icon-button" aria-label={t('floor.close')} onClick={() => void navigate('/floor')}>
          <Icon name="close" />
        </button>
      </div>
      <p className="floor-state">
        <StateDot state={shown} />
        <span className="grow cut">{words}{cause === 'supervisor' && shown === 'notReady' ? `, ${t('floor.bySupervisor')}` : ''}</span>
        <span className="t3 s12" title={t('floor.since', { time: formatTime(since, language, site?.timeZone) })}><Elapsed since={since} /></span>
      </p>
      <section>
        <h3>{t('floor.holds')}</h3>
        {agent.slots.length === 0 && <p className="t3">{t('floor.holdsNothing')}</p>}
        {agent.slots.map((slot) => <SlotRow key={slot.contactId} slot={slot} current={slot.contactId === chosen?.contactId} onChoose={() => setChosen(slot.contactId)} />)}
      </section>
      {chosen && (
        <section>
          <h3>{t('floor.now')}</h3>
          <ContactActs
            key={chosen.contactId}
            contactId={chosen.contactId}
            isInHand={chosen.state === 'active' || chosen.state === 'wrapUp'}
            steering={steering}
            onOpen={() => onContact(chosen.contactId)}
            onHint={() => onHint(chosen.contactId)}
          />
        </section>
      )}
      <State agent={agent} steering={steering} />
      <Today agent={agent} />
    </>
  )
}

