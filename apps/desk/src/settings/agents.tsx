/** People: who they are, what they can do, how much at once, and the link that lets them in. */
import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Language, Role } from '@otklik/contract/fields'
import { routes } from '@otklik/contract/routes'
import type { AgentView } from '@otklik/contract/settings'
import type { QueueId, TeamId } from '@otklik/model/ids'
import { failureOf, useApi } from '../api.ts'
import { errorAt } from '../field-errors.ts'
import { pageClock } from '../parts/clock.ts'
import { Icon } from '../parts/icons.tsx'
import { StateDot } from '../parts/state-dot.tsx'
import { toastFailure } from '../parts/toast.ts'
import { formatDayTime } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { Caution, Choice, Choices, CopyLine, NameField, Section, SkillLevelsField, WholeNumber } from './fields.tsx'
import { useItems } from './kept.ts'
import type { FieldsProps, KindOfSettings } from './kind.ts'

const roles: readonly Role[] = ['agent', 'supervisor', 'administrator']
const languages: readonly Language[] = ['ru', 'en']
const accessTexts = {
  none: 'settings.fields.accessNone',
  invited: 'settings.fields.accessInvited',
  ready: 'settings.fields.accessReady',
} as const

/** What a supervisor sees unless somebody says otherwise. */
const wholeCentre: AgentView['supervises'] = { queueIds: null, teamIds: null }

const listOf = (names: readonly string[], language: Language) =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(names)

const AgentFields = ({ draft, set, errors, disabled }: FieldsProps<'agents'>) => {
  const { t, language } = useTexts()
  const asking = (useItems('queues').data ?? [])
    .filter((queue) => queue.archivedAt === null && queue.skills.length > 0)
    .map((queue) => t('common.quoted', { text: queue.name }))
  const unheard = (useItems('channels').data ?? [])
    .filter((channel) => channel.archivedAt === null && !draft.serves.includes(channel.language))
    .map((channel) => t('common.quoted', { text: channel.name }))
  return (
    <>
      <NameField
        label={t('settings.fullName')}
        value={draft.name}
        onChange={(name) => set({ name })}
        errors={errors}
        disabled={disabled}
      />
      <TextInput
        type="email"
        label={t('settings.fields.email')}
        autoComplete="off"
        maxLength={254}
        value={draft.email}
        disabled={disabled}
        onChange={(event) => set({ email: event.currentTarget.value })}
        error={errorAt(errors, 'email')}
      />
      <div className="pair">
        <Select
          label={t('settings.fields.role')}
          data={roles.map((value) => ({ value, label: t(`roles.${value}`) }))}
          value={draft.role}
          disabled={disabled}
          onChange={(role) => role !== null && set({ role: role as Role, supervises: wholeCentre })}
          error={errorAt(errors, 'role')}
        />
        <Select
          label={t('settings.fields.language')}
          data={languages.map((value) => ({ value, label: t(`languages.${value}`) }))}
          value={draft.language}
          disabled={disabled}
          onChange={(language) => language !== null && set({ language: language as Language })}
        />
      </div>
      <Choice
        kind="teams"
        label={t('settings.fields.team')}
        value={draft.teamId}
        onChange={(id) => set({ teamId: id as TeamId | null })}
        error={errorAt(errors, 'teamId')}
        disabled={disabled}
        none={t('settings.fields.noTeam')}
      />
      {draft.role === 'supervisor' && (
        <Section title="settings.fields.sees">
          <Choices
            kind="queues"
            label={t('settings.queues')}
            value={draft.supervises.queueIds}
            all={t('settings.fields.allQueues')}
            onChange={(ids) => set({ supervises: { ...draft.supervises, queueIds: ids as QueueId[] | null } })}
            disabled={disabled}
          />
          <Choices
            kind="teams"
            label={t('settings.teams')}
            value={draft.supervises.teamIds}
            all={t('settings.fields.allTeams')}
            onChange={(ids) => set({ supervises: { ...draft.supervises, teamIds: ids as TeamId[] | null } })}
            disabled={disabled}
          />
        </Section>
      )}
      {draft.role !== 'administrator' && (
        <Section title="settings.fields.work">
          <Checkbox.Group
            label={t('settings.fields.serves')}
            value={draft.serves}
            onChange={(serves) => set({ serves: serves as Language[] })}
            error={errorAt(errors, 'serves')}
          >
            <div className="checks">
              {languages.map((language) => (
                <Checkbox key={language} value={language} label={t(`languages.${language}`)} disabled={disabled} />
              ))}
            </div>
          </Checkbox.Group>
          {draft.serves.length > 0 && unheard.length > 0 && <Caution>{t('settings.fields.servesHint', { channels: listOf(unheard, language) })}</Caution>}
          <div className="pair">
            <WholeNumber
              label={t('settings.fields.maxChats')}
              value={draft.maxChats}
              min={0}
              max={20}
              disabled={disabled}
              onChange={(maxChats) => set({ maxChats })}
              error={errorAt(errors, 'maxChats')}
            />
            <WholeNumber
              label={t('settings.fields.maxTotal')}
              value={draft.maxTotal}
              min={1}
              max={20}
              disabled={disabled}
              onChange={(maxTotal) => set({ maxTotal })}
              error={errorAt(errors, 'maxTotal')}
            />
          </div>
          {draft.maxChats > draft.maxTotal && draft.maxChats <= 20 && draft.maxTotal > 0 && (
            <Caution>{t('settings.fields.maxChatsOver', { chats: draft.maxChats, count: draft.maxTotal })}</Caution>
          )}
          {draft.maxChats === 0 && <Caution>{t('settings.fields.maxChatsNone')}</Caution>}
          <SkillLevelsField
            title={t('settings.fields.skills')}
            none={t('settings.notChosen')}
            value={draft.skills}
            onChange={(skills) => set({ skills })}
            errors={errors}
            disabled={disabled}
          />
          {draft.skills.length === 0 && asking.length > 0 && (
            <Caution>{t('settings.fields.noSkillsHint', { queues: listOf(asking, language) })}</Caution>
          )}
        </Section>
      )}
    </>
  )
}

/** A link that sets the password: shown once, to be handed over in person. */
const InviteLink = ({ item, disabled }: { item: AgentView; disabled: boolean }) => {
  const { t, language } = useTexts()
  const api = useApi()
  const queries = useQueryClient()
  const clipboard = useClipboard({ timeout: 2000 })
  const invite = useMutation({
    mutationFn: () => api.call(routes.inviteAgent, { params: { id: item.id } }),
    // The list says who is invited.
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['settings'] }),
    onError: (error) => toastFailure(t(`errors.${failureOf(error)}`)),
  })
  if (disabled || item.archivedAt !== null) return null
  return (
    <section className="extra">
      {invite.data ? (
        <>
          <CopyLine
            text={invite.data.link}
            label={t('settings.invite.do')}
            copied={clipboard.copied}
            onCopy={() => clipboard.copy(invite.data.link)}
          />
          <p className="t3 s12">
            {t('settings.invite.text', { when: formatDayTime(invite.data.expiresAt, pageClock.now(), language) })}
          </p>
        </>
      ) : (
        <Button leftSection={<Icon name="link" size={14} />} loading={invite.isPending} onClick={() => invite.mutate()}>
          {t(item.access === 'ready' ? 'settings.invite.doReset' : 'settings.invite.do')}
        </Button>
      )}
    </section>
  )
}

export const agents: KindOfSettings<'agents'> = {
  kind: 'agents',
  columns: [
    { title: 'settings.fields.role', cell: (agent, { t }) => t(`roles.${agent.role}`) },
    { title: 'settings.fields.team', cell: (agent, { nameOf, t }) => (agent.teamId === null ? <span className="t3">{t('settings.fields.noTeam')}</span> : nameOf('teams', agent.teamId)), minor: true },
    { title: 'settings.fields.email', cell: (agent) => agent.email, minor: true },
    {
      title: 'settings.fields.access',
      cell: (agent, { t }) =>
        agent.access === 'ready' ? (
          <span className="row">
            <StateDot state={agent.presence} />
            <span className="cut" title={t(`presence.${agent.presence}`)}>
              {t(`presence.${agent.presence}`)}
            </span>
          </span>
        ) : (
          <span className="t3">{t(accessTexts[agent.access])}</span>
        ),
    },
  ],
  empty: (language) => ({
    name: '',
    email: '',
    role: 'agent',
    language,
    serves: [language],
    maxChats: 3,
    maxTotal: 3,
    teamId: null,
    skills: [],
    supervises: wholeCentre,
  }),
  draftOf: ({ name, email, role, language, serves, maxChats, maxTotal, teamId, skills, supervises }) => ({
    name,
    email,
    role,
    language,
    serves,
    maxChats,
    maxTotal,
    teamId,
    skills,
    supervises,
  }),
  Fields: AgentFields,
  Extra: InviteLink,
}
