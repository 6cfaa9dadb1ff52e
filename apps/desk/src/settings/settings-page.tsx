/** The settings: kinds on the left, the chosen kind beside. The address says which kind and which item. */
import '../look/settings.css'
import { useEffect, useRef } from 'react'
import { Navigate, NavLink, useParams } from 'react-router'
import { useOptionalDesk } from '../desk/desk-context.tsx'
import { NotFound } from '../not-found.tsx'
import { useSession } from '../sign-in/session.ts'
import { useTexts } from '../texts/texts.ts'
import { agents } from './agents.tsx'
import { articles } from './articles.tsx'
import { channels } from './channels.tsx'
import { CompanyPage } from './company.tsx'
import { KeptPage } from './kept-page.tsx'
import { queues } from './queues.tsx'
import { sections } from './sections.ts'
import { templates } from './templates.tsx'
import { dispositions, reasons, sites, skills, teams } from './simple-kinds.tsx'

const Kind = ({ kind, openId, readOnly }: { kind: string; openId: string | undefined; readOnly: boolean }) => {
  const props = { openId, readOnly }
  switch (kind) {
    case 'company':
      return <CompanyPage readOnly={readOnly} />
    case 'agents':
      return <KeptPage key={kind} of={agents} {...props} />
    case 'teams':
      return <KeptPage key={kind} of={teams} {...props} />
    case 'sites':
      return <KeptPage key={kind} of={sites} {...props} />
    case 'skills':
      return <KeptPage key={kind} of={skills} {...props} />
    case 'queues':
      return <KeptPage key={kind} of={queues} {...props} />
    case 'reasons':
      return <KeptPage key={kind} of={reasons} {...props} />
    case 'dispositions':
      return <KeptPage key={kind} of={dispositions} {...props} />
    case 'templates':
      return <KeptPage key={kind} of={templates} {...props} />
    case 'articles':
      return <KeptPage key={kind} of={articles} {...props} />
    case 'channels':
      return <KeptPage key={kind} of={channels} {...props} />
    default:
      return <NotFound />
  }
}

export const SettingsPage = () => {
  const { t } = useTexts()
  const session = useSession()
  const { kind, id } = useParams()
  const desk = useOptionalDesk()
  useEffect(() => {
    // Whoever has a desk has its count in the title.
    if (desk === null) document.title = `${t('settings.title')} · ${t('app.name')}`
  }, [t, desk])
  const nav = useRef<HTMLElement>(null)
  // On a phone the sections are one strip: the one that is open is in view, however it was come by.
  useEffect(() => {
    const { current } = nav
    const here = current?.querySelector<HTMLElement>('[aria-current]')
    if (current && here) current.scrollLeft = here.offsetLeft - (current.clientWidth - here.offsetWidth) / 2
  }, [kind])
  if (kind === undefined) return <Navigate to="/settings/agents" replace />
  return (
    <div className="settings">
      <nav ref={nav} className="settings-nav" aria-label={t('settings.title')}>
        {sections.map((group) => (
          <section key={group.title}>
            <h2>{t(group.title)}</h2>
            {group.kinds.map((each) => (
              <NavLink key={each} to={`/settings/${each}`}>
                {t(`settings.${each}`)}
              </NavLink>
            ))}
          </section>
        ))}
      </nav>
      <main className="settings-main">
        <Kind kind={kind} openId={id} readOnly={session.data?.agent.role !== 'administrator'} />
      </main>
    </div>
  )
}
