import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { routes } from '@otklik/contract/routes'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Link, useNavigate } from 'react-router'
import { failureOf, useApi } from '../api.ts'
import { errorAt } from '../field-errors.ts'
import { Banner, Empty, Failed, Skeleton } from '../parts/states.tsx'
import { guessLanguage, showLanguage, useTexts } from '../texts/texts.ts'
import { DoorForm, remarkOnNewPassword, useDoor } from './door-form.tsx'
import { Door } from './door.tsx'
import { NewPasswordField } from './password-field.tsx'
import { homeOf, useTakeSession } from './session.ts'

const onHashChange = (tell: () => void) => {
  addEventListener('hashchange', tell)
  return () => removeEventListener('hashchange', tell)
}

/** The token travels in the fragment, which no server sees; another link opened over this one changes it. */
export const useFragmentToken = (): string | null => {
  const hash = useSyncExternalStore(onHashChange, () => location.hash)
  return new URLSearchParams(hash.slice(1)).get('token')
}

export const InvitePage = () => {
  const { t } = useTexts()
  const api = useApi()
  const navigate = useNavigate()
  const takeSession = useTakeSession()
  const token = useFragmentToken()
  const [values, setValues] = useState({ password: '' })
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => api.call(routes.invitation, { body: { token: token ?? '' }, signal }),
    enabled: token !== null,
    staleTime: Infinity,
  })
  const door = useDoor({
    values,
    check: ({ password }) => ({ password: remarkOnNewPassword(password, t) }),
    send: ({ password }) => api.call(routes.acceptInvitation, { body: { token: token ?? '', password } }),
    onDone: (session) => {
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
  const title = purpose === 'invite' ? t('invite.title', { name }) : t('invite.titleReset')
  return (
    <Door title={title}>
      <DoorForm door={door}>
        <h1>{title}</h1>
        <p className="lead">{t(purpose === 'invite' ? 'invite.lead' : 'invite.leadReset')}</p>
        {door.failure !== null && <Banner tone="bad" icon="alert" text={t(`errors.${door.failure}`)} />}
        <p className="t2">{t('invite.account', { email })}</p>
        <input type="hidden" autoComplete="username" value={email} readOnly />
        <NewPasswordField
          label={t('signIn.password')}
          value={values.password}
          onChange={(password) => setValues({ password })}
          error={errorAt(door.errors, 'password')}
          autoFocus
        />
        <Button type="submit" variant="filled" size="md" fullWidth loading={door.isSending}>
          {t('invite.do')}
        </Button>
      </DoorForm>
    </Door>
  )
}
