import type { Terminal } from '../shape.ts'

const plural = new Intl.PluralRules('ru')
const count = (value: number, one: string, few: string, many: string): string =>
  `${value.toLocaleString('ru')} ${{ one, few, many, other: few, two: few, zero: many }[plural.select(value)]}`
const contacts = (value: number) => count(value, 'контакт', 'контакта', 'контактов')
const days = (value: number) => count(value, 'день', 'дня', 'дней')

export const terminal: Terminal = {
  usage: `npm run demo -- [--speed 1] [--seed 1] [--agents 40] [--minutes N] [--language ru|en] [--port 3100] [--data ./data-demo]
  прошлое:       --history 400d [--history-only] [--per-day N] [--targets цели.json]
  другой сервер: --url http://… --admin-email … --password-file …`,
  wrong: {
    option: (value) => value,
    port: (value) => `--port: «${value}» не номер порта от 1 до 65535.`,
    speed: (value) => `--speed: «${value}» не число от 1 до 60.`,
    seed: (value) => `--seed: «${value}» не целое число от 0 до 4294967295.`,
    agents: (value) => `--agents: «${value}» не целое число от 8 до 60.`,
    minutes: (value) => `--minutes: «${value}» не число больше нуля.`,
    perDay: (value) => `--per-day: «${value}» не целое число от 1 до 2000.`,
    history: (value) => `--history: «${value}» не число дней от 7 до 800, например 400d.`,
    historyOnly: () => '--history-only нужен вместе с --history, например --history 400d.',
    historyNeedsOwn: () => 'Прошлое пишется прямо в базу данных, а из --url она не видна: запустите без --url, со своей папкой данных или с DATABASE_URL.',
    language: (value) => `--language: «${value}» — можно ru или en.`,
    urlNeeds: () => 'Вместе с --url нужны --admin-email и --password-file: кто создаст площадки, очереди и операторов.',
    url: (value) => `--url: «${value}» не адрес вида http://localhost:3000.`,
    password: (value) => `Пароль не прочитан из файла ${value}.`,
    targetsFile: (value) => `Цели не прочитаны: ${value}`,
    targetsImpossible: (value) => `Такие цели не сходятся между собой: ${value}`,
    tooMany: (value) => `Столько контактов операторам не принять: не больше ${value} в день на это их число. Уменьшите --per-day или добавьте --agents.`,
    emptyHistory: () => 'Прошлое пишется до первого контакта, а здесь контакты уже есть. Выберите другую папку: --data ./data-demo-2.',
  },
  portBusy: (port) => `Порт ${port} занят: остановите того, кто его занимает, или выберите другой, например --port ${port + 1}.`,
  noSetUp: (said) => `Настройка не удалась:\n${said}`,
  notReached: (url) => `По адресу ${url} никто не отвечает.`,
  signInFailed: (email) => `Войти как ${email} не удалось: проверьте адрес и пароль. Если папка данных от прежней демонстрации, её пароль могли сменить.`,
  startingServer: 'Запускается сервер…',
  settingUp: 'Создаются площадки, очереди и операторы…',
  furnished: (agents) => `Центр готов: две площадки, шесть очередей, ${count(agents, 'оператор', 'оператора', 'операторов')}.`,
  otherLanguage: 'Центр здесь обставлен по-английски и остаётся английским. Для русского нужна своя папка данных: --data ./data-demo-ru.',
  roles: { administrator: 'администратор', supervisor: 'супервизор', agent: 'оператор' },
  columns: { role: 'кто', email: 'адрес почты', password: 'пароль' },
  passwordOfFile: 'тот, что в --password-file',
  signInAt: (address) => `Войти: ${address}`,
  try: (address) => `Чат клиента рядом с настройками: ${address}`,
  live: (speed) =>
    speed === 1
      ? 'День идёт с обычной скоростью. Ctrl-C останавливает.'
      : `День идёт быстрее в ${count(speed, 'раз', 'раза', 'раз')}: разговоры во столько же раз короче, чем в прошлом, а клиентов за час во столько же раз больше. Ctrl-C останавливает.`,
  busierThan: (perDay, before) => `Сегодня много обращений: к концу дня наберётся ${contacts(perDay)}; на прошлой неделе было ${contacts(before)} в день.`,
  line: (board) =>
    `${board.clock}  на линии ${board.onDuty} · контактов ${board.arrived} · ждут ${board.waiting} · в работе ${board.inHand} · отвечено ${board.answered} · ушли ${board.gone} · оценок ${board.rated} · ошибок ${board.errors}`,
  fault: (words) => `ошибка: ${words}`,
  serverGone: 'Сервер демонстрации завершился, а с ним и день. Запустите снова: всё записанное сохранилось.',
  serverAway: (url) => `Сервер по адресу ${url} не отвечает; демонстрация ждёт его.`,
  serverBack: 'Сервер снова отвечает.',
  stopping: 'Остановка: операторы уходят с линии…',
  stopped: (number) => `Готово: ${contacts(number)}.`,
  historyThere: (day) => `Прошлое здесь уже записано, с ${day}; день идёт дальше.`,
  writing: (number, total) => `Записывается прошлое: ${days(number)}, ${contacts(total)}…`,
  written: (number, total, seconds) => `  ${days(number)}, ${contacts(total)}, ${seconds} с`,
  forgetting: (number) => `Слова закрытых контактов хранятся здесь ${days(number)}: более давние сотрёт ночная задача, показатели останутся.`,
  counting: (to) => `  сервер считает показатели: досчитал до ${to}`,
  table: { target: 'цель', wanted: 'задано', counted: 'посчитал сервер', difference: 'разница', tolerance: 'допуск' },
  figures: {
    perDay: 'контактов в день', asa: 'среднее ожидание', serviceLevel: 'уровень сервиса', abandonment: 'потери', shortAbandons: 'короткие отбои', aht: 'время обработки', csat: 'оценки 4–5',
    responseRate: 'доля оценивших', secondLine: 'на вторую линию', resolved: 'решено сразу', growth: 'рост за год', weekends: 'доля выходных', daytime: 'доля с 9 до 21',
  },
  regionShare: (region) => `регион: ${region}`,
  channelShare: (channel) => `канал: ${channel}`,
  unknownRegion: 'неизвестен',
  seconds: (value) => `${value} с`,
  times: (value) => `× ${value}`,
  points: (value) => `${value} п. п.`,
  allMet: 'Все показатели в пределах допуска.',
  missed: (names) => `Вне допуска: ${names.join('; ')}.`,
}
