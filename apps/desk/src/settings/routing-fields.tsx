/** Whom a waiting contact is offered to: the last agent first, which of the fitting ones, and who else as it grows older. */
import { agentPolicies } from '@otklik/contract/queue-routing'
import type { QueueView } from '@otklik/contract/settings'
import { useId } from 'react'
import { errorAt, type FieldErrors } from '../field-errors.ts'
import { useTexts } from '../texts/texts.ts'
import { Section, WholeNumber } from './fields.tsx'
import type { RoutingDraft } from './routing-draft.ts'
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
    </>
  )
}
