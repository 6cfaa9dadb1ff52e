/** Articles of the sample centre, in both languages: its customers write in either. */
import type { Tx } from '../store/database.ts'
import type { Deps } from './deps.ts'

type Place = 'plans' | 'network'
type SampleArticle = { readonly place: Place | null; readonly language: 'ru' | 'en'; readonly title: string; readonly body: string }

const articles: readonly SampleArticle[] = [
  {
    place: 'plans', language: 'ru', title: 'Возврат денег за подписку',
    body: `Возвращаем деньги за подписку, которой клиент не пользовался, если с последнего списания прошло не больше 30 дней.

Деньги вернутся на баланс в течение суток, на карту: за 3–5 рабочих дней.

# Для своих
Спросите:
- номер телефона или договора
- дату и сумму списания
- пользовался ли клиент подпиской

Потом:
- отключите подписку в карточке услуги
- оформите возврат: до 500 рублей решаете сами, больше согласует вторая линия`,
  },
  {
    place: 'network', language: 'ru', title: 'Нет интернета: что проверить',
    body: `Проверьте по порядку: чаще всего помогает одно из первых двух.

# У клиента
- выключить и включить мобильные данные или роутер, подождать минуту
- проверить остаток трафика и баланс
- за границей: включён ли роуминг в настройках телефона

# Для своих
- нет ли аварии по адресу клиента
- не ограничена ли скорость по тарифу

Если ничего не помогло, передайте на вторую линию: адрес, модель телефона или роутера, что уже пробовали.`,
  },
  {
    place: null, language: 'ru', title: 'Персональные данные: что можно писать в чате',
    body: `Мы никогда не просим в чате пароль, код из СМС, номер карты целиком и CVC.

# Для своих
- чтобы узнать клиента, хватит номера договора и последних четырёх цифр телефона
- если клиент сам прислал лишнее, попросите больше так не делать
- удалить данные о себе клиент может по просьбе: передайте её администратору`,
  },
  {
    place: 'plans', language: 'en', title: 'Refund for a subscription',
    body: `We refund a subscription that the customer has not used when the last charge is not older than 30 days.

The money is back on the balance within a day, on a card within 3–5 working days.

# For us
Ask:
- the phone or contract number
- the date and the amount of the charge
- whether the subscription was used

Then:
- switch the subscription off in the card of the service
- make the refund: up to 500 roubles you decide yourself, above that the second line agrees`,
  },
  {
    place: 'network', language: 'en', title: 'No internet: what to check',
    body: `Go through it in order: one of the first two helps most often.

# On the customer’s side
- switch mobile data or the router off and on, wait for a minute
- look at the data that is left and at the balance
- abroad: is roaming on in the phone’s settings

# For us
- is there an outage at the customer’s address
- does the plan limit the speed

If nothing helped, raise it to the second line: the address, the model of the phone or router, what was tried.`,
  },
  {
    place: null, language: 'en', title: 'Personal data: what may be written in the chat',
    body: `In the chat we never ask for a password, a code from a text message, a whole card number or a CVC.

# For us
- the contract number and the last four digits of the phone are enough to know the customer
- who sends too much unasked is asked not to do it again
- a customer may have their data erased: hand the request to an administrator`,
  },
]

export const insertSampleArticles = async (tx: Tx, deps: Deps, queueIds: Readonly<Record<Place, string>>): Promise<void> => {
  const now = deps.now()
  const rows = articles.map((article) => ({ ...article, id: deps.newId() }))
  await tx.db.insertInto('article').values(rows.map(({ place: _, ...row }) => ({ ...row, updatedAt: now }))).execute()
  await tx.db
    .insertInto('articleQueue')
    .values(rows.flatMap(({ id, place }) => (place === null ? [] : [{ articleId: id, queueId: queueIds[place] }])))
    .execute()
}
