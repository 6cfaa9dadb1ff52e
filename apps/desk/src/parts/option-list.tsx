import { useId, useState, type CSSProperties, type KeyboardEvent, type ReactNode, type Ref } from 'react'
import { useTexts } from '../texts/texts.ts'
import { matchTyped, type Match } from './matching.ts'

const Marked = ({ name, match }: { name: string; match: Match<unknown> }) => (
  <span className="cut" title={name}>
    {name.slice(0, match.from)}
    {match.to > match.from && <mark>{name.slice(match.from, match.to)}</mark>}
    {name.slice(match.to)}
  </span>
)

/** The option that stands out. Sure: no other one fits as well, or an arrow went to it; Ctrl Enter takes no other. */
export interface MarkedOption<Item> {
  readonly item: Item
  readonly isSure: boolean
}

interface OptionListProps<Item> {
  readonly items: readonly Item[]
  readonly idOf: (item: Item) => string
  readonly nameOf: (item: Item) => string
  /** Words that find an item besides its name. */
  readonly wordsOf?: (item: Item) => string
  /** What stands beside a name. */
  readonly aside?: (item: Item) => ReactNode
  readonly isDisabled?: (item: Item) => boolean
  readonly label: string
  readonly placeholder: string
  readonly hint?: string
  /** Heard of each letter, by whoever looks for more elsewhere. */
  readonly onType?: (typed: string) => void
  /** What was found elsewhere for what is typed: behind the items that match, so that nothing moves under the finger. */
  readonly found?: readonly Item[]
  /** Said when nothing matches what was typed. */
  readonly nothing?: string
  readonly chosen: Item | null
  readonly onChoose: (item: Item | null) => void
  /** Enter on an option, or a click: chosen, and the agent goes on. */
  readonly onDone: (item: Item) => void
  readonly invalid?: boolean
  readonly fieldRef: Ref<HTMLInputElement>
  /** The list stays open after a choice. */
  readonly alwaysOpen?: boolean
  /** Told which option is highlighted, for whoever takes it by another key than Enter. */
  readonly onMark?: (marked: MarkedOption<Item> | null) => void
}

/** The list keeps its height while letters narrow it: what stands around it must not jump. */
const rows = (count: number) => ({ '--rows': count }) as CSSProperties

/** A field where two typed letters and Enter choose one of a list; arrows move, a click works too. */
export const OptionList = <Item,>(props: OptionListProps<Item>) => {
  const { items, idOf, nameOf, chosen, onChoose, onDone, alwaysOpen = false } = props
  const { t } = useTexts()
  const listId = useId()
  const [typed, setTyped] = useState('')
  // Nothing is highlighted before a letter or an arrow: the first row must not look chosen.
  const [index, setIndex] = useState(-1)
  const open = alwaysOpen || chosen === null
  const matchAll = (text: string) => {
    const own = matchTyped(items, text, nameOf, props.wordsOf)
    const known = new Set(own.map(({ item }) => idOf(item)))
    return [...own, ...(text === typed ? (props.found ?? []) : []).filter((item) => !known.has(idOf(item))).map((item) => ({ item, from: 0, to: 0, grade: Infinity }))]
  }
  const matches = matchAll(typed)
  const highlighted = open && index >= 0 ? matches[Math.min(index, matches.length - 1)] : undefined

  const takesEnter = highlighted !== undefined || chosen !== null

  const move = (nextTyped: string, nextIndex: number, byArrow: boolean) => {
    setTyped(nextTyped)
    setIndex(nextIndex)
    if (nextTyped !== typed) props.onType?.(nextTyped)
    const fitting = matchAll(nextTyped)
    const marked = fitting[nextIndex]
    props.onMark?.(marked === undefined ? null : { item: marked.item, isSure: byArrow || fitting[nextIndex + 1]?.grade !== marked.grade })
  }
  const write = (next: string) => move(next, next.trim() === '' ? -1 : 0, false)
  const take = (item: Item) => {
    if (props.isDisabled?.(item)) return
    setTyped('')
    setIndex(-1)
    props.onMark?.(null)
    onChoose(item)
    onDone(item)
  }
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const next = Math.min(matches.length - 1, Math.max(0, index + (event.key === 'ArrowDown' ? 1 : -1)))
      move(typed, next, true)
      document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter') {
      // A field that has nothing to take leaves Enter to an offer; letters that fit nothing go no further.
      if (takesEnter || typed !== '') event.preventDefault()
      if (highlighted) take(highlighted.item)
      else if (chosen !== null) onDone(chosen)
    }
  }

  return (
    <div className="option-list">
      <div className="option-field" data-invalid={props.invalid}>
        <input
          ref={props.fieldRef}
          data-autofocus
          {...(takesEnter ? { 'data-takes-enter': '' } : {})}
          role="combobox"
          aria-label={props.label}
          aria-expanded={open}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-invalid={props.invalid}
          {...(highlighted ? { 'aria-activedescendant': `${listId}-${matches.indexOf(highlighted)}` } : {})}
          autoComplete="off"
          spellCheck={false}
          value={chosen !== null && typed === '' ? nameOf(chosen) : typed}
          placeholder={props.placeholder}
          onChange={(event) => {
            if (chosen !== null) {
              // Typing over a choice starts anew with the letter that was typed.
              const added =
                event.currentTarget.value.startsWith(nameOf(chosen))
                  ? event.currentTarget.value.slice(nameOf(chosen).length)
                  : ''
              onChoose(null)
              write(added)
            } else write(event.currentTarget.value)
          }}
          onKeyDown={press}
        />
        {props.hint && items.length > 0 && typed === '' && chosen === null && <span className="t3 s12 no-phone">{props.hint}</span>}
      </div>
      {open && (
        <ul id={listId} role="listbox" aria-label={props.label} className="options" tabIndex={-1} style={rows(items.length)}>
          {matches.map((match, at) => (
            <li
              key={idOf(match.item)}
              id={`${listId}-${at}`}
              role="option"
              aria-selected={highlighted ? match === highlighted : chosen !== null && idOf(match.item) === idOf(chosen)}
              aria-disabled={props.isDisabled?.(match.item) ?? false}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(match.item)}
            >
              <Marked name={nameOf(match.item)} match={match} />
              {props.aside?.(match.item)}
            </li>
          ))}
          {matches.length === 0 && <li className="t3">{props.nothing ?? t('common.nothingFound')}</li>}
        </ul>
      )}
    </div>
  )
}
