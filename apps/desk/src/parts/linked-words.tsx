import { splitLinks, type Piece } from '@otklik/contract/links'
import { Fragment } from 'react'

/** Text as text; only what is known to be a web address leads there, in a tab that knows nothing of ours. */
export const Pieces = ({ pieces }: { pieces: readonly Piece[] }) => (
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

/** What somebody wrote, its web addresses as links. */
export const LinkedWords = ({ text }: { text: string }) => <Pieces pieces={splitLinks(text)} />
