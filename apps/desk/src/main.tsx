import './strict.ts'
import './look/look.ts'
import { createRoot } from 'react-dom/client'
import { BrowserRouter } from 'react-router'
import { serverApi } from './api.ts'
import { App } from './app.tsx'
import { restoreTheme } from './look/theme-choice.ts'
import { createQueries, Providers } from './providers.tsx'
import { guessLanguage, showLanguage } from './texts/texts.ts'

restoreTheme()
showLanguage(guessLanguage())

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <Providers api={serverApi} queries={createQueries()}>
    {/* Without transitions the page has turned before the next key is read: letters go to whom one sees. */}
    <BrowserRouter useTransitions={false}>
      <App />
    </BrowserRouter>
  </Providers>,
)
