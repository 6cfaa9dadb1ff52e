import { Fragment, type ReactNode } from 'react'
import { Icon } from '../parts/icons.tsx'
import { Pieces } from '../parts/linked-words.tsx'
import { useTexts } from '../texts/texts.ts'
import { readArticle, type Block } from './article-words.ts'

const shown = (block: Block): ReactNode =>
  block.kind === 'list' ? (
    <ul>
      {block.items.map((item, place) => (
        <li key={place}>
          <Pieces pieces={item} />
        </li>
      ))}
    </ul>
  ) : block.kind === 'heading' ? (
    <h4>
      <Pieces pieces={block.lines[0] ?? []} />
    </h4>
  ) : (
    <p>
      {block.lines.map((line, place) => (
        <Fragment key={place}>
          {place > 0 && <br />}
          <Pieces pieces={line} />
        </Fragment>
      ))}
    </p>
  )

/** What our side alone reads looks as notes do; it is not selected with the rest. */
const Ours = ({ children }: { children: ReactNode }) => {
  const { t } = useTexts()
  return (
    <aside className="ours" aria-label={t('knowledge.ours')}>
      <span className="ours-mark" title={t('knowledge.ours')}>
        <Icon name="lock" size={14} />
      </span>
      {children}
    </aside>
  )
}

/** An article as it is read. Its words stay words: nothing in them becomes markup. */
export const ArticleText = ({ body }: { body: string }) => {
  const parts: { readonly isOurs: boolean; readonly blocks: Block[] }[] = []
  for (const block of readArticle(body)) {
    const last = parts.at(-1)
    if (last && last.isOurs === block.isOurs) last.blocks.push(block)
    else parts.push({ isOurs: block.isOurs, blocks: [block] })
  }
  return (
    <div className="article-text">
      {parts.map(({ isOurs, blocks }, at) => {
        const inside = blocks.map((block, place) => <Fragment key={place}>{shown(block)}</Fragment>)
        return isOurs ? <Ours key={at}>{inside}</Ours> : <Fragment key={at}>{inside}</Fragment>
      })}
    </div>
  )
}
