/** Asks once, after the end of a chat that was answered. */
import type { ContactId } from '@otklik/model/ids'
import { useState } from 'preact/hooks'
import type { ChatView } from '@otklik/contract/web-chat'
import { Face } from './icons.tsx'
import type { Shown } from './shown.ts'

const scores = [1, 2, 3, 4, 5]
/** The contract's limit of a comment, characters. */
const commentLimit = 1000

export const Rating = (shown: Shown) => {
  const { chat } = shown.state
  if (chat?.state !== 'ended') return null
  if (chat.rating !== null) return <Thanks {...shown} />
  return chat.canRate ? <Ask key={chat.contactId} {...shown} contactId={chat.contactId} rateWith={chat.rateWith} /> : null
}

const Ask = ({ state, texts, engine, contactId, rateWith }: Shown & { contactId: ContactId; rateWith: ChatView['rateWith'] }) => {
  const stars = rateWith.style === 'stars'
  const [score, setScore] = useState(0)
  const [comment, setComment] = useState('')
  const [isPut, setPut] = useState(false)
  if (isPut) return <p class="sys" role="status">{texts.writeOn}</p>
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault()
        if (score > 0) engine.rate(contactId, score, comment)
      }}
    >
      <h3 id="rate">{texts.rateTitle}</h3>
      <p>{texts.rateSeen}</p>
      <div class={stars ? 'rate stars' : 'rate'} role="radiogroup" aria-labelledby="rate">
        {scores.map((one) => (
          <label key={one} class={(stars ? one <= score : one === score) ? 'on' : ''} title={texts.score(one)}>
            <input type="radio" name="score" aria-label={texts.score(one)} checked={one === score} onChange={() => setScore(one)} />
            {stars ? '★' : <Face score={one} />}
          </label>
        ))}
      </div>
      <div class="ends" aria-hidden="true">
        <span>{texts.rateLow}</span>
        <span>{texts.rateHigh}</span>
      </div>
      {rateWith.comment && <textarea
        class="ta"
        rows={2}
        maxLength={commentLimit}
        placeholder={texts.comment}
        aria-label={texts.comment}
        value={comment}
        onInput={({ currentTarget }) => setComment(currentTarget.value)}
      />}
      <div class="two">
        <button type="submit" class="wbtn p" disabled={score === 0 || state.isRating}>
          {state.isRating ? texts.sending : texts.rate}
        </button>
        <button
          type="button"
          class="wbtn"
          onClick={({ currentTarget }) => {
            currentTarget.closest('.w')?.querySelector<HTMLElement>('.write')?.focus()
            setPut(true)
          }}
        >
          {texts.notSolved}
        </button>
      </div>
    </form>
  )
}

const Thanks = ({ texts }: Shown) => (
  <div class="card" role="status">
    <h3>{texts.thanks}</h3>
    <p>{texts.thanksMore}</p>
  </div>
)
