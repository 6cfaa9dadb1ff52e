/** The company itself: one form, no table. */
import { Button, Modal, Select, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { mostRetentionDays, type Language } from '@otklik/contract/fields'
import { routes } from '@otklik/contract/routes'
import { useState } from 'react'
import { failureOf, useApi } from '../api.ts'
import { errorAt } from '../field-errors.ts'
import { pageClock } from '../parts/clock.ts'
import { Failed, Skeleton } from '../parts/states.tsx'
import { toast } from '../parts/toast.ts'
import { TimeZoneField } from '../setup/time-zone-field.tsx'
import { sessionKey } from '../sign-in/session.ts'
import { formatMonth } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { remarksOn } from './checks.ts'
import { isSame, useDraft } from './drafts.tsx'
import { WholeNumber } from './fields.tsx'
import { FormShell } from './form-shell.tsx'
import { rebase } from './rebase.ts'
import { putOver, useFormSave } from './use-form-save.ts'

type Company = { readonly name: string; readonly language: Language; readonly timeZone: string; readonly retentionDays: number | null }
type Stored = Company & { readonly version: number }
const fieldsOf = ({ name, language, timeZone, retentionDays }: Company): Company => ({ name, language, timeZone, retentionDays })
const languages: readonly Language[] = ['ru', 'en']

const dayMs = 86_400_000

/** What the next night erases, before it is saved. */
const ForgetDialog = ({ opened, days, timeZone, onStay, onSave }: { opened: boolean; days: number; timeZone: string; onStay: () => void; onSave: () => void }) => {
  const { t, language } = useTexts()
  return (
    <Modal opened={opened} onClose={onStay} title={t('retention.ask', { count: days })} size={420} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <p className="t2">{t('retention.askText', { date: formatMonth(new Date(pageClock.now() - days * dayMs).toISOString(), language, timeZone) })}</p>
      <div className="dialog-acts">
        <Button data-autofocus variant="filled" size="md" onClick={onStay}>
          {t('retention.stay')}
        </Button>
        <Button size="md" onClick={onSave}>
          {t('retention.go')}
        </Button>
      </div>
    </Modal>
  )
}

const CompanyForm = ({ stored, onReload, readOnly }: { stored: Stored; onReload: () => Promise<Stored | undefined>; readOnly: boolean }) => {
  const { t } = useTexts()
  const api = useApi()
  const queries = useQueryClient()
  const [kept, keep] = useDraft<Company, Stored>('company')
  const draft = kept?.draft ?? fieldsOf(stored)
  const base = kept?.base ?? stored
  const keepDraft = (next: Company, from: Stored) => keep(isSame(next, fieldsOf(from)) ? null : { draft: next, base: from })
  const check = () => remarksOn(routes.changeCompany.body, { ...draft, version: base.version }, t)
  const save = useFormSave({
    check,
    send: async () => ({
      sent: draft,
      saved: await putOver<Company, Stored>({
        draft, base, draftOf: fieldsOf, put: (version) => api.call(routes.changeCompany, { body: { ...draft, version } }), newest: onReload,
      }),
    }),
    onSaved: ({ sent, saved }) => {
      queries.setQueryData(['company'], saved)
      keepDraft(rebase(sent, draft, fieldsOf(saved)), saved)
      void queries.invalidateQueries({ queryKey: sessionKey })
      toast(t('settings.saved'))
    },
  })
  const [isAsked, setAsked] = useState(false)
  /** What is erased does not come back: whoever keeps less than before is asked first. */
  const submit = () => {
    const { retentionDays: days } = draft
    const isLess = days !== null && days < (stored.retentionDays ?? Infinity)
    if (isLess && Object.keys(check()).length === 0) setAsked(true)
    else save.submit()
  }
  const goOn = () => {
    setAsked(false)
    save.submit()
  }
  const set = (part: Partial<Company>) => {
    save.wrote(Object.keys(part))
    keepDraft({ ...draft, ...part }, base)
  }
  const overtaken = kept !== undefined && stored.version > base.version && !isSame(fieldsOf(stored), fieldsOf(base))
  return (
    <FormShell
      save={{ ...save, submit }}
      dirty={kept !== undefined}
      disabled={readOnly}
      overtaken={overtaken}
      loaded={overtaken}
      onKeepMine={() => keepDraft(rebase(fieldsOf(base), draft, fieldsOf(stored)), stored)}
      onTakeTheirs={() => {
        keep(null)
        void onReload()
      }}
      onDiscard={() => keep(null)}
    >
      <TextInput
        label={t('settings.name')}
        maxLength={120}
        disabled={readOnly}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        error={errorAt(save.errors, 'name')}
      />
      <TimeZoneField
        label={t('settings.fields.timeZone')}
        disabled={readOnly}
        value={draft.timeZone}
        onChange={(timeZone) => set({ timeZone })}
        error={errorAt(save.errors, 'timeZone')}
      />
      <Select
        label={t('setup.language')}
        data={languages.map((value) => ({ value, label: t(`languages.${value}`) }))}
        value={draft.language}
        disabled={readOnly}
        onChange={(language) => language !== null && set({ language: language as Language })}
      />
      <WholeNumber
        label={t('retention.days')}
        description={draft.retentionDays === null ? t('retention.kept') : Number.isInteger(draft.retentionDays) ? t('retention.erased', { count: draft.retentionDays }) : '\u00a0'}
        none={t('retention.forever')}
        min={1}
        max={mostRetentionDays}
        disabled={readOnly}
        value={draft.retentionDays ?? Number.NaN}
        onChange={(days) => set({ retentionDays: Number.isNaN(days) ? null : days })}
        error={errorAt(save.errors, 'retentionDays')}
      />
      <ForgetDialog opened={isAsked} days={draft.retentionDays ?? 0} timeZone={draft.timeZone} onStay={() => setAsked(false)} onSave={goOn} />
    </FormShell>
  )
}

export const CompanyPage = ({ readOnly }: { readOnly: boolean }) => {
  const { t } = useTexts()
  const api = useApi()
  const company = useQuery({
    queryKey: ['company'], queryFn: ({ signal }) => api.call(routes.company, { signal }), networkMode: 'always',
  })
  if (company.isError && !company.data) return <Failed
    title={t('settings.failed')}
    failure={failureOf(company.error)}
    onRetry={() => void company.refetch()}
  />
  if (!company.data) return <Skeleton rows={3} />
  return (
    <div className="kept">
      <section className="settings-table narrow">
        <header>
          <h1>{t('settings.company')}</h1>
        </header>
        <p className="about">
          {t('settings.about.company')} {readOnly && t('settings.readOnly')}
        </p>
        <CompanyForm stored={company.data} onReload={async () => (await company.refetch()).data} readOnly={readOnly} />
      </section>
    </div>
  )
}
