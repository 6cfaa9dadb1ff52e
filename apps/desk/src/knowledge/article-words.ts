/** The words of an article: what they are when shown, and when they go into a reply. Pure. */
import { splitLinks, type Piece } from '@otklik/contract/links'

export type Block = { readonly kind: 'heading' | 'paragraph'; readonly lines: readonly (readonly Piece[])[] } | { readonly kind: 'list'; readonly items: readonly (readonly Piece[])[] }

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
      blocks.push({ kind: 'heading', lines: [splitLinks(words)] })
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

/** For a customer, who knows no marks: headings are lines, items have a dash. */
export const plainWords = (body: string): string => body.replace(/\r\n/g, '\n').replace(/^#\s+/gm, '').replace(/^-\s+/gm, '– ').trim()
