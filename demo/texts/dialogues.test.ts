import { describe, expect, it } from 'vitest'
import { planAgents, queuePlans } from '../centre.ts'
import { outcomes, raisedTopics, topics } from './shape.ts'
import { textsOf } from './texts.ts'

describe.each(['ru', 'en'] as const)('the texts in %s', (language) => {
  const { words, dialogues, terminal } = textsOf(language)

  it('have dozens of dialogues about everything, of two to eight turns, that end with our word', () => {
    expect(dialogues.length).toBeGreaterThan(35)
    for (const topic of topics) expect(dialogues.filter((dialogue) => dialogue.topic === topic).length, topic).toBeGreaterThan(6)
    for (const outcome of outcomes) expect(dialogues.some((dialogue) => dialogue.outcome === outcome), outcome).toBe(true)
    for (const { lines, then } of dialogues) {
      expect(lines.length % 2, lines[0]).toBe(0)
      expect((then?.more.length ?? 1) % 2, lines[0]).toBe(1)
      expect(lines.length + (then?.more.length ?? 0)).toBeLessThanOrEqual(8)
    }
  })

  it('tell each dialogue by its first words, and each line within it', () => {
    const first = dialogues.map(({ lines }) => lines[0] ?? '')
    for (const words of first) expect(first.filter((other) => other.endsWith(words))).toEqual([words])
    for (const { lines, then } of dialogues) {
      const all = [...lines, ...(then?.more ?? [])]
      expect(new Set(all).size, lines[0]).toBe(all.length)
    }
  })

  it('raise only to where the queue raises', () => {
    for (const { topic, then } of dialogues) if (then?.kind === 'raise') expect(then.to).toBe(queuePlans[topic].raisesTo)
    for (const raised of raisedTopics) expect(dialogues.some(({ then }) => then?.to === raised)).toBe(true)
    expect(dialogues.some(({ then }) => then?.kind === 'transfer')).toBe(true)
  })

  it('name everybody once', () => {
    const names = planAgents(60, words).map(({ name }) => name)
    expect(new Set(names).size).toBe(60)
  })

  it('count in whole sentences', () => {
    expect([1, 2, 5, 21].map((count) => terminal.stopped(count))).toEqual(
      language === 'ru' ? ['Готово: 1 контакт.', 'Готово: 2 контакта.', 'Готово: 5 контактов.', 'Готово: 21 контакт.'] : ['Done: 1 contact.', 'Done: 2 contacts.', 'Done: 5 contacts.', 'Done: 21 contacts.'],
    )
  })
})

it('says nothing in Russian that only a man or only a woman would say: who speaks is drawn apart from the words', () => {
  const { words, dialogues } = textsOf('ru')
  const said = [...dialogues.flatMap(({ lines, then }) => [...lines, ...(then ? [then.note, ...then.more] : [])]), ...words.thanks, ...words.toStrangers, words.farewell, ...words.comments.good, ...words.comments.bad]
  // A past tense with which a sentence begins; two words only look like one, or speak of a thing.
  const ofOneself = /(?:^|[.!?:,] )(?:[Яя] )?(?!Сначала|Пропал|узел|Пришёл код)[А-Яа-яё]+[аеиоуыяё]ла?(?=[ ,.!?:]|$)/
  expect(said.filter((line) => ofOneself.test(line))).toEqual([])
})

it('both languages have the same dialogues', () => {
  const shape = (language: 'ru' | 'en') => textsOf(language).dialogues.map(({ topic, outcome, lines, then }) => [topic, outcome, lines.length, then?.to, then?.more.length])
  expect(shape('ru')).toEqual(shape('en'))
})
