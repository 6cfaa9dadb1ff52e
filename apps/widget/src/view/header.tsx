import { canEnd } from '../chat.ts'
import { clock } from '../texts.ts'
import { IconButton } from './icons.tsx'
import type { Shown } from './shown.ts'
import { expectation } from './waiting.tsx'

/** Who answers, or when somebody will. */
export const Header = ({ state, config, texts, engine, close }: Shown) => {
  const { chat } = state
  const title = config.title || texts.support
  const name = chat?.state === 'queued' ? null : (chat?.agent?.name ?? null)
  return (
    <header>
      <span class={chat?.state === 'active' && chat.snoozedUntil === null && !state.isOffline ? 'face on' : 'face'} aria-hidden="true">
        {[...(name ?? title)][0]?.toUpperCase()}
      </span>
      <div class="grow">
        <h2>{name ?? title}</h2>
        <p>{secondLine({ state, config, texts }, name !== null)}</p>
      </div>
      {canEnd(state) && !state.isEnding && (
        <IconButton name="end" label={texts.end} onClick={engine.askEnd} />
      )}
      <IconButton name="down" label={texts.collapse} onClick={close} />
    </header>
  )
}

const secondLine = ({ state, config, texts }: Pick<Shown, 'state' | 'config' | 'texts'>, isNamed: boolean): string => {
  const { chat } = state
  if (chat?.state === 'ended' && chat.endedAt !== null) return texts.ended(null, clock(texts, new Date(chat.endedAt)))
  if (state.isTyping) return texts.typing
  if (isNamed) return (config.title || texts.support) + (chat?.snoozedUntil === null && !state.isOffline ? `, ${texts.online}` : '')
  if (state.problem?.kind === 'blocked' || !config.isOpen) return ''
  const { wait, isLong } = expectation({ state, config })
  if (wait?.kind === 'nobody') return texts.nobody
  if (wait) return chat ? '' : texts.expected(wait) // below it is said already
  return config.usualSeconds && !isLong ? texts.usually(config.usualSeconds) : ''
}
