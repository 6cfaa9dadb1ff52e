/** The words of an article: what they are when shown, and when they go into a reply. Pure. */

export type Piece = { readonly text: string; readonly href?: string }
export type Block = { readonly kind: 'heading' | 'paragraph'; readonly lines: readonly (readonly Piece[])[] } | { readonly kind: 'list'; readonly items: readonly (readonly Piece[])[] }

const address = /https?:\/\/[^\s<>"'«»]+/gi
/** Signs after an address that belong to the sentence. */
const sentenceEnd = /[.,;:!?)\]]+$/

/** An address that a browser may open, or nothing. */
const hrefOf = (text: string): string | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url && (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === '' ? url.href : undefined
}

/** A line, its addresses apart. */
export const readLine = (line: string): Piece[] => {
  const pieces: Piece[] = []
  let at = 0
  for (const match of line.matchAll(address)) {
    const text = match[0].replace(sentenceEnd, '')
    const href = hrefOf(text)
    if (href === undefined) continue
    if (match.index > at) pieces.push({ text: line.slice(at, match.index) })
    pieces.push({ text, href })
    at = match.index + text.length
  }
  if (at < line.length) pieces.push({ text: line.slice(at) })
  return pieces
}

/** Headings, lists and paragraphs; a line is a line. */
export const readArticle = (body: string): Block[] => {
  const blocks: Block[] = []
  let paragraph: Piece[][] = []
  let items: Piece[][] = []
  const end = () => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', lines: paragraph })
    if (items.length > 0) blocks.push({ kind: 'list', items })
    paragraph = []
    items = []
  }
  for (const line of body.split(/\r?\n/)) {
    const [, mark, words = ''] = /^([#-])\s+(.*)$/.exec(line) ?? []
    if (mark === '#') {
      end()
      blocks.push({ kind: 'heading', lines: [readLine(words)] })
    } else if (mark === '-') {
      if (items.length === 0) end()
      items.push(readLine(words))
    } else if (line.trim() === '') end()
    else {
      if (items.length > 0) end()
      paragraph.push(readLine(line))
    }
  }
  end()
  return blocks
}

/** For a customer, who knows no marks: headings are lines, items have a dash. */
export const plainWords = (body: string): string => body.replace(/\r\n/g, '\n').replace(/^#\s+/gm, '').replace(/^-\s+/gm, '– ').trim()
