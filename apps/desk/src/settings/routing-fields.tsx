/** Whom a waiting contact is offered to: the last agent first, which of the fitting ones, and who else as it grows older. */
import { agentPolicies } from '@otklik/contract/fields'
import type { QueueView } from '@otklik/contract/settings'
import { Select, Switch } from '@mantine/core'
import type { QueueId } from '@otklik/model/ids'
import { useId } from 'react'
import { errorAt, type FieldErrors } from '../field-errors.ts'
import { useTexts } from '../texts/texts.ts'
import { Section, WholeNumber } from './fields.tsx'
import { useChoices } from './kept.ts'
import { stepAges, type RoutingDraft } from './routing-draft.ts'
import { StepsField } from './steps-field.tsx'

export interface RoutingFieldsProps {
  readonly draft: RoutingDraft
  readonly set: (changed: Partial<RoutingDraft>) => void
  readonly errors: FieldErrors
  readonly disabled: boolean
}

export const RoutingFields = ({ queue, draft, set, errors, disabled }: RoutingFieldsProps & { readonly queue: QueueView }) => {
  const { t } = useTexts()
  const name = useId()
  return (
    <>
      <WholeNumber
        label={t('settings.routingForm.preferred')}
        description={t('settings.routingForm.preferredHint')}
        value={draft.preferredSeconds}
        min={0}
        max={600}
        disabled={disabled}
        onChange={(preferredSeconds) => set({ preferredSeconds })}
        error={errorAt(errors, 'preferredSeconds')}
      />
      <Section title="settings.routingForm.policy">
        <div className="options-of-one">
          {agentPolicies.map((policy) => (
            <label key={policy}>
              <input
                type="radio"
                name={name}
                value={policy}
                checked={draft.policy === policy}
                disabled={disabled}
                onChange={() => set({ policy })}
              />
              <span>
                <b>{t(`settings.routingForm.policies.${policy}`)}</b>
                <span className="t2">{t(`settings.routingForm.policyHints.${policy}`)}</span>
              </span>
            </label>
          ))}
        </div>
      </Section>
      <Section title="settings.steps.title">
        <StepsField queue={queue} steps={draft.rings} onChange={(rings) => set({ rings })} errors={errors} disabled={disabled} />
      </Section>
      <Section title="settings.routingForm.overflow">
        <OverflowFields queue={queue} draft={draft} set={set} errors={errors} disabled={disabled} />
      </Section>
      <Section title="settings.routingForm.picking">
        <Switch
          label={t('settings.routingForm.mayPick')}
          description={t('settings.routingForm.mayPickHint')}
          checked={draft.picking}
          disabled={disabled}
          onChange={(event) => set({ picking: event.currentTarget.checked })}
        />
      </Section>
    </>
  )
}

/** Which other queue's people help, and from how long a wait on. */
const OverflowFields = ({ queue, draft, set, errors, disabled }: RoutingFieldsProps & { readonly queue: QueueView }) => {
  const { t } = useTexts()
  const queues = useChoices('queues', draft.overflow?.queueId ?? null).filter(({ value }) => value !== queue.id)
  const { overflow } = draft
  return (
    <>
      <Select
        label={t('settings.routingForm.overflowTo')}
        description={t('settings.routingForm.overflowHint')}
        data={queues}
        value={overflow?.queueId ?? null}
        placeholder={t('settings.routingForm.noOverflow')}
        clearable
        disabled={disabled}
        error={errorAt(errors, 'overflow.queueId')}
        onChange={(id) => set({ overflow: id === null ? null : { queueId: id as QueueId, overSeconds: overflow?.overSeconds ?? 60 } })}
      />
      {overflow && (
        <WholeNumber
          label={t('settings.routingForm.overSeconds')}
          value={overflow.overSeconds}
          min={stepAges.min}
          max={stepAges.max}
          disabled={disabled}
          onChange={(overSeconds) => set({ overflow: { ...overflow, overSeconds } })}
          error={errorAt(errors, 'overflow.overSeconds')}
        />
      )}
    </>
  )
}
