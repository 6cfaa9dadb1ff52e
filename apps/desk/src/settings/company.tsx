/** The company itself: one form, no table. */
import { Button, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Language } from '@otklik/contract/fields'
import { routes } from '@otklik/contract/routes'
import { useState } from 'react'
import { failureOf, problemOf, useApi } from '../api.ts'
import { errorAt, fieldErrors } from '../field-errors.ts'
import { KeyCap } from '../parts/key-cap.tsx'
import { Banner, Failed, Skeleton } from '../parts/states.tsx'
import { toast } from '../parts/toast.ts'
import { useKeys } from '../parts/use-keys.ts'
import { TimeZoneField } from '../setup/time-zone-field.tsx'
import { sessionKey } from '../sign-in/session.ts'
import { useTexts } from '../texts/texts.ts'
import { ConflictBanner } from './conflict-banner.tsx'
import { rebase } from './rebase.ts'

type Company = { readonly name: string; readonly language: Language; readonly timeZone: string }
type Stored = Company & { readonly version: number }
const fieldsOf = ({ name, language, timeZone }: Company): Company => ({ name, language, timeZone })
const languages: readonly Language[] = ['ru', 'en']

export const CompanyPage = ({ readOnly }: { readOnly: boolean }) => {
  const { t } = useTexts()
  const api = useApi()
  const queries = useQueryClient()
  const company = useQuery({ queryKey: ['company'], queryFn: ({ signal }) => api.call(routes.company, { signal }) })
  const [kept, setKept] = useState<{ readonly draft: Company; readonly base: Stored } | null>(null)
  const shown = kept?.draft ?? company.data
  const save = useMutation({
    mutationFn: async () => {
      const base = kept?.base ?? company.data
      if (!shown || !base) throw new Error('Nothing to save yet')
      return api.call(routes.changeCompany, {
        body: { name: shown.name, language: shown.language, timeZone: shown.timeZone, version: base.version },
      })
    },
    onSuccess: (saved) => {
      queries.setQueryData(['company'], saved)
      setKept(null)
      void queries.invalidateQueries({ queryKey: sessionKey })
      toast(t('settings.saved'))
    },
    onError: (error) => {
      if (failureOf(error) === 'versionConflict') void company.refetch()
    },
  })
  useKeys({ save: () => (kept && !readOnly ? save.mutate() : false) })
  if (company.isError) return <Failed
    title={t('settings.failed')}
    failure={failureOf(company.error)}
    onRetry={() => void company.refetch()}
  />
  if (!shown || !company.data) return <Skeleton rows={3} />
  const errors = fieldErrors(problemOf(save.error), t)
  const failure = save.error === null ? null : failureOf(save.error)
  const set = (part: Partial<Company>) => {
    const base = kept?.base ?? company.data
    setKept({ draft: { ...fieldsOf(shown), ...part }, base })
  }
  const overtaken = kept !== null && company.data.version > kept.base.version
  return (
    <div className="kept">
      <section className="settings-table narrow">
        <header>
          <h1>{t('settings.company')}</h1>
        </header>
        <p className="about">
          {t('settings.about.company')} {readOnly && t('settings.readOnly')}
        </p>
        <form
          className="settings-fields"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate()
          }}
        >
          {overtaken || failure === 'versionConflict' ? (
            <ConflictBanner
              loaded={overtaken}
              onKeepMine={() => {
                save.reset()
                if (kept) setKept({ draft: rebase(fieldsOf(kept.base), kept.draft, fieldsOf(company.data)), base: company.data })
              }}
              onTakeTheirs={() => {
                save.reset()
                setKept(null)
                void company.refetch()
              }}
            />
          ) : (
            failure !== null && Object.keys(errors).length === 0 && <Banner
              tone="bad"
              icon="alert"
              text={t(`errors.${failure}`)}
            />
          )}
          <TextInput
            label={t('settings.name')}
            maxLength={120}
            disabled={readOnly}
            value={shown.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
            error={errorAt(errors, 'name')}
          />
          <TimeZoneField
            label={t('settings.fields.timeZone')}
            disabled={readOnly}
            value={shown.timeZone}
            onChange={(timeZone) => set({ timeZone })}
            error={errorAt(errors, 'timeZone')}
          />
          <Select
            label={t('setup.language')}
            data={languages.map((value) => ({ value, label: t(`languages.${value}`) }))}
            value={shown.language}
            disabled={readOnly}
            onChange={(language) => language !== null && set({ language: language as Language })}
          />
          {!readOnly && (
            <div className="form-acts">
              <Button
                type="submit"
                variant="filled"
                disabled={kept === null}
                loading={save.isPending}
                rightSection={<KeyCap action="save" />}
              >
                {t('common.save')}
              </Button>
              {kept && (
                <Button variant="subtle" onClick={() => setKept(null)}>
                  {t('settings.discard')}
                </Button>
              )}
            </div>
          )}
        </form>
      </section>
    </div>
  )
}
