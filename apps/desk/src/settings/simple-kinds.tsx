/** The kinds that are little more than a name. */
import type { SiteId } from '@otklik/model/ids'
import { errorAt } from '../field-errors.ts'
import { TimeZoneField } from '../setup/time-zone-field.tsx'
import { ownZone, zoneOption } from '../setup/time-zones.ts'
import { useTexts } from '../texts/texts.ts'
import { Choice, NameField } from './fields.tsx'
import type { FieldsProps, KindOfSettings } from './kind.ts'

type Named = 'skills' | 'reasons' | 'dispositions'

const NamedFields = <K extends Named>({ draft, set, errors, disabled }: FieldsProps<K>) => (
  <NameField
    value={draft.name}
    onChange={(name) => set({ name } as FieldsProps<K>['draft'])}
    errors={errors}
    disabled={disabled}
  />
)
const named = <K extends Named>(kind: K): KindOfSettings<Named> => ({
  kind,
  columns: [],
  empty: () => ({ name: '' }),
  draftOf: ({ name }) => ({ name }),
  Fields: NamedFields,
})
export const skills = named('skills')
export const reasons = named('reasons')
export const dispositions = named('dispositions')

const SiteFields = ({ draft, set, errors, disabled }: FieldsProps<'sites'>) => {
  const { t } = useTexts()
  return (
    <>
      <NameField value={draft.name} onChange={(name) => set({ name })} errors={errors} disabled={disabled} />
      <TimeZoneField
        label={t('settings.fields.timeZone')}
        value={draft.timeZone}
        onChange={(timeZone) => set({ timeZone })}
        error={errorAt(errors, 'timeZone')}
        disabled={disabled}
      />
    </>
  )
}
export const sites: KindOfSettings<'sites'> = {
  kind: 'sites',
  columns: [{ title: 'settings.fields.timeZone', cell: (site, { language }) => zoneOption(site.timeZone, language, new Date()).label }],
  empty: () => ({ name: '', timeZone: ownZone() }),
  draftOf: ({ name, timeZone }) => ({ name, timeZone }),
  Fields: SiteFields,
}

const TeamFields = ({ draft, set, errors, disabled }: FieldsProps<'teams'>) => {
  const { t } = useTexts()
  return (
    <>
      <NameField value={draft.name} onChange={(name) => set({ name })} errors={errors} disabled={disabled} />
      <Choice
        kind="sites"
        label={t('settings.fields.site')}
        value={draft.siteId}
        onChange={(id) => set({ siteId: id as SiteId })}
        error={errorAt(errors, 'siteId')}
        disabled={disabled}
      />
    </>
  )
}
export const teams: KindOfSettings<'teams'> = {
  kind: 'teams',
  columns: [{ title: 'settings.fields.site', cell: (team, { nameOf }) => nameOf('sites', team.siteId) }],
  empty: () => ({ name: '', siteId: '' as SiteId }),
  draftOf: ({ name, siteId }) => ({ name, siteId }),
  Fields: TeamFields,
}
