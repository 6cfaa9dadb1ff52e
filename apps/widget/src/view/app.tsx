/** The button on the page, or the chat. */
import { safeHref } from '@otklik/contract/links'
import { unreadCount } from '../chat.ts'
import { Composer } from './composer.tsx'
import { Header } from './header.tsx'
import { Icon } from './icons.tsx'
import { Log } from './log.tsx'
import type { Shown } from './shown.ts'
import { Status } from './status.tsx'

export const App = (shown: Shown) => (shown.state.isOpen ? <Panel {...shown} /> : <OpenButton {...shown} />)

const OpenButton = ({ state, texts, open }: Shown) => {
  const unread = unreadCount(state)
  const label = unread > 0 ? `${texts.open}: ${texts.newMessages(unread)}` : texts.open
  return (
    <>
      <button type="button" class="open" aria-label={label} title={label} aria-haspopup="dialog" onClick={open}>
        <Icon name="chat" />
        {unread > 0 && <span class="badge">{unread > 99 ? '99+' : unread}</span>}
      </button>
      <span class="vh" role="status">
        {unread > 0 ? texts.newMessages(unread) : ''}
      </span>
    </>
  )
}

const focusable = 'button:enabled, textarea, input, a[href]'

/** On a phone the chat covers the page: Tab stays inside it. */
const keepFocus = (event: KeyboardEvent, panel: HTMLElement) => {
  const all = [...panel.querySelectorAll<HTMLElement>(focusable)]
  const [target] = event.composedPath()
  const isAtEdge = event.shiftKey ? target === all[0] || target === panel : target === all.at(-1)
  if (!isAtEdge) return
  event.preventDefault()
  ;(event.shiftKey ? all.at(-1) : all[0])?.focus()
}

export const isPhone = (): boolean => matchMedia('(max-width: 480px)').matches

const Panel = (shown: Shown) => {
  const { state, config, engine, close, texts } = shown
  return (
    <section
      class="w"
      role="dialog"
      aria-modal={isPhone() ? 'true' : undefined}
      aria-label={texts.chatWith}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.isComposing) (state.asksEnd ? engine.stay : close)()
        else if (event.key === 'Tab' && isPhone()) keepFocus(event, event.currentTarget)
      }}
    >
      <Header {...shown} />
      <Log {...shown} />
      <footer>
        {config.notice !== '' && state.chat?.state !== 'active' && <p class="says bad">{config.notice}</p>}
        <Status {...shown} />
        <Composer {...shown} />
        <Terms {...shown} />
      </footer>
    </section>
  )
}

/** What a visitor agrees to by writing. */
const Terms = ({ state, config, texts }: Shown) => {
  const href = safeHref(config.consentUrl)
  return config.consentText === '' || state.problem?.kind === 'blocked' ? null : (
    <p class="fine">
      {config.consentText}{' '}
      {href && (
        <a href={href} target="_blank" rel="noopener noreferrer">
          {texts.terms}
        </a>
      )}
    </p>
  )
}
