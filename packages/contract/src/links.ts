/** Web addresses in what somebody wrote: the one rule of desk and widget, of what becomes a link and what stays text. */

/** Some text, and where it leads if it is an address. */
export type Piece = { readonly text: string; readonly href?: string }

const address = /https?:\/\/[^\s<>"'«»]+/gi
/** Signs after an address that belong to the sentence. */
const sentenceEnd = /[.,:;!?)\]}]+$/

/** An address that a browser opens as a page, or nothing; with a name or password in it, it would show another host than it opens. */
export const safeHref = (text: string): string | undefined => {
  try {
    const url = new URL(text)
    return /^https?:$/.test(url.protocol) && url.username + url.password === '' ? url.href : undefined
  } catch {
    return undefined // no address at all: it stays text
  }
}

/** The text whole and in order, its addresses apart. */
export const splitLinks = (text: string): Piece[] => {
  const pieces: Piece[] = []
  let at = 0
  for (const match of text.matchAll(address)) {
    const found = match[0].replace(sentenceEnd, '')
    const href = safeHref(found)
    if (href === undefined) continue
    if (match.index > at) pieces.push({ text: text.slice(at, match.index) })
    pieces.push({ text: found, href })
    at = match.index + found.length
  }
  if (at < text.length) pieces.push({ text: text.slice(at) })
  return pieces
}
