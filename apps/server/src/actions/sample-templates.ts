/** Ready answers of the sample centre: named in the company's language, with words for customers of either. */
import type { Tx } from '../store/database.ts'
import type { Deps } from './deps.ts'

type Words = { readonly ru: string; readonly en: string }
type SampleTemplate = { readonly name: Words; readonly words: Words; readonly closes?: true }

const templates: readonly SampleTemplate[] = [
  {
    name: { ru: 'Поздороваться', en: 'Say hello' },
    words: {
      ru: 'Здравствуйте, {{имя}}! Меня зовут {{оператор}}. Сейчас разберусь и отвечу.',
      en: 'Hello, {{name}}! I am {{agent}}. Let me look into it.',
    },
  },
  {
    name: { ru: 'Уточнить детали', en: 'Ask for details' },
    words: {
      ru: 'Подскажите, пожалуйста, номер телефона или договора, и когда это началось?',
      en: 'Could you tell me the phone or contract number, please, and when it began?',
    },
  },
  {
    name: { ru: 'Проверяю', en: 'Checking' },
    words: { ru: 'Проверяю, это займёт пару минут. Не закрывайте чат, пожалуйста.', en: 'I am checking; it takes a couple of minutes. Please keep the chat open.' },
  },
  {
    name: { ru: 'Передам специалисту', en: 'To a specialist' },
    words: {
      ru: 'Передам ваш вопрос специалисту. Он увидит всю переписку и ответит здесь же: повторять ничего не придётся.',
      en: 'I am handing your question to a specialist. They will see the whole conversation and answer right here, so you need not repeat anything.',
    },
  },
  {
    name: { ru: 'Попрощаться и закрыть', en: 'Say goodbye and close' },
    words: { ru: 'Рады были помочь! Если появятся вопросы, пишите. Хорошего дня!', en: 'Glad to help! Write to us whenever you have a question. Have a good day!' },
    closes: true,
  },
]

/** @param thanks the outcome that a goodbye closes with */
export const insertSampleTemplates = async (tx: Tx, deps: Deps, language: 'ru' | 'en', thanks: string): Promise<void> => {
  const rows = templates.map(({ name, words, closes }) => ({ id: deps.newId(), name: name[language], ...words, dispositionId: closes ? thanks : null, resolved: true }))
  await tx.db.insertInto('template').values(rows).execute()
}
