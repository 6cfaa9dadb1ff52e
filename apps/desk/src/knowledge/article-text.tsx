import { Fragment } from 'react'
import { Pieces } from '../parts/linked-words.tsx'
import { readArticle } from './article-words.ts'

/** An article as it is read. Its words stay words: nothing in them becomes markup. */
export const ArticleText = ({ body }: { body: string }) => (
  <div className="article-text">
    {readArticle(body).map((block, at) =>
      block.kind === 'list' ? (
        <ul key={at}>
          {block.items.map((item, place) => (
            <li key={place}>
              <Pieces pieces={item} />
            </li>
          ))}
        </ul>
      ) : block.kind === 'heading' ? (
        <h4 key={at}>
          <Pieces pieces={block.lines[0] ?? []} />
        </h4>
      ) : (
        <p key={at}>
          {block.lines.map((line, place) => (
            <Fragment key={place}>
              {place > 0 && <br />}
              <Pieces pieces={line} />
            </Fragment>
          ))}
        </p>
      ))}
  </div>
)
