/**
 * `<script src="https://…/widget.js" data-channel="UUID" async></script>`: finds its own tag and puts the chat on the page.
 * Optional: `data-bottom`, distance of the button from the bottom; `data-radius`, corner of the panel (both pixels).
 */
import type { WidgetConfig } from '@otklik/contract/web-chat'
import { createEngine } from './engine.ts'
import { createMount } from './mount.tsx'
import { createOutbox, isOutboxName } from './outbox.ts'
import { createServer } from './server.ts'
import { createStore, findArea } from './storage.ts'
import { isPhone } from './view/app.tsx'

export interface OtklikApi {
  open(): void
  close(): void
  /** Forgets the visitor in this browser: call it when your customer signs out. */
  logout(): void
  /** Our own settings page shows with it what is not saved yet. */
  preview(settings: Partial<WidgetConfig>): void
}

declare global {
  interface Window {
    otklik?: OtklikApi
  }
}

const uuid = /^[\da-f-]{36}$/i

/** `document.currentScript` is gone when a tag manager puts the script in later. */
const findTag = (): HTMLScriptElement | null =>
  document.currentScript instanceof HTMLScriptElement && document.currentScript.dataset['channel'] !== undefined
    ? document.currentScript
    : document.querySelector<HTMLScriptElement>('script[data-channel][src*="widget.js"]')

const pixels = (text: string | undefined, least: number, most: number, otherwise: number): number => {
  const value = Number.parseFloat(text ?? '')
  return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : otherwise
}

/** 122 random bits as a UUID of version 4; `crypto.randomUUID` is missing on pages without TLS. */
const newId = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const start = (tag: HTMLScriptElement): void => {
  const channelId = (tag.dataset['channel'] ?? '').toLowerCase()
  if (!uuid.test(channelId)) throw new Error('Otklik: data-channel is no id of a channel.')
  const prefix = `otklik.${channelId}.`
  const server = createServer(new URL(tag.src).origin, channelId)
  const local = createStore(prefix, findArea(() => localStorage))
  const session = createStore(prefix, findArea(() => sessionStorage))
  const mount = createMount({ session, bottom: pixels(tag.dataset['bottom'], 0, 400, 24), radius: pixels(tag.dataset['radius'], 0, 28, 16) })
  const engine = createEngine(
    {
      server,
      openSocket: () => new WebSocket(server.socketUrl),
      local,
      session,
      outbox: createOutbox(local, Date.now, newId),
      now: Date.now,
      random: Math.random,
      isVisible: () => document.visibilityState === 'visible',
      // Without the fragment, which pages use for secrets.
      page: () => ({ url: location.href.replace(/#.*/s, '').slice(0, 2000), title: document.title.slice(0, 300) }),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || null,
      report: (error) => reportError(error),
    },
    () => mount.change(),
  )
  mount.use(engine)
  engine.start()

  addEventListener('storage', ({ key, oldValue, newValue, storageArea }) => {
    if (storageArea === sessionStorage) return
    if (key === null) engine.changedElsewhere(null, null, null)
    else if (key.startsWith(prefix)) engine.changedElsewhere(key.slice(prefix.length), oldValue, newValue)
  })
  addEventListener('online', engine.wake)
  addEventListener('offline', engine.lost)
  addEventListener('pageshow', engine.wake)
  addEventListener('pagehide', engine.keep)
  document.addEventListener('visibilitychange', () => (document.visibilityState === 'visible' ? engine.wake() : engine.keep()))

  window.otklik = { open: mount.open, close: mount.close, logout: engine.logout, preview: engine.preview }
  // A reload keeps the chat open; on a phone, where it covers the page, going on to another page does not.
  if (session.get('open') !== null && engine.state.config && !isPhone()) engine.open()
  const isBusy = local.get('live') !== null || local.names('out.').some(isOutboxName)
  if (isBusy) engine.wake()
  const idle = window.requestIdleCallback as typeof window.requestIdleCallback | undefined
  if (idle) idle(() => void engine.loadConfig(), { timeout: 2000 })
  else setTimeout(() => void engine.loadConfig(), 200) // Safari
}

const tag = findTag()
if (tag && window.otklik === undefined && 'adoptedStyleSheets' in document) start(tag)
