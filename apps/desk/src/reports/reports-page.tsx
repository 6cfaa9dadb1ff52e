/** The reports' room: days, months, ratings. The address says which, of whom, and of when. */
import '../look/reports.css'
import type { SessionView } from '@otklik/contract/views'
import { useEffect } from 'react'
import { Navigate, useParams } from 'react-router'
import { useOptionalDesk } from '../desk/desk-context.tsx'
import { NotFound } from '../not-found.tsx'
import { useSession } from '../sign-in/session.ts'
import { reports as en } from '../texts/en/reports.ts'
import { reports as ru } from '../texts/ru/reports.ts'
import { addTexts, useTexts } from '../texts/texts.ts'
import { DayPage } from './day-page.tsx'
import { MonthPage } from './month-page.tsx'
import { reportPages, type ReportPage } from './pages.ts'
import { RatingsPage } from './ratings-page.tsx'

addTexts('reports', { ru, en })

/** Days are those of the queues' zones; where the page needs one clock it is the company's. */
const Page = ({ page, session }: { page: ReportPage; session: SessionView }) => {
  const { timeZone } = session.company
  switch (page) {
    case 'day':
      return <DayPage timeZone={timeZone} />
    case 'month':
      return <MonthPage timeZone={timeZone} />
    case 'ratings':
      return <RatingsPage timeZone={timeZone} role={session.agent.role} />
  }
}

export const ReportsPage = () => {
  const { t } = useTexts()
  const session = useSession()
  const { page: asked } = useParams()
  const desk = useOptionalDesk()
  useEffect(() => {
    // Whoever has a desk has its count in the title.
    if (desk === null) document.title = `${t('reports.title')} · ${t('app.name')}`
  }, [t, desk])
  if (asked === undefined) return <Navigate to={`/reports/${reportPages[0].page}`} replace />
  const page = reportPages.find((each) => each.page === asked)?.page
  if (page === undefined) return <NotFound />
  return session.data ? <Page page={page} session={session.data} /> : null
}
