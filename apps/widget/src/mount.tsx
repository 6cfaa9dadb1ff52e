/** The widget on its page: one element in the top layer, with everything inside its shadow. */
import { render } from 'preact'
import type { ChatState } from './chat.ts'
import type { Engine } from './engine.ts'
import type { Store } from './storage.ts'
import { dress } from './styles.ts'
import { textsOf } from './texts.ts'
import { App, isPhone } from './view/app.tsx'

export interface MountOptions {
  readonly session: Store
  /** What the script's tag asks for, pixels. */
  readonly bottom: number
  readonly radius: number
}

export const createMount = ({ session, bottom, radius }: MountOptions) => {
  const host = document.createElement('otklik-chat')
  const root = host.attachShadow({ mode: 'open' })
  const box = document.createElement('div')
  root.append(box)
  // Typing here is no shortcut of the page's.
  for (const kind of ['keydown', 'keyup', 'keypress'] as const) root.addEventListener(kind, (event) => event.stopPropagation())

  let engine: Engine | undefined
  let dressed = ''
  let drawn: ChatState | undefined
  let isAsked = false

  const draw = () => {
    isAsked = false
    const state = engine?.state
    if (!engine || !state || state === drawn) return
    drawn = state
    const { config } = state
    if (!config) return host.remove()
    const { accent, language, side } = config
    if (dressed !== accent) dress(root, { accent: (dressed = accent), bottom, radius })
    box.className = side === 'left' ? 'root left' : 'root right'
    box.lang = language
    render(<App state={state} config={config} texts={textsOf(language)} engine={engine} session={session} open={open} close={close} />, box)
    if (!host.isConnected) show(host)
  }

  const focusSoon = (selector: string) => setTimeout(() => root.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true }))
  const open = () => {
    engine?.open()
    // Where a finger points, focus in the field would raise the keyboard over the conversation.
    focusSoon(matchMedia('(pointer: coarse)').matches || isPhone() ? '.w' : '.write:enabled')
  }
  const close = () => {
    const hadFocus = root.activeElement !== null
    engine?.close()
    if (hadFocus) focusSoon('.open')
  }
  followKeyboard(box)

  return {
    /** Draws soon: several changes of one moment are one picture. */
    change(): void {
      if (isAsked) return
      isAsked = true
      queueMicrotask(draw)
    },
    use(own: Engine): void {
      engine = own
    },
    open,
    close,
  }
}

const show = (host: HTMLElement): void => {
  // Beside <body>, so that a page that hides or moves its body does not take the chat along.
  document.documentElement.append(host)
  // A rule for `*` may hide the root element with all the rest. While the body stays hidden, showing the root shows only us.
  const { documentElement: page, body } = document
  const isHidden = (element: Element | null) => element !== null && getComputedStyle(element).display === 'none'
  if (isHidden(page) && isHidden(body)) page.style.setProperty('display', 'block', 'important')
  // The top layer is above every z-index, and no transform, filter or opacity of the page reaches it.
  if ('popover' in host) {
    host.popover = 'manual'
    host.showPopover()
  }
}

/** A phone's keyboard makes the visible part of the window smaller and may push it: the panel keeps to it. */
const followKeyboard = (box: HTMLElement): void => {
  const view = window.visualViewport
  if (!view) return
  const follow = () => {
    // While the visitor zooms in, the panel stays where it is.
    if (view.scale > 1.01) return
    box.style.setProperty('--w-height', `${view.height}px`)
    box.style.setProperty('--w-top', `${view.offsetTop}px`)
  }
  view.addEventListener('resize', follow)
  view.addEventListener('scroll', follow)
  follow()
}
