import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { routes } from '@otklik/contract/routes'
import { useEffect, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { failureOf, problemOf, useApi } from '../api.ts'
import { errorAt, fieldErrors } from '../field-errors.ts'
import { Banner, Empty, Failed, Skeleton } from '../parts/states.tsx'
import { guessLanguage, showLanguage, useTexts } from '../texts/texts.ts'
import { Door } from './door.tsx'
import { NewPasswordField } from './password-field.tsx'
import { homeOf, useTakeSession } from './session.ts'

/** The token travels in the fragment, which no server sees; taken once, it leaves the address bar. */
export const useFragmentToken = (): string | null => {
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token'))
  return token
}

export const InvitePage = () => {
  const { t } = useTexts()
  const api = useApi()
  const navigate = useNavigate()
  const takeSession = useTakeSession()
  const token = useFragmentToken()
  const [password, setPassword] = useState('')
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => api.call(routes.invitation, { body: { token: token ?? '' }, signal }),
    enabled: token !== null,
    staleTime: Infinity,
  })
  const accept = useMutation({
    mutationFn: () => api.call(routes.acceptInvitation, { body: { token: token ?? '', password } }),
    onSuccess: (session) => {
      takeSession(session)
      void navigate(homeOf(session.agent.role), { replace: true })
    },
  })
  const language = invitation.data?.language
  useEffect(() => showLanguage(language ?? guessLanguage()), [language])

  const invalid = token === null || (invitation.isError && failureOf(invitation.error) === 'linkInvalid')
  if (invalid)
    return (
      <Door title={t('invite.invalid')}>
        <Empty icon="link" title={t('invite.invalid')} text={t('invite.invalidText')}>
          <Link to="/sign-in">{t('invite.toSignIn')}</Link>
        </Empty>
      </Door>
    )
  if (invitation.isError)
    return (
      <Door title={t('invite.titleReset')}>
        <Failed
          title={t('connection.waiting')}
          failure={failureOf(invitation.error)}
          onRetry={() => void invitation.refetch()}
        />
      </Door>
    )
  if (!invitation.data)
    return (
      <Door title={t('invite.titleReset')}>
        <Skeleton rows={3} />
      </Door>
    )
  const { name, email, purpose } = invitation.data
  const errors = fieldErrors(problemOf(accept.error), t)
  const title = purpose === 'invite' ? t('invite.title', { name }) : t('invite.titleReset')
  return (
    <Door title={title}>
      <form
        className="door-form"
        onSubmit={(event) => {
          event.preventDefault()
          accept.mutate()
        }}
      >
        <h1>{title}</h1>
        <p className="lead">{t(purpose === 'invite' ? 'invite.lead' : 'invite.leadReset')}</p>
        {accept.isError && Object.keys(errors).length === 0 && <Banner
          tone="bad"
          icon="alert"
          text={t(`errors.${failureOf(accept.error)}`)}
        />}
        <p className="t2">{t('invite.account', { email })}</p>
        <input type="hidden" autoComplete="username" value={email} readOnly />
        <NewPasswordField
          label={t('signIn.password')}
          value={password}
          onChange={setPassword}
          error={errorAt(errors, 'password')}
          autoFocus
        />
        <Button type="submit" variant="filled" size="md" fullWidth loading={accept.isPending}>
          {t('invite.do')}
        </Button>
      </form>
    </Door>
  )
}
