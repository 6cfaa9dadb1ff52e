/** What every part of the screen is given. */
import type { WidgetConfig } from '@otklik/contract/web-chat'
import type { ChatState } from '../chat.ts'
import type { Engine } from '../engine.ts'
import type { Store } from '../storage.ts'
import type { Texts } from '../texts.ts'

export interface Shown {
  readonly state: ChatState
  readonly config: WidgetConfig
  readonly texts: Texts
  readonly engine: Engine
  /** Of this tab: the draft. */
  readonly session: Store
  readonly open: () => void
  readonly close: () => void
}
