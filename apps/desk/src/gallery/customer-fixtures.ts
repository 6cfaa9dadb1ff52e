/** Made-up cards and hits for the gallery. */
import type { CustomerHit, MergePreview, WordsFound } from '@otklik/contract/customers'
import type { Language } from '@otklik/contract/fields'
import type { CustomerView } from '@otklik/contract/views'
import type { AttributeId, CustomerNoteId, MergeId, MessageId } from '@otklik/model/ids'
import { ago, contactId, customerId } from '../desk/desk-builders.ts'

const words = {
  ru: {
    attributes: [['Договор', '№ 4471-Ч от 3 марта 2019'], ['Тариф', 'Семейный XL'], ['Адрес обслуживания', 'Саранск, проспект Ленина, 24, второй подъезд, домофон не работает, звонить заранее']],
    notes: ['Слышит плохо на правое ухо: пишет в чат, звонить только по просьбе', 'Просит называть её по имени, без отчества'],
    by: ['Екатерина Преображенская-Вознесенская', 'Анна Лебедева'],
    names: ['Семён Соловьёв', 'Алёна Семёнова-Преображенская', 'Марина Соловьева'],
    regions: ['Республика Мордовия', 'unknown', 'Москва'],
    said: 'Обещали вернуть 450 ₽ за роуминг в Армении, прошло девять дней, а деньги на счёт так и не пришли. Проверьте, пожалуйста', hit: 'роуминг',
    queue: 'Тарифы и услуги', site: 'Чат на сайте sputnik.example',
  },
  en: {
    attributes: [['Contract', 'No. 4471-C of 3 March 2019'], ['Plan', 'Family XL'], ['Service address', 'Saransk, 24 Lenin avenue, second entrance, the door phone is broken, call before coming']],
    notes: ['Hard of hearing on the right ear: writes in the chat, call only when asked', 'Likes to be called by her first name'],
    by: ['Catherine Preobrazhenskaya-Voznesenskaya', 'Anna Lebedeva'],
    names: ['Simon Solovyov', 'Alyona Simonova-Preobrazhenskaya', 'Marina Solovyova'],
    regions: ['Republic of Mordovia', 'unknown', 'Moscow'],
    said: 'You promised to return 450 ₽ for roaming in Armenia nine days ago and the money has not reached my balance. Please check', hit: 'roaming',
    queue: 'Plans and services', site: 'Chat on sputnik.example',
  },
} as const

type Parts = Pick<CustomerView, 'isFull' | 'attributes' | 'consents' | 'notes' | 'merges'>
export const galleryCardParts = (language: Language): Parts => {
  const said = words[language]
  return {
    isFull: true,
    attributes: said.attributes.map(([name, value], index) => ({ id: `attribute-${index}` as AttributeId, name, value })),
    consents: [
      { version: '8c1f00d27ab34e90', givenAt: '2026-11-09T13:19:58.000Z', channelName: said.site },
      { version: '51b77e0c9d20aa18', givenAt: '2024-10-02T09:59:41.000Z', channelName: said.site },
    ],
    notes: said.notes.map((text, index) => ({
      id: `note-${index}` as CustomerNoteId, text, pinned: index === 0, by: said.by[index] ?? '', at: ago(86_400 * (index + 3)), editedAt: index === 0 ? ago(7200) : null, mayEdit: index === 1,
    })),
    merges: [{ id: 'merge-1' as MergeId, name: null, number: 4390, at: ago(86_400 * 2), by: said.by[1], undoable: true }],
  }
}

const found = (language: Language, index: number) => ({
  id: customerId(index + 1), name: index === 3 ? null : (words[language].names[index] ?? null), number: 4821 + index * 31, region: words[language].regions[index % 3] ?? 'unknown',
})

export const galleryHits = (language: Language): { items: CustomerHit[]; next: string | null } => ({
  next: '1000_4821',
  items: [
    { ...found(language, 0), lastContactAt: ago(300), mayOpen: true, match: { kind: 'name', shown: null, ranges: [[0, 5]] } },
    { ...found(language, 1), lastContactAt: ago(86_400 * 12), mayOpen: false, match: { kind: 'name', shown: null, ranges: [[6, 14]] } },
    { ...found(language, 2), lastContactAt: null, mayOpen: true, match: { kind: 'phone', shown: '+79164•••07', ranges: [] } },
    { ...found(language, 3), lastContactAt: ago(86_400 * 400), mayOpen: true, match: { kind: 'number', shown: null, ranges: [] } },
  ],
})

export const galleryWordHits = (language: Language): WordsFound => ({
  next: null, isAlike: false,
  items: [0, 1].map((index) => {
    const { said, hit, queue } = words[language]
    const at = said.indexOf(hit)
    return {
      messageId: `message-${index}` as MessageId, contactId: contactId(11 + index), customer: found(language, index), channel: 'webChat', queueName: queue, author: index === 0 ? 'customer' : 'agent',
      visibility: index === 0 ? 'public' : 'note', at: ago(86_400 * (index + 1)), excerpt: said, ranges: [[at, at + hit.length]],
    }
  }),
})

export const galleryMerge = (language: Language, identities: CustomerView['identities']): MergePreview => ({
  survivor: found(language, 0), merged: found(language, 3), name: words[language].names[0], identities, attributes: galleryCardParts(language).attributes,
  counts: { contacts: 13, issues: 7, notes: 2, consents: 3 }, sharesChat: true, obstacle: null,
})
