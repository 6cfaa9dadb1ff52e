/** Who else is asked as a contact grows older: a picture of how the circle widens, and the steps themselves. */
import { Button, Select } from '@mantine/core'
import type { RelaxationStep } from '@otklik/contract/queue-routing'
import type { QueueView } from '@otklik/contract/settings'
import type { QueueId, SkillId } from '@otklik/model/ids'
import { useRef } from 'react'
import { flushSync } from 'react-dom'
import { errorAt, type FieldErrors } from '../field-errors.ts'
import { Icon } from '../parts/icons.tsx'
import { useTexts, type Translate } from '../texts/texts.ts'
import { WholeNumber } from './fields.tsx'
import { useChoices } from './kept.ts'
import { stepAges } from './routing-draft.ts'
import { nextStep, sortSteps } from './steps.ts'
import { StepsPicture } from './steps-picture.tsx'

const atMost = 10
const kinds = ['lowerLevels', 'dropSkill', 'addQueue', 'anyLanguage'] as const
type StepKind = (typeof kinds)[number]

// Steps have no ids of their own; a row must stay the same row while its step is written and the list is sorted.
const rowKeys = new WeakMap<RelaxationStep, string>()
const keyOf = (step: RelaxationStep): string => {
  const known = rowKeys.get(step)
  if (known !== undefined) return known
  const fresh = crypto.randomUUID()
  rowKeys.set(step, fresh)
  return fresh
}
const sameRow = (before: RelaxationStep, after: RelaxationStep): RelaxationStep => {
  rowKeys.set(after, keyOf(before))
  return after
}

const stepOfKind = (kind: StepKind, afterSeconds: number, queue: QueueView): RelaxationStep => {
  switch (kind) {
    case 'lowerLevels':
    case 'anyLanguage':
      return { afterSeconds, kind }
    case 'dropSkill':
      return { afterSeconds, kind, skillId: queue.skills[0]?.skillId ?? ('' as SkillId) }
    case 'addQueue':
      return { afterSeconds, kind, queueId: '' as QueueId }
  }
}

const StepRow = ({ step, at, queue, onChange, onRemove, onSort, errors, disabled }: {
  step: RelaxationStep
  /** Its place in the list. */
  at: number
  queue: QueueView
  onChange: (step: RelaxationStep) => void
  onRemove: () => void
  onSort: () => void
  errors: FieldErrors
  disabled: boolean
}) => {
  const { t } = useTexts()
  const chosen = step.kind === 'dropSkill' ? step.skillId : step.kind === 'addQueue' ? step.queueId : null
  const asked = new Set<string>([...queue.skills.map(({ skillId }) => skillId), ...(step.kind === 'dropSkill' ? [step.skillId] : [])])
  const skills = useChoices('skills', chosen).filter(({ value }) => asked.has(value))
  const queues = useChoices('queues', chosen).filter(({ value }) => value !== queue.id)
  const remark = errorAt(errors, `rings.${at}.what`)
  const nth = t('settings.steps.nth', { value: at + 1 })
  const meaningless = (kind: StepKind) => (kind === 'lowerLevels' || kind === 'dropSkill') && queue.skills.length === 0
  return (
    <div role="group" aria-label={nth}>
      {/* What is left takes its place in the order; while one types, nothing moves. */}
      <div className="step-age" onBlur={onSort}>
        <span aria-hidden="true">{t('settings.steps.after')}</span>
        <WholeNumber
          hideLabel
          label={`${nth}: ${t('settings.steps.afterSeconds')}`}
          value={step.afterSeconds}
          min={stepAges.min}
          max={stepAges.max}
          disabled={disabled}
          onChange={(afterSeconds) => onChange(sameRow(step, { ...step, afterSeconds }))}
          error={errorAt(errors, `rings.${at}.afterSeconds`)}
        />
        <span aria-hidden="true">{t('settings.steps.seconds')}</span>
      </div>
      <Select
        className="step-kind"
        aria-label={`${nth}: ${t('settings.steps.what')}`}
        data={kinds.map((value) => ({
          value, label: t(`settings.steps.kinds.${value}`), disabled: meaningless(value) && value !== step.kind,
        }))}
        value={step.kind}
        disabled={disabled}
        onChange={(kind) => kind !== null && kind !== step.kind && onChange(sameRow(step, stepOfKind(kind as StepKind, step.afterSeconds, queue)))}
      />
      {step.kind === 'dropSkill' && (
        <Select
          className="step-what"
          aria-label={`${nth}: ${t('settings.steps.skill')}`}
          placeholder={t('settings.steps.skill')}
          data={skills}
          value={step.skillId === '' ? null : step.skillId}
          disabled={disabled}
          error={remark}
          onChange={(id) => id !== null && onChange(sameRow(step, { ...step, skillId: id as SkillId }))}
        />
      )}
      {step.kind === 'addQueue' && (
        <Select
          className="step-what"
          aria-label={`${nth}: ${t('settings.steps.queue')}`}
          placeholder={t('settings.steps.queue')}
          data={queues}
          value={step.queueId === '' ? null : step.queueId}
          disabled={disabled}
          error={remark}
          searchable={queues.length > 8}
          nothingFoundMessage={t('common.nothingFound')}
          onChange={(id) => id !== null && onChange(sameRow(step, { ...step, queueId: id as QueueId }))}
        />
      )}
      {!disabled && (
        <button type="button" className="icon-button" aria-label={`${t('common.remove')}: ${nth}`} onClick={onRemove}>
          <Icon name="close" size={14} />
        </button>
      )}
    </div>
  )
}

const about = (queue: QueueView, t: Translate) => t(queue.skills.length === 0 ? 'settings.steps.noSkills' : 'settings.steps.about')

export const StepsField = ({ queue, steps, onChange, errors, disabled }: {
  queue: QueueView
  steps: readonly RelaxationStep[]
  onChange: (steps: RelaxationStep[]) => void
  errors: FieldErrors
  disabled: boolean
}) => {
  const { t } = useTexts()
  const rows = useRef<HTMLDivElement>(null)
  const add = () => {
    const next = nextStep(queue.skills, steps)
    const all = sortSteps([...steps, next])
    flushSync(() => onChange(all))
    rows.current?.children[all.indexOf(next)]?.querySelector('input')?.focus()
  }
  const sort = () => {
    const sorted = sortSteps(steps)
    if (sorted.some((step, index) => step !== steps[index])) onChange(sorted)
  }
  return (
    <>
      <p className="t2 section-about">{about(queue, t)}</p>
      <StepsPicture queue={queue} steps={steps} />
      {steps.length > 0 && (
        <div ref={rows} className="steps">
          {steps.map((step, at) => (
            <StepRow
              key={keyOf(step)}
              step={step}
              at={at}
              queue={queue}
              onChange={(next) => onChange(steps.map((other) => (other === step ? next : other)))}
              onRemove={() => onChange(steps.filter((other) => other !== step))}
              onSort={sort}
              errors={errors}
              disabled={disabled}
            />
          ))}
        </div>
      )}
      {!disabled && (steps.length < atMost ? (
        <Button
          className="start"
          leftSection={<Icon name="plus" size={14} />}
          onClick={add}
        >
          {t('settings.steps.add')}
        </Button>
      ) : (
        <p className="t3 s12">{t('settings.steps.enough', { count: atMost })}</p>
      ))}
    </>
  )
}
