/** What people are called and what they write: words as often as in life, the same ones for the same seed. */
import { rollDice, type Dice } from '@otklik/testing/dice'

/** Draws by rank: the word at place r comes as often as 1 / (r + 2.7), which is Zipf's law with Mandelbrot's correction. */
export const drawByRank = <Item>(items: readonly Item[]): ((dice: Dice) => Item) => {
  const upTo = new Float64Array(items.length)
  let sum = 0
  for (let rank = 0; rank < items.length; rank++) upTo[rank] = sum += 1 / (rank + 2.7)
  return (dice) => {
    const wanted = dice.next() * sum
    let [low, high] = [0, items.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (upTo[middle]! < wanted) low = middle + 1
      else high = middle
    }
    return items[low]!
  }
}

const words = (text: string): string[] => text.trim().split(/\s+/)

/** What everybody says, the most frequent first; a search leaves most of these out. */
const smallRussian = words('и в не на я что с по у а как это к но мне вы за из так уже ещё бы для от только когда меня если или нет до вас где')
const smallEnglish = words('the to i and a is my it of you in for not on have can me was this with but do are when what how please from an so')
/** What is talked about in such a centre, the most frequent first. */
const russianTopics = words(`
  здравствуйте спасибо интернет тариф номер подскажите пожалуйста деньги работает счёт баланс договор телефон услуга скорость оплата день роутер заявка доставка
  заказ карта мастер адрес списали подключить отключить сегодня кабинет пароль приложение скидка платёж связь сеть звонок оператор возврат абонент пакет трафик офис
  курьер статус код ошибка паспорт отчёт расчёт перерасчёт роуминг самолёт тёща чек квитанция аванс лимит долг штраф кредит банк бонус акция подписка канал приставка
  кабель авария ремонт вечер утро неделя месяц год город деревня район подъезд квартира дом сосед ребёнок жалоба претензия благодарность вопрос ответ письмо документ
  справка подпись сайт страница кнопка экран ноутбук компьютер телевизор пульт модем антенна вышка сигнал настройка обновление перезагрузка память симка перенос замена`)
const englishTopics = words(`
  hello thanks internet plan number account money bill balance contract phone service speed payment router order delivery card engineer address charged connect cancel
  today password app discount signal network call operator refund package traffic office courier status code error passport report roaming receipt limit debt bank bonus
  subscription channel cable outage repair evening morning week month city house neighbour complaint question answer letter document site button screen laptop television`)

/** Parts of made-up words: model names, villages, slips of the finger. */
const russianParts = words('ба ве гри до жа за ку ли мо на пё ро са ти фу хо це ша щё ра ник ток вер лан мир дом тур вин бор кал')
const englishParts = words('ba ve gri do ja za ku li mo na pe ro sa ti fu ho ce sha ra nik tok ver lan mir dom tur vin bor kal xen')
const madeUp = (parts: readonly string[], count: number, seed: number): string[] => {
  const dice = rollDice(seed)
  const made = new Set<string>()
  while (made.size < count) made.add(Array.from({ length: dice.whole(2, 4) }, () => dice.pick(parts)).join('') + dice.pick(parts).slice(0, 2))
  return [...made]
}
export const madeUpRussian = madeUp(russianParts, 14_000, 11)
export const madeUpEnglish = madeUp(englishParts, 4_000, 12)

/** A noun that ends in a consonant also comes in its other forms; the search takes them for one word. */
const endings = ['', '', '', 'а', 'у', 'ом', 'ы', 'ов', 'ам', 'ами']
const isNoun = /^(тариф|номер|договор|телефон|роутер|заказ|мастер|адрес|кабинет|пароль|оператор|возврат|абонент|пакет|трафик|курьер|статус|чек|аванс|лимит|штраф|кредит|банк|бонус|канал|кабель|ремонт|район|подъезд|сосед|вопрос|ответ|документ|экран|ноутбук|компьютер|телевизор|модем|сигнал)$/
export const formsOf = (word: string): readonly string[] => (isNoun.test(word) && !word.endsWith('ь') ? [...new Set(endings)].map((ending) => word + ending) : [word])

/** Small words and topics take turns at the top, as in any language. */
const mixed = (small: readonly string[], topics: readonly string[], rest: readonly string[]): string[] => {
  const top: string[] = []
  for (let at = 0; at < Math.max(small.length, topics.length); at++) for (const word of [small[at], topics[at]]) if (word !== undefined) top.push(word)
  return [...top, ...rest]
}
const drawRussian = drawByRank(mixed(smallRussian, russianTopics, madeUpRussian))
const drawEnglish = drawByRank(mixed(smallEnglish, englishTopics, madeUpEnglish))

export const commonRussian = russianTopics.slice(0, 40)
export const middlingRussian = russianTopics.slice(40)
export const withDots = [...russianTopics.filter((word) => word.includes('ё')), ...madeUpRussian.filter((word) => word.includes('ё')).slice(0, 400)]
export const commonEnglish = englishTopics

export type Tongue = 'ru' | 'en'

/** A message of 4 to 20 words. */
export const write = (dice: Dice, tongue: Tongue): string => {
  const draw = tongue === 'ru' ? drawRussian : drawEnglish
  const said: string[] = []
  for (let left = 4 + Math.floor(dice.next() * dice.next() * 18); left > 0; left--) {
    const word = draw(dice)
    said.push(isNoun.test(word) && !word.endsWith('ь') ? word + dice.pick(endings) : word)
  }
  const text = said.join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

// ---- names ----

const surnames = words(`
  Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов Егоров Павлов Козлов Степанов Николаев Орлов
  Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев Григорьев Романов Воробьёв Сергеев Кузьмин Фролов Александров Дмитриев Королёв Гусев Киселёв Ильин
  Максимов Поляков Сорокин Виноградов Ковалёв Белов Медведев Антонов Тарасов Жуков Баранов Филиппов Комаров Давыдов Беляев Герасимов Богданов Осипов Сидоров Матвеев`)
const roots = madeUp(words('Ба ве Гри до Ка за Ку ли Мо на Ро са Ти Хо Ша ра ник ток вер лан мир тур вин бор кал'), 3_000, 13)
const allSurnames = [...surnames, ...roots.map((root) => `${root.charAt(0).toUpperCase()}${root.slice(1).toLowerCase()}ов`)]
const menNames = words('Александр Сергей Андрей Алексей Дмитрий Иван Михаил Максим Евгений Николай Владимир Артём Илья Роман Павел Пётр Олег Егор Семён Фёдор Тимур Глеб')
const womenNames = words('Елена Ольга Наталья Анна Татьяна Мария Ирина Екатерина Светлана Юлия Анастасия Марина Дарья Алёна Ксения Вера Надежда Галина Полина Софья Алиса Нина')
const fathers = words('Александров Сергеев Андреев Алексеев Дмитриев Иванов Михайлов Максимов Евгеньев Николаев Владимиров Артёмов Ильич Романов Павлов Петров')
const drawSurname = drawByRank(allSurnames)
const [drawMan, drawWoman] = [drawByRank(menNames), drawByRank(womenNames)]

/** «Имя Фамилия», or as in a passport. */
export const nameSomebody = (dice: Dice): string => {
  const isWoman = dice.next() < 0.55
  const surname = drawSurname(dice) + (isWoman ? 'а' : '')
  const first = (isWoman ? drawWoman : drawMan)(dice)
  const father = dice.pick(fathers)
  const patronymic = father.endsWith('ич') ? (isWoman ? 'Ильинична' : father) : father + (isWoman ? 'на' : 'ич')
  return dice.next() < 0.6 ? `${first} ${surname}` : `${surname} ${first} ${patronymic}`
}

const latin: Readonly<Record<string, string>> = Object.fromEntries(
  [...'абвгдежзийклмнопрстуфхцчшщъыьэюяё'].map((letter, at) => [letter, words("a b v g d e zh z i y k l m n o p r s t u f h c ch sh sch - y - e yu ya e")[at]!.replace('-', '')]),
)
export const inLatin = (text: string): string => [...text.toLowerCase()].map((letter) => latin[letter] ?? letter).join('')

const domains = words('mail.example yandex.example gmail.example inbox.example bk.example rambler.example company.example firma.example zavod.example school.example')
const drawDomain = drawByRank(domains)
export const mailOf = (dice: Dice, name: string): string => `${inLatin(name).split(' ').reverse().slice(0, 2).join(dice.pick(['.', '_', '']))}${dice.whole(1, 9999)}@${drawDomain(dice)}`
export const phoneOf = (dice: Dice): string => `+7${dice.pick(['903', '905', '909', '910', '915', '916', '917', '921', '925', '926', '929', '937', '950', '960', '962', '965', '977', '985', '987', '999'])}${String(dice.whole(0, 9_999_999)).padStart(7, '0')}`
export const regions = words('moscow moscowRegion mordovia saintPetersburg tatarstan nizhnyNovgorod penza samara ryazan unknown')
