/** The first minutes: the company, its first administrator, and whether to bring an example along. */
import { Button, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Language } from '@otklik/contract/fields'
import { routes } from '@otklik/contract/routes'
import { useMemo, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { failureOf, useApi } from '../api.ts'
import { errorAt } from '../field-errors.ts'
import { Banner, Empty, Failed, Skeleton } from '../parts/states.tsx'
import { toast } from '../parts/toast.ts'
import { DoorForm, remarkOnEmail, remarkOnNewPassword, remarkOnText, useDoor } from '../sign-in/door-form.tsx'
import { Door } from '../sign-in/door.tsx'
import { useFragmentToken } from '../sign-in/invite-page.tsx'
import { NewPasswordField } from '../sign-in/password-field.tsx'
import { useTakeSession } from '../sign-in/session.ts'
import { useTexts } from '../texts/texts.ts'
import { TimeZoneField } from './time-zone-field.tsx'
import { ownZone } from './time-zones.ts'

const linkLookMs = 60_000

const WhatNext = () => {
  const { t } = useTexts()
  return (
    <aside className="door-aside">
      <h2>{t('setup.points')}</h2>
      <ol>
        {(['setup.point1', 'setup.point2', 'setup.point3'] as const).map((point, index) => (
          <li key={point}>
            <span className="step">{index + 1}</span>
            {t(point)}
          </li>
        ))}
      </ol>
    </aside>
  )
}

export const SetupPage = () => {
  const { t, language, change } = useTexts()
  const api = useApi()
  const navigate = useNavigate()
  const takeSession = useTakeSession()
  const token = useFragmentToken()
  const state = useQuery({ queryKey: ['setupState'], queryFn: ({ signal }) => api.call(routes.setupState, { signal }) })
  const [form, setForm] = useState(() => ({
    companyName: '',
    timeZone: ownZone(),
    name: '',
    email: '',
    password: '',
    sample: true,
  }))
  const set = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }))
  const values = useMemo(() => ({ ...form, token: token ?? '' }), [form, token])
  const link = useQuery({
    queryKey: ['setupLink', token],
    queryFn: async ({ signal }) => {
      await api.call(routes.lookAtSetupLink, { body: { token: token ?? '' }, signal })
      return true
    },
    enabled: token !== null,
    // It may grow too old while the form is filled in: that is said before the press.
    refetchInterval: ({ state: { error } }) => (error && failureOf(error) !== 'unreachable' ? false : linkLookMs),
    refetchOnWindowFocus: 'always',
  })
  const door = useDoor({
    values,
    check: ({ companyName, name, email, password }) => ({
      'company.name': remarkOnText(companyName, t),
      'administrator.name': remarkOnText(name, t),
      'administrator.email': remarkOnEmail(email, t),
      password: remarkOnNewPassword(password, t),
    }),
    send: ({ companyName, timeZone, name, email, password, sample, token: linkToken }) =>
      api.call(routes.setUp, {
        body: {
          token: linkToken,
          company: { name: companyName, language, timeZone },
          administrator: { name, email, password },
          sample,
        },
      }),
    onDone: (session) => {
      takeSession(session)
      if (form.sample) toast(t('setup.samplePeople'))
      void navigate('/settings/agents', { replace: true })
    },
  })
  const linkFailure = link.isError ? failureOf(link.error) : null
  if (!door.isDone && (state.data?.done || linkFailure === 'setupDone' || door.failure === 'setupDone'))
    return (
      <Door title={t('setup.done')}>
        <Empty icon="check" title={t('setup.done')}>
          <Link to="/sign-in">{t('invite.toSignIn')}</Link>
        </Empty>
      </Door>
    )
  if (token === null)
    return (
      <Door title={t('setup.noToken')}>
        <Empty icon="link" title={t('setup.noToken')} text={t('setup.noTokenText')} />
      </Door>
    )
  if (linkFailure === 'linkInvalid' && !link.data)
    return (
      <Door title={t('invite.invalid')}>
        <Empty icon="link" title={t('invite.invalid')} text={t('setup.invalidText')} />
      </Door>
    )
  if (linkFailure !== null && !link.data)
    return (
      <Door title={t('setup.title')}>
        <Failed title={t('connection.waiting')} failure={linkFailure} onRetry={() => void link.refetch()} />
      </Door>
    )
  if (!link.data)
    return (
      <Door title={t('setup.title')}>
        <Skeleton rows={3} />
      </Door>
    )
  const { errors } = door
  // Another link was opened over this page: what was said of the one before it is over.
  const failure = (door.sent?.token === token ? door.failure : null) ?? (linkFailure === 'linkInvalid' ? linkFailure : null)
  return (
    <Door title={t('setup.title')} aside={<WhatNext />}>
      <DoorForm door={door} wide>
        <h1>{t('setup.title')}</h1>
        <p className="lead">{t('setup.lead')}</p>
        {failure !== null && <Banner
          tone="bad"
          icon="alert"
          {...(failure === 'linkInvalid' ? { title: t('invite.invalid') } : {})}
          text={t(failure === 'linkInvalid' ? 'setup.invalidText' : `errors.${failure}`)}
        />}
        <fieldset>
          <legend>{t('setup.company')}</legend>
          <TextInput
            size="md"
            label={t('setup.companyName')}
            autoComplete="organization"
            autoFocus
            required
            withAsterisk={false}
            maxLength={120}
            value={form.companyName}
            onChange={(event) => set({ companyName: event.currentTarget.value })}
            error={errorAt(errors, 'company.name')}
          />
          <div className="pair">
            <TimeZoneField
              size="md"
              label={t('setup.timeZone')}
              value={form.timeZone}
              onChange={(timeZone) => set({ timeZone })}
              error={errorAt(errors, 'company.timeZone')}
            />
            <div>
              <span className="field-label" id="setup-language">
                {t('setup.language')}
              </span>
              <SegmentedControl
                fullWidth
                size="md"
                aria-labelledby="setup-language"
                value={language}
                onChange={(value) => change(value as Language)}
                data={[
                  { value: 'ru', label: t('languages.ru') },
                  { value: 'en', label: t('languages.en') },
                ]}
              />
            </div>
          </div>
        </fieldset>
        <fieldset>
          <legend>{t('setup.you')}</legend>
          <div className="pair">
            <TextInput
              size="md"
              label={t('setup.name')}
              autoComplete="name"
              required
              withAsterisk={false}
              maxLength={120}
              value={form.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
              error={errorAt(errors, 'administrator.name')}
            />
            <TextInput
              size="md"
              type="email"
              label={t('setup.email')}
              autoComplete="username"
              required
              withAsterisk={false}
              value={form.email}
              onChange={(event) => set({ email: event.currentTarget.value })}
              error={errorAt(errors, 'administrator.email')}
            />
          </div>
          <NewPasswordField
            label={t('setup.password')}
            value={form.password}
            onChange={(password) => set({ password })}
            error={errorAt(errors, 'password')}
          />
        </fieldset>
        <Switch
          label={t('setup.sample')}
          description={t('setup.sampleText')}
          checked={form.sample}
          onChange={(event) => set({ sample: event.currentTarget.checked })}
        />
        <div className="dialog-acts">
          <Button type="submit" variant="filled" size="md" loading={door.isSending}>
            {t('setup.do')}
          </Button>
        </div>
      </DoorForm>
    </Door>
  )
}
