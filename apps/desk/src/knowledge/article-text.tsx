import { Fragment } from 'react'
import { readArticle, type Piece } from './article-words.ts'

const Line = ({ pieces }: { pieces: readonly Piece[] }) => (
  <>
    {pieces.map(({ text, href }, at) =>
      href === undefined ? (
        <Fragment key={at}>{text}</Fragment>
      ) : (
        <a key={at} href={href} target="_blank" rel="noopener noreferrer">
          {text}
        </a>
      ))}
  </>
)

/** An article as it is read. Its words stay words: nothing in them becomes markup. */
export const ArticleText = ({ body }: { body: string }) => (
  <div className="article-text">
    {readArticle(body).map((block, at) =>
      block.kind === 'list' ? (
        <ul key={at}>
          {block.items.map((item, place) => (
            <li key={place}>
              <Line pieces={item} />
            </li>
          ))}
        </ul>
      ) : block.kind === 'heading' ? (
        <h4 key={at}>
          <Line pieces={block.lines[0] ?? []} />
        </h4>
      ) : (
        <p key={at}>
          {block.lines.map((line, place) => (
            <Fragment key={place}>
              {place > 0 && <br />}
              <Line pieces={line} />
            </Fragment>
          ))}
        </p>
      ))}
  </div>
)
