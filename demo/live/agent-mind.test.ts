import { expect, it } from 'vitest'
import { textsOf } from '../texts/texts.ts'
import { decideNext, recognise, turnsOf, type Said } from './agent-mind.ts'

const { dialogues, words } = textsOf('ru')

it('leads every dialogue to its end, whoever has it in hand, and hands it on where it says so', () => {
  for (const dialogue of dialogues) {
    let queue: NonNullable<Parameters<typeof decideNext>[3]> = dialogue.topic
    const said: Said[] = []
    const done: string[] = []
    const ofCustomer = turnsOf(dialogue).filter(({ by }) => by === 'customer')
    said.push({ by: 'customer', text: `Добрый день! ${ofCustomer.shift()?.text ?? ''}` })
    for (let step = 0; step < 20; step++) {
      const next = decideNext(dialogues, words, said, queue)
      if (next.do === 'end') break
      if (next.do === 'say') said.push({ by: 'agent', text: next.text })
      if (next.do === 'wait') said.push({ by: 'customer', text: ofCustomer.shift()?.text ?? '' })
      if (next.do === 'raise' || next.do === 'transfer') {
        done.push(next.do)
        queue = dialogue.then?.to ?? queue
      }
    }
    expect(said.map(({ text }) => text).slice(1), dialogue.lines[0]).toEqual(turnsOf(dialogue).map(({ text }) => text).slice(1))
    expect(done).toEqual(dialogue.then ? [dialogue.then.kind] : [])
  }
})

it('answers a person who tries the widget, and says goodbye', () => {
  const said: Said[] = []
  for (const text of ['Есть кто?', 'Про номер', 'Нет', 'Спасибо']) {
    said.push({ by: 'customer', text })
    const next = decideNext(dialogues, words, said, 'plans')
    expect(next.do).toBe('say')
    if (next.do === 'say') said.push({ by: 'agent', text: next.text })
  }
  expect(said.at(-1)?.text).toBe(words.farewell)
  expect(decideNext(dialogues, words, said, 'plans')).toEqual({ do: 'end' })
  expect(recognise(dialogues, 'Есть кто?')).toBeUndefined()
})
