/** Ready answers of everybody. */
import { Switch, Textarea } from '@mantine/core'
import { messageLimit } from '@otklik/contract/fields'
import { errorAt } from '../field-errors.ts'
import { pageClock } from '../parts/clock.ts'
import { useSession } from '../sign-in/session.ts'
import { formatExact, formatNumber, formatShort } from '../texts/format.ts'
import { OutcomeSelect } from '../templates/outcome-select.tsx'
import { VariablesHint, variablesRemark } from '../templates/variables.tsx'
import { useTexts } from '../texts/texts.ts'
import { NameField, Section } from './fields.tsx'
import { useChoices } from './kept.ts'
import type { FieldsProps, KindOfSettings } from './kind.ts'

const TemplateFields = ({ draft, set, errors, disabled }: FieldsProps<'templates'>) => {
  const { t } = useTexts()
  const dispositions = useChoices('dispositions', draft.dispositionId)
  return (
    <>
      <NameField value={draft.name} onChange={(name) => set({ name })} errors={errors} disabled={disabled} />
      {(['ru', 'en'] as const).map((each) => (
        <Textarea
          key={each}
          label={t(`templates.${each}`)}
          rows={4}
          autosize
          maxRows={12}
          maxLength={messageLimit}
          value={draft[each]}
          disabled={disabled}
          error={variablesRemark(draft[each], t) ?? errorAt(errors, each)}
          onChange={(event) => set({ [each]: event.currentTarget.value })}
        />
      ))}
      <VariablesHint />
      <Section title="templates.disposition">
        <OutcomeSelect
          isTitled
          outcomes={dispositions}
          value={draft.dispositionId}
          disabled={disabled}
          error={errorAt(errors, 'dispositionId')}
          onChange={(dispositionId) => set({ dispositionId })}
        />
        {draft.dispositionId !== null && (
          <Switch
            label={t('templates.resolved')}
            checked={draft.resolved}
            disabled={disabled}
            onChange={(event) => set({ resolved: event.currentTarget.checked })}
          />
        )}
      </Section>
    </>
  )
}

/** When it was taken last; nothing where it never was. */
const UsedAt = ({ at }: { at: string | null }) => {
  const { language } = useTexts()
  const timeZone = useSession().data?.company.timeZone
  return at === null ? null : <time title={formatExact(at, language, timeZone)}>{formatShort(at, pageClock.now(), language, timeZone)}</time>
}

export const templates: KindOfSettings<'templates'> = {
  kind: 'templates',
  columns: [
    // First: what a phone shows beside the name.
    { title: 'settings.fields.uses', cell: ({ uses }, { language }) => formatNumber(uses, language), numeric: true },
    { title: 'settings.fields.usedAt', cell: ({ usedAt }) => <UsedAt at={usedAt} />, minor: true },
    { title: 'settings.fields.firstWords', cell: ({ ru, en }, { language }) => (language === 'en' ? en || ru : ru || en).slice(0, 60), minor: true },
  ],
  empty: () => ({ name: '', ru: '', en: '', dispositionId: null, resolved: true }),
  draftOf: ({ name, ru, en, dispositionId, resolved }) => ({ name, ru, en, dispositionId, resolved }),
  Fields: TemplateFields,
}
