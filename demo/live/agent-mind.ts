/** What an agent does next in a conversation: read off from what was said, so that whoever gets it in hand can go on. */
import type { QueueName } from '../centre.ts'
import type { Dialogue, Words } from '../texts/shape.ts'

export interface Said {
  readonly by: 'customer' | 'agent'
  readonly text: string
}
export type Turn = Said

export type Next =
  | { readonly do: 'say'; readonly text: string }
  | { readonly do: 'raise'; readonly note: string }
  | { readonly do: 'transfer'; readonly to: QueueName; readonly note: string }
  /** It is the customer's turn. */
  | { readonly do: 'wait' }
  | { readonly do: 'end' }

/** The whole conversation as it is meant to go. */
export const turnsOf = ({ lines, then }: Dialogue): readonly Turn[] => [
  ...lines.map((text, at): Turn => ({ by: at % 2 === 0 ? 'customer' : 'agent', text })),
  ...(then?.more ?? []).map((text, at): Turn => ({ by: at % 2 === 0 ? 'agent' : 'customer', text })),
]

/** The dialogue that a customer has begun; undefined: somebody who writes words of their own. */
export const recognise = (dialogues: readonly Dialogue[], firstWords: string): Dialogue | undefined =>
  dialogues.find(({ lines }) => firstWords.endsWith(lines[0] ?? '\0'))

/**
 * @param said the public words so far, in order
 * @param queue in which the contact is now
 */
export const decideNext = (dialogues: readonly Dialogue[], words: Pick<Words, 'toStrangers' | 'farewell'>, said: readonly Said[], queue: QueueName | undefined): Next => {
  const first = said.find(({ by }) => by === 'customer')
  const dialogue = first && recognise(dialogues, first.text)
  if (!dialogue) return answerStranger(words, said)
  const isSaid = (turn: Turn, at: number) => (at === 0 ? true : said.some(({ by, text }) => by === turn.by && text === turn.text))
  const turns = turnsOf(dialogue)
  const at = turns.findIndex((turn, place) => !isSaid(turn, place))
  const next = turns[at]
  // Whatever the customer adds after the last word is thanks.
  if (!next) return { do: 'end' }
  if (next.by === 'customer') return { do: 'wait' }
  const { then } = dialogue
  if (!then || at !== dialogue.lines.length || queue === then.to) return { do: 'say', text: next.text }
  return then.kind === 'raise' ? { do: 'raise', note: then.note } : { do: 'transfer', to: then.to, note: then.note }
}

const answerStranger = ({ toStrangers, farewell }: Pick<Words, 'toStrangers' | 'farewell'>, said: readonly Said[]): Next => {
  if (said.at(-1)?.by === 'agent') return said.some(({ text }) => text === farewell) ? { do: 'end' } : { do: 'wait' }
  const answers = said.filter(({ by }) => by === 'agent').length
  return { do: 'say', text: toStrangers[answers] ?? farewell }
}
