/** Made-up articles for the gallery. */
import type { Language } from '@otklik/contract/fields'
import type { Article, ArticleHit } from '@otklik/contract/knowledge'
import type { ArticleView } from '@otklik/contract/settings'
import type { ArticleId } from '@otklik/model/ids'
import { ago, queueId } from '../desk/desk-builders.ts'

export const articleId = (number: number) => `00000007-0000-4000-8000-${String(number).padStart(12, '0')}` as ArticleId

const words: Record<Language, readonly (readonly [title: string, body: string])[]> = {
  ru: [
    [
      'Возврат денег за подписку, которой клиент не пользовался',
      'Возвращаем деньги, если с последнего списания прошло не больше 30 дней.\n\n# Что спросить\n- номер телефона или договора\n- дату и сумму списания\n\n# Для своих\n- отключите подписку в карточке услуги\n- оформите возврат: до 500 рублей решаете сами\n\n# Правила\nПравила для клиента: https://www.example.ru/vozvrat-deneg-za-podpisku?iz=chata',
    ],
    ['Нет интернета: что проверить', 'Проверьте по порядку: чаще всего помогает одно из первых двух.'],
    ['Высококвалифицированные специалисты второй линии', 'Кому и что передавать.'],
    ['Refund for a subscription', 'We refund a subscription that was not used for thirty days.'],
  ],
  en: [
    [
      'Refund for a subscription that the customer has not used',
      'We refund when the last charge is not older than 30 days.\n\n# Ask\n- the phone or contract number\n- the date and the amount of the charge\n\n# For us\n- switch the subscription off in the card of the service\n- make the refund: up to 500 roubles you decide yourself\n\n# Rules\nThe rules for customers: https://www.example.ru/refund-for-a-subscription?from=chat',
    ],
    ['No internet: what to check', 'Go through it in order: one of the first two helps most often.'],
    ['Specialists of the second line', 'What to hand on, and to whom.'],
    ['Возврат денег за подписку', 'Возвращаем деньги за подписку, которой клиент не пользовался.'],
  ],
}
const languageOf = (language: Language, index: number): Language => (index < 3 ? language : language === 'ru' ? 'en' : 'ru')

export const galleryArticles = (language: Language): ArticleView[] =>
  words[language].map(([name, body], index) => ({
    id: articleId(index + 1), name, body, language: languageOf(language, index), queueIds: index === 0 ? [queueId(), queueId(2)] : [],
    version: 2, updatedAt: ago(864_000), archivedAt: null,
  }))

export const galleryArticle = (language: Language, id: string): Article | undefined =>
  galleryArticles(language).filter((article) => article.id === id).map(({ name, ...article }) => ({ ...article, title: name }))[0]

export const galleryArticleHits = (language: Language, typed: string): ArticleHit[] =>
  galleryArticles(language).slice(0, typed === '' ? undefined : 2).map(({ id, name, body, language: own, queueIds }) => ({
    id, title: name, titleRanges: typed === '' ? [] : [[0, name.indexOf(' ')]], language: own, ofQueue: queueIds.length > 0,
    excerpt: `${body.replace(/^# /gm, '').replace(/^- /gm, '• ').replace(/\s/g, ' ').slice(0, 140)}…`, ranges: typed === '' ? [] : [[0, body.indexOf(' ')]],
  }))
