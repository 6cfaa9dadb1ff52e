/** Waiting contacts, those put off, a contact's story. */
export const work = {
  waitingTitle: 'Ждут в очереди', take: 'Взять', reserved: 'оставлен за: {{name}}', moreWaiting: 'и другие',
  followUps: 'Отложенные', due: 'вернётся: {{when}}', dueByWord: 'ждём слова клиента', takeBack: 'Вернуть', takeBackNamed: 'Вернуть: {{name}}',
  raised: 'На второй линии', raisedWaits: 'ждёт в очереди', raisedOffered: 'предложен: {{name}}', raisedWith: 'в работе: {{name}}', raisedAnswered: 'вернулся с ответом',
  more: 'Ещё', snooze: 'Отложить', story: 'История контакта',
  snoozeTitle: 'Отложить контакт',
  snoozeText: 'Место освободится. Контакт вернётся к вам первым: по времени или когда клиент напишет.',
  snoozeUntil: 'До какого времени', snoozeNeeded: 'Выберите, до какого времени', snoozeKeys: '↑ ↓ выбрать, Enter перейти к заметке',
  minutes15: 'Через 15 минут', hour1: 'Через час', hours3: 'Через 3 часа', today: 'Сегодня в 9:00', tomorrow: 'Завтра в 9:00', word: 'Когда клиент напишет',
  wordAside: 'до недели', custom: 'Выбрать время', customLabel: 'Вернуть в',
  customBad: 'Нужно время в ближайшие 30 дней', told: 'Клиент увидит, когда вы вернётесь с ответом.', notTold: 'Клиент времени не увидит.',
  note: 'Заметка', noteHint: 'Зачем откладываем, что успеть', doSnooze: 'Отложить', snoozed: 'Отложен: {{when}}', snoozedByWord: 'Отложен до слова клиента',
} as const

export const story = {
  title: 'История контакта', failed: 'Не удалось загрузить историю', after: 'через {{time}}',
  arrived: 'Пришёл в очередь «{{queue}}»', transferred: 'Передан в очередь «{{queue}}»', escalated: 'Передан на вторую линию, очередь «{{queue}}»',
  agentLost: 'Вернулся в очередь «{{queue}}»: оператор пропал со связи', signedOut: 'Вернулся в очередь «{{queue}}»: оператор ушёл со смены',
  by: {
    transferred: 'Передан в очередь «{{queue}}»: {{name}}', escalated: 'Передан на вторую линию, очередь «{{queue}}»: {{name}}',
    answeredBack: 'Вернулся со второй линии в очередь «{{queue}}», ответ дан: {{name}}', signedOut: 'Вернулся в очередь «{{queue}}»: смена оператора завершена из зала, {{name}}',
  },
  answeredBack: 'Вернулся со второй линии в очередь «{{queue}}»',
  woken: 'Отложенный вернулся в очередь «{{queue}}»', reservedFor: 'Оставлен за: {{name}}',
  offered: 'Предложен: {{agent}}',
  seenBy: 'Читали, не ведя контакт: {{who}}',
  why: {
    arrival: 'Почему: есть место, и подходит лучше других', agent: 'Почему: появилось место, а этот контакт был самым срочным',
    only: 'Почему: место было только здесь', load: 'Почему: в работе меньше контактов, чем у других', ticket: 'Почему: дольше всех без нового контакта',
    sticky: 'Почему: контакт был оставлен за этим оператором', pick: 'Почему: выбран вручную',
  },
  byPolicy: {
    bestFit: 'Почему: есть место, и навыки ближе всех к нужным', mostSkilled: 'Почему: есть место, и навыки выше всех',
    evenOccupancy: 'Почему: есть место, и загрузка меньше, чем у других: контакты делятся поровну',
  },
  reservationEnds: {
    notAvailable: 'Был оставлен за: {{name}}, но сейчас не на линии, ждать некого', timeOver: 'Был оставлен за: {{name}}, но время ожидания вышло',
    excluded: 'Был оставлен за: {{name}}, но отклонён или пропущен',
  },
  byOverflow: 'Перелив: ждать пришлось бы долго, помогает очередь «{{queue}}»', byStep: 'Помогает очередь «{{queue}}»: так велит шаг ослабления',
  relaxed: 'Требования ослаблены: {{what}}', lowered: 'уровни ниже на {{count}}',
  dropped: 'без навыка «{{name}}»', addedQueue: 'можно спросить и очередь «{{name}}»', anyLanguage: 'язык любой',
  occupancy: 'занятость за последнее время {{percent}} %',
  other: { fit: 'навыки выше нужных на {{count}}', load: 'в работе {{count}}', occupancy: 'занятость {{percent}} %', ticket: 'при прочих равных место появилось позже' },
  waited: 'ждал {{time}}', customerWaited: 'с прихода клиента прошло {{time}}', urgency: 'срочность {{value}}', ring: 'шаг ослабления {{count}}', exactFit: 'навыки точно по очереди',
  overFit: 'навыки выше нужных на {{count}}', load: 'в работе было: {{count}}', candidates: 'свободных и подходящих ещё: {{count}}',
  noCandidates: 'других свободных не было', runnerUp: 'следующим был бы: {{name}}',
  accepted: 'Принят: {{agent}}', declined: 'Отклонён: {{agent}}', missed: 'Пропущен: {{agent}}', withdrawn: 'Предложение снято: {{agent}} больше не доступен',
  picked: 'Взят вручную: {{agent}}, очередь «{{queue}}»', answered: 'Первый ответ: {{agent}}', snoozed: 'Отложен: {{agent}}, до {{when}}',
  wrapUpStarted: 'Разговор окончен, постобработка: {{agent}}', reopened: 'Разговор снова открыт', away: 'Связь со страницей клиента пропала', back: 'Страница клиента снова на связи',
  closed: 'Закрыт', closedWith: 'Закрыт: {{disposition}}', rated: 'Оценка клиента: {{score}} из 5', resolved: 'решено', notResolved: 'не решено',
  reasons: {
    abandoned: 'клиент не дождался', agentEnded: 'закончил оператор', customerEnded: 'закончил клиент', customerAway: 'страница клиента долго была не на связи',
    customerSilent: 'клиент долго молчал', blocked: 'клиент заблокирован',
  },
  byLimit: 'вышло время постобработки',
} as const
