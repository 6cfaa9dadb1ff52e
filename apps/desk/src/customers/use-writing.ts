/** What of a section of the card is being written. */
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'

/**
 * `begins` marks the button that opens the form of a thing. `end` puts the form away and gives its focus to that button: who
 * writes without a mouse goes on from there.
 */
export const useWriting = <Thing extends string>() => {
  const section = useRef<HTMLElement>(null)
  const [writing, begin] = useState<Thing | null>(null)
  const end = () => {
    const { activeElement } = document
    const isHere = activeElement === document.body || section.current?.contains(activeElement) === true
    flushSync(() => begin(null))
    if (isHere) section.current?.querySelector<HTMLElement>(`[data-begins="${writing}"]`)?.focus()
  }
  return { section, writing, begin, end, begins: (thing: Thing) => ({ 'data-begins': thing, onClick: () => begin(thing) }) }
}
