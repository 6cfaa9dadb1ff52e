/** The words of an article: what they are when shown, and when they go into a reply. Pure. */
import { splitLinks, type Piece } from '@otklik/contract/links'

export type Block = { /** For our side only: never for a customer. */ readonly isOurs: boolean } & (
  | { readonly kind: 'heading' | 'paragraph'; readonly lines: readonly (readonly Piece[])[] }
  | { readonly kind: 'list'; readonly items: readonly (readonly Piece[])[] }
)

/** The heading that keeps what follows, up to the next heading, on our side. */
const oursHeading = /^(для своих|for us)\s*[:.]?\s*$/iu
const isOursHeading = (words: string): boolean => oursHeading.test(words)

/** Headings, lists and paragraphs; a line is a line. */
export const readArticle = (body: string): Block[] => {
  const blocks: Block[] = []
  let paragraph: Piece[][] = []
  let items: Piece[][] = []
  let isOurs = false
  const end = () => {
    if (paragraph.length > 0) blocks.push({ kind: 'paragraph', lines: paragraph, isOurs })
    if (items.length > 0) blocks.push({ kind: 'list', items, isOurs })
    paragraph = []
    items = []
  }
  for (const line of body.split(/\r?\n/)) {
    const [, mark, words = ''] = /^([#-])\s+(.*)$/.exec(line) ?? []
    if (mark === '#') {
      end()
      isOurs = isOursHeading(words)
      blocks.push({ kind: 'heading', lines: [splitLinks(words)], isOurs })
    } else if (mark === '-') {
      if (items.length === 0) end()
      items.push(splitLinks(words))
    } else if (line.trim() === '') end()
    else {
      if (items.length > 0) end()
      paragraph.push(splitLinks(line))
    }
  }
  end()
  return blocks
}

/** Without what is for our side only. */
const withoutOurs = (body: string): string => {
  let isOurs = false
  return body
    .split('\n')
    .filter((line) => {
      const [, words] = /^#\s+(.*)$/.exec(line) ?? []
      if (words !== undefined) isOurs = isOursHeading(words)
      return !isOurs
    })
    .join('\n')
}

/** For a customer, who knows no marks: headings are lines, items have a dash. Empty when all of it is for our side. */
export const plainWords = (body: string): string =>
  withoutOurs(body.replace(/\r\n/g, '\n')).replace(/^#\s+/gm, '').replace(/^-\s+/gm, '– ').replace(/\n{3,}/g, '\n\n').trim()
