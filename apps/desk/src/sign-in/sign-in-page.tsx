import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { routes } from '@otklik/contract/routes'
import { useState } from 'react'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { failureOf, problemOf, useApi } from '../api.ts'
import { errorAt } from '../field-errors.ts'
import { Banner, Empty, Failed } from '../parts/states.tsx'
import { useTexts } from '../texts/texts.ts'
import { DoorForm, remarkOnEmail, remarkOnText, useDoor } from './door-form.tsx'
import { Door } from './door.tsx'
import { homeOf, useSession, useTakeSession, wasSignedIn } from './session.ts'

/** Only ways within the desk: a link must not send anybody elsewhere after signing in. */
const safeBack = (back: string | null): string | null => (back !== null && /^\/(contacts|settings)(\/|\?|$)/.test(back)
  ? back
  : null)

export const SignInPage = () => {
  const { t } = useTexts()
  const api = useApi()
  const navigate = useNavigate()
  const takeSession = useTakeSession()
  const back = safeBack(useSearchParams()[0].get('back'))
  const session = useSession()
  const setup = useQuery({ queryKey: ['setupState'], queryFn: ({ signal }) => api.call(routes.setupState, { signal }) })
  const [values, setValues] = useState({ email: '', password: '' })
  const door = useDoor({
    values,
    check: ({ email, password }) => ({ email: remarkOnEmail(email, t), password: remarkOnText(password, t) }),
    send: (body) => api.call(routes.signIn, { body }),
    onDone: (given) => {
      takeSession(given)
      void navigate(back ?? homeOf(given.agent.role), { replace: true })
    },
  })
  if (session.data && !door.isDone) return <Navigate to={back ?? homeOf(session.data.agent.role)} replace />
  const problem = problemOf(door.error)

  if (setup.isError && failureOf(setup.error) === 'unreachable')
    return (
      <Door title={t('signIn.title')}>
        <Failed title={t('connection.waiting')} failure="unreachable" onRetry={() => void setup.refetch()} />
      </Door>
    )
  if (setup.data?.done === false)
    return (
      <Door title={t('setup.noToken')}>
        <Empty icon="link" title={t('setup.noToken')} text={t('setup.noTokenText')} />
      </Door>
    )
  return (
    <Door title={t('signIn.title')}>
      <DoorForm door={door}>
        <h1>{setup.data?.companyName ?? t('signIn.title')}</h1>
        <p className="lead">{t('signIn.lead')}</p>
        {back && wasSignedIn() && door.error === null && <Banner tone="quiet" icon="clock" text={t('signIn.ended')} />}
        {door.failure !== null && (
          <Banner
            tone="bad"
            icon="alert"
            text={problem?.code === 'signInDelayed' && problem.retryAfterSeconds ? t('signIn.wait', {
              count: problem.retryAfterSeconds,
            }) : t(`errors.${door.failure}`)}
          />
        )}
        <TextInput
          size="md"
          type="email"
          name="email"
          label={t('signIn.email')}
          autoComplete="username"
          autoFocus
          required
          withAsterisk={false}
          value={values.email}
          onChange={(event) => setValues({ ...values, email: event.currentTarget.value })}
          error={errorAt(door.errors, 'email')}
        />
        <PasswordInput
          size="md"
          name="password"
          label={t('signIn.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={values.password}
          onChange={(event) => setValues({ ...values, password: event.currentTarget.value })}
          error={errorAt(door.errors, 'password')}
          visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword') }}
        />
        <Button type="submit" variant="filled" size="md" fullWidth loading={door.isSending}>
          {t('signIn.do')}
        </Button>
        <p className="t3 s12">{t('signIn.forgot')}</p>
      </DoorForm>
    </Door>
  )
}
