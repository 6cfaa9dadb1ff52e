/** Queues: what they ask for, how quickly they promise to answer, and where they hand on. */
import { SegmentedControl } from '@mantine/core'
import type { QueueId } from '@otklik/model/ids'
import { errorAt } from '../field-errors.ts'
import { useTexts } from '../texts/texts.ts'
import { Choice, NameField, Section, SkillLevelsField, WholeNumber } from './fields.tsx'
import type { FieldsProps, KindOfSettings } from './kind.ts'
import { LocalTextField, noWords } from './local-text-field.tsx'
import { QueueParts } from './queue-parts.tsx'
import { routingKey } from './routing-draft.ts'

const QueueFields = ({ draft, set, errors, disabled }: FieldsProps<'queues'>) => {
  const { t } = useTexts()
  const number = (
    field: 'targetSeconds' | 'offerSeconds' | 'wrapUpSeconds' | 'awayMinutes' | 'silenceMinutes',
    label: string,
    min: number,
    max: number,
  ) => (
    <WholeNumber
      label={label}
      value={draft[field]}
      min={min}
      max={max}
      disabled={disabled}
      onChange={(value) => set({ [field]: value })}
      error={errorAt(errors, field)}
    />
  )
  return (
    <>
      <NameField value={draft.name} onChange={(name) => set({ name })} errors={errors} disabled={disabled} />
      <div className="pair">
        <div>
          <span className="field-label" id="queue-line">
            {t('settings.fields.line')}
          </span>
          <SegmentedControl
            fullWidth
            disabled={disabled}
            aria-labelledby="queue-line"
            value={String(draft.line)}
            onChange={(line) => set({ line: line === '2' ? 2 : 1 })}
            data={[
              { value: '1', label: t('settings.fields.line1') },
              { value: '2', label: t('settings.fields.line2') },
            ]}
          />
        </div>
        <WholeNumber
          label={t('settings.fields.priority')}
          description={t('settings.fields.priorityHint')}
          value={draft.priority}
          min={1}
          max={5}
          disabled={disabled}
          onChange={(priority) => set({ priority })}
          error={errorAt(errors, 'priority')}
        />
      </div>
      <SkillLevelsField
        title={t('settings.fields.needSkills')}
        none={t('settings.fields.anySkills')}
        value={draft.skills}
        onChange={(skills) => set({ skills })}
        errors={errors}
        disabled={disabled}
      />
      {draft.line === 1 && (
        <Choice
          kind="queues"
          label={t('settings.fields.escalation')}
          value={draft.escalationQueueId}
          onChange={(id) => set({ escalationQueueId: id as QueueId | null })}
          error={errorAt(errors, 'escalationQueueId')}
          disabled={disabled}
          none={t('settings.fields.noEscalation')}
        />
      )}
      <Section title="settings.fields.speed">
        <div className="pair">
          {number('targetSeconds', t('settings.fields.target'), 5, 86_400)}
          {number('offerSeconds', t('settings.fields.offer'), 5, 120)}
          {number('wrapUpSeconds', t('settings.fields.wrapUp'), 10, 3600)}
          {number('awayMinutes', t('settings.fields.away'), 1, 1440)}
          {number('silenceMinutes', t('settings.fields.silence'), 1, 1440)}
        </div>
      </Section>
      <LocalTextField
        label={t('settings.fields.greeting')}
        description={t('settings.fields.greetingHint')}
        field="greeting"
        value={draft.greeting}
        errors={errors}
        disabled={disabled}
        onChange={(greeting) => set({ greeting })}
      />
    </>
  )
}

export const queues: KindOfSettings<'queues'> = {
  kind: 'queues',
  columns: [
    {
      title: 'settings.fields.line',
      cell: (queue, { t }) => t(queue.line === 1 ? 'settings.fields.line1' : 'settings.fields.line2'),
    },
    { title: 'settings.fields.priority', cell: (queue) => queue.priority, numeric: true },
    { title: 'settings.fields.targetShort', cell: (queue) => queue.targetSeconds, numeric: true },
    { title: 'settings.fields.needSkills', cell: (queue, { t, nameOf }) => (queue.skills.length === 0 ? <span className="t3">{t('settings.fields.anySkills')}</span> : queue.skills.map((skill) => nameOf('skills', skill.skillId)).join(', ')), minor: true },
  ],
  empty: () => ({
    name: '', line: 1, priority: 3, targetSeconds: 20, offerSeconds: 20, wrapUpSeconds: 90, awayMinutes: 10,
    silenceMinutes: 15, greeting: noWords, escalationQueueId: null, skills: [],
  }),
  draftOf: ({
    name,
    line,
    priority,
    targetSeconds,
    offerSeconds,
    wrapUpSeconds,
    awayMinutes,
    silenceMinutes,
    greeting,
    escalationQueueId,
    skills,
  }) => ({
    name, line, priority, targetSeconds, offerSeconds, wrapUpSeconds, awayMinutes, silenceMinutes, greeting,
    escalationQueueId, skills,
  }),
  Fields: QueueFields,
  Parts: QueueParts,
  moreDrafts: routingKey,
}
