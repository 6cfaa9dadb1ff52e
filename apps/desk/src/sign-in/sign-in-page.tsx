import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { routes } from '@otklik/contract/routes'
import { useState } from 'react'
import { Navigate, useNavigate, useSearchParams } from 'react-router'
import { failureOf, problemOf, useApi } from '../api.ts'
import { errorAt, fieldErrors } from '../field-errors.ts'
import { Banner, Empty, Failed } from '../parts/states.tsx'
import { useTexts } from '../texts/texts.ts'
import { Door } from './door.tsx'
import { homeOf, useSession, useTakeSession } from './session.ts'

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
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const signIn = useMutation({
    mutationFn: () => api.call(routes.signIn, { body: { email, password } }),
    onSuccess: (given) => {
      takeSession(given)
      void navigate(back ?? homeOf(given.agent.role), { replace: true })
    },
  })
  if (session.data && !signIn.isSuccess) return <Navigate to={back ?? homeOf(session.data.agent.role)} replace />
  const problem = problemOf(signIn.error)
  const errors = fieldErrors(problem, t)
  const other = signIn.error !== null && Object.keys(errors).length === 0

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
      <form
        className="door-form"
        onSubmit={(event) => {
          event.preventDefault()
          signIn.mutate()
        }}
      >
        <h1>{setup.data?.companyName ?? t('signIn.title')}</h1>
        <p className="lead">{t('signIn.lead')}</p>
        {back && !signIn.isError && <Banner tone="quiet" icon="clock" text={t('signIn.ended')} />}
        {other && (
          <Banner
            tone="bad"
            icon="alert"
            text={problem?.code === 'signInDelayed' && problem.retryAfterSeconds ? t('signIn.wait', {
              count: problem.retryAfterSeconds,
            }) : t(`errors.${failureOf(signIn.error)}`)}
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
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={errorAt(errors, 'email')}
        />
        <PasswordInput
          size="md"
          name="password"
          label={t('signIn.password')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={errorAt(errors, 'password')}
          visibilityToggleButtonProps={{ 'aria-label': t('common.showPassword') }}
        />
        <Button type="submit" variant="filled" size="md" fullWidth loading={signIn.isPending}>
          {t('signIn.do')}
        </Button>
        <p className="t3 s12">{t('signIn.forgot')}</p>
      </form>
    </Door>
  )
}
