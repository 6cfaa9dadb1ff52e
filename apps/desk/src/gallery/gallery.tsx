/**
 * The real screens with made-up people: `?page=desk&lang=en&theme=dark`. For looking, and for the checks that no text
 * leaves its box and that everybody can use it.
 */
import '../strict.ts'
import '../look/look.ts'
import { useEffect, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { MemoryRouter, parsePath } from 'react-router'
import { App } from '../app.tsx'
import { contactId } from '../desk/desk-builders.ts'
import { DeskRoom } from '../desk/desk-room.tsx'
import { chooseTheme } from '../look/theme-choice.ts'
import { createQueries, Providers } from '../providers.tsx'
import { showLanguage } from '../texts/texts.ts'
import { filesInDraft } from './attachment-fixtures.ts'
import { fakeApi, fakeSocket } from './fake-server.ts'
import { pages, type Page } from './pages.ts'

const asked = new URLSearchParams(location.search)
const page = pages[asked.get('page') ?? 'desk'] ?? (pages['desk'] as Page)
const language = asked.get('lang') === 'en' ? 'en' : 'ru'
const themeAsked = asked.get('theme')
if (!location.hash && (page.path === '/setup' || page.path === '/invite')) location.hash = 'token=shown-in-the-gallery'
localStorage.clear()
sessionStorage.clear() // of the page before
if (!page.unexplained) localStorage.setItem('otklik.alertsExplained', 'yes')
if (page.draft) sessionStorage.setItem(`otklik.draft.${contactId(1)}.reply`, page.draft)
if (page.files) sessionStorage.setItem(`otklik.draft.${contactId(1)}.replyFiles`, filesInDraft(language))
showLanguage(language)
chooseTheme(themeAsked === 'dark' ? 'dark' : themeAsked === 'light' ? 'light' : 'system')

const settle = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Does the one thing that the page is about, once it stands, and says that there is something to look at. */
const Acting = ({ children }: { children: ReactNode }) => {
  useEffect(() => {
    const act = async () => {
      await document.fonts.ready
      do await settle(250)
      while (document.querySelector('.skeleton, [data-loading="true"]'))
      await settle(100)
      if (page.press) dispatchEvent(new KeyboardEvent('keydown', { ...page.press, altKey: true, bubbles: true }))
      for (const selector of [page.click ?? []].flat()) {
        document.querySelector<HTMLElement>(selector)?.click()
        await settle(400)
      }
      if (page.type) {
        const field = document.querySelector<HTMLInputElement>(page.type.into)
        // React hears of what is written past its own setter only.
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, page.type.text)
        field?.dispatchEvent(new Event('input', { bubbles: true }))
        await settle(600)
      }
      await settle(page.press ? 400 : 0)
      document.documentElement.dataset['ready'] = 'true'
    }
    void act()
  }, [])
  return children
}

const root = document.getElementById('root')
if (!root) throw new Error('gallery.html has no #root')
createRoot(root).render(
  <Providers api={fakeApi({ language, scene: page.scene, role: page.role, files: page.files ?? false })} queries={createQueries()}>
    <MemoryRouter initialEntries={[page.query === undefined ? page.path : { ...parsePath(page.path), state: { query: page.query } }]}>
      <Acting>
        <App room={(children) => <DeskRoom makeSocket={fakeSocket({ offline: page.offline ?? false, language, scene: page.scene })}>{children}</DeskRoom>} />
      </Acting>
    </MemoryRouter>
  </Providers>,
)
