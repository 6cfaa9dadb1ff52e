import { joinWords, type Span } from '../templates/fill.ts'

/**
 * Puts words into a field as fingers would: the field says that it has changed, and Ctrl Z takes them back.
 * @param at what they replace; the cursor's place otherwise
 */
export const typeWords = (area: HTMLTextAreaElement, words: string, at: Span = { from: area.selectionEnd, to: area.selectionEnd }): void => {
  const { piece, cursor } = joinWords(area.value, at, words)
  area.focus()
  area.setSelectionRange(at.from, at.to)
  // Deprecated and without a successor: nothing else that a page may do is kept in the field's own undo.
  if (!document.execCommand('insertText', false, piece)) {
    area.setRangeText(piece, at.from, at.to)
    area.dispatchEvent(new Event('input', { bubbles: true }))
  }
  area.setSelectionRange(cursor, cursor)
}
