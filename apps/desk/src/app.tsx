/** The screens and who may open them. */
import { lazy, Suspense, useEffect, type ReactNode } from 'react'
import { Navigate, Outlet, Route, Routes, useLocation } from 'react-router'
import { failureOf } from './api.ts'
import { ContactsPage } from './desk/contacts-page.tsx'
import { DeskRoom } from './desk/desk-room.tsx'
import { Frame } from './desk/frame.tsx'
import { NotFound } from './not-found.tsx'
import { Failed, Skeleton } from './parts/states.tsx'
import { DraftsRoom } from './settings/drafts.tsx'
import { SetupPage } from './setup/setup-page.tsx'
import { InvitePage } from './sign-in/invite-page.tsx'
import { homeOf, useSession } from './sign-in/session.ts'
import { SignInPage } from './sign-in/sign-in-page.tsx'
import { showLanguage, useTexts } from './texts/texts.ts'

const SettingsPage = lazy(() =>
  import('./settings/settings-page.tsx').then((module) => ({ default: module.SettingsPage })))

export interface AppProps {
  /** Stands around the screens of those who have a desk; the gallery brings its own. */
  readonly room?: (children: ReactNode) => ReactNode
}

const CustomersPage = lazy(() =>
  import('./customers/customers-page.tsx').then((module) => ({ default: module.CustomersPage })))

const FloorPage = lazy(() => import('./floor/floor-page.tsx').then((module) => ({ default: module.FloorPage })))
const WallPage = lazy(() => import('./floor/wall-page.tsx').then((module) => ({ default: module.WallPage })))
const ReportsPage = lazy(() =>
  import('./reports/reports-page.tsx').then((module) => ({ default: module.ReportsPage })))

/** Everything behind the sign-in: the frame, and a desk for those who answer customers. */
const Inside = ({ room }: Required<AppProps>) => {
  const { t } = useTexts()
  const { pathname, search } = useLocation()
  const session = useSession()
  const language = session.data?.agent.language
  useEffect(() => {
    if (language) showLanguage(language)
  }, [language])

  if (session.isError) {
    const failure = failureOf(session.error)
    if (failure === 'notSignedIn') return <Navigate
      to={pathname === '/' ? '/sign-in' : `/sign-in?back=${encodeURIComponent(pathname + search)}`}
      replace
    />
    return (
      <main className="centre">
        <Failed title={t('desk.failed')} failure={failure} onRetry={() => void session.refetch()} />
      </main>
    )
  }
  if (!session.data)
    return (
      <main className="centre">
        <Skeleton rows={3} />
      </main>
    )
  const framed = (
    <DraftsRoom>
      <Frame session={session.data}>
        <Outlet />
      </Frame>
    </DraftsRoom>
  )
  return session.data.agent.role === 'administrator' ? framed : room(framed)
}

const Home = () => {
  const session = useSession()
  return session.data ? <Navigate to={homeOf(session.data.agent.role)} replace /> : null
}

/** A screen for some roles; others are told that it is not for theirs. */
const For = ({ roles, children }: { roles: readonly string[]; children: ReactNode }) => {
  const session = useSession()
  return session.data && roles.includes(session.data.agent.role) ? children : <NotFound elsewhere />
}

const Settings = () => (
  <For roles={['supervisor', 'administrator']}>
    <Suspense fallback={<Skeleton rows={6} />}>
      <SettingsPage />
    </Suspense>
  </For>
)

const Customers = () => (
  <Suspense fallback={<Skeleton rows={6} />}>
    <CustomersPage />
  </Suspense>
)

const Floor = ({ children }: { children: ReactNode }) => (
  <For roles={['supervisor']}>
    <Suspense fallback={<Skeleton rows={8} />}>{children}</Suspense>
  </For>
)

const Reports = () => (
  <For roles={['supervisor', 'administrator']}>
    <Suspense fallback={<Skeleton rows={6} />}>
      <ReportsPage />
    </Suspense>
  </For>
)

const Contacts = () => (
  <For roles={['agent', 'supervisor']}>
    <ContactsPage />
  </For>
)

const liveRoom = (children: ReactNode) => <DeskRoom>{children}</DeskRoom>

export const App = ({ room = liveRoom }: AppProps) => (
  <Routes>
    <Route path="/sign-in" element={<SignInPage />} />
    <Route path="/setup" element={<SetupPage />} />
    <Route path="/invite" element={<InvitePage />} />
    <Route element={<Inside room={room} />}>
      <Route index element={<Home />} />
      <Route path="/contacts/:id?" element={<Contacts />} />
      <Route path="/customers/:id?" element={<Customers />} />
      <Route path="/floor" element={<Floor><FloorPage /></Floor>} />
      <Route path="/floor/wall" element={<Floor><WallPage /></Floor>} />
      <Route path="/reports/:page?" element={<Reports />} />
      <Route path="/settings/:kind?/:id?" element={<Settings />} />
      <Route path="*" element={<NotFound />} />
    </Route>
  </Routes>
)
