/** What is read in `bench -- inbox`: the requests of each screen, with inputs out of the database that is measured. */
import { customerRoutes } from '@otklik/contract/customers'
import { routes, type Route } from '@otklik/contract/routes'
import { rollDice, type Dice } from '@otklik/testing/dice'
import type pg from 'pg'
import { commonEnglish, commonRussian, formsOf, madeUpEnglish, madeUpRussian, middlingRussian, withDots } from './inbox-words.ts'

export interface Request {
  readonly path: string
  readonly body?: { readonly query: string }
  /** Whose request it is; absent: each one's of that role in turn. */
  readonly agentId?: string
}
export interface Read {
  readonly name: string
  readonly route: Route
  readonly role: 'agent' | 'supervisor'
  /** Pages and the timeline stay as they are while the data grow; searches have a limit of their own. */
  readonly kind: 'page' | 'search'
  readonly requests: readonly Request[]
  /** Its second pages are a measurement of their own. */
  readonly isPaged?: true
  /** It is looked for what is not there: no answer needs to find anything. */
  readonly isEmpty?: true
}

/** What shows no contact, customer or message; every other GET route must be measured. */
const notInbox = new Set<Route>([
  routes.setupState, routes.session, routes.catalogue, routes.deskTemplates, routes.widgetConfig, routes.queueRouting, routes.company, routes.figures, routes.fileLink, routes.visitorFileLink,
])

/** Routes that read the inbox and that nobody measures: a new one is to be added here. */
export const unmeasured = (reads: readonly Read[]): string[] =>
  (Object.values(routes) as Route[])
    .filter((route) => route.method === 'GET' && !notInbox.has(route) && !reads.some((read) => read.route === route))
    .map((route) => `${route.method} ${route.path}`)

/** Ids are random, so the first ones in their order are a fair sample. */
export const planReads = async (pool: pg.Pool, count: number): Promise<Read[]> => {
  const dice = rollDice(7)
  const load = async <Row extends pg.QueryResultRow>(text: string) => (await pool.query<Row>(text, [count])).rows
  const nobody: Request[] = Array.from({ length: count }, () => ({ path: '' }))
  const everywhere = (path: string): Request[] => nobody.map(() => ({ path }))

  const seen = await load<{ id: string; customer: string }>('select id, customer_id as customer from contact order by id limit $1')
  const own = await load<{ id: string; customer: string; agentId: string }>(
    `select id, customer_id as customer, agent_id as "agentId" from contact where agent_id is not null and closed_at > now() - interval '25 days' order by id limit $1`,
  )
  // An agent's search reaches the conversations that were the agent's lately: a word is rare there when it was said there.
  const said = await load<{ agentId: string; text: string }>(
    `select c.agent_id as "agentId", m.parts -> 0 ->> 'text' as text from contact c join message m on m.contact_id = c.id and m.author = 'customer' and m.parts -> 0 ->> 'kind' = 'text'
     where c.agent_id is not null and c.closed_at > now() - interval '25 days' order by c.id limit 20 * $1`,
  )
  const seldom = new Set(madeUpRussian)
  const rareOfAgent = said
    .flatMap(({ agentId, text }) => (text.toLowerCase().match(/\p{L}+/gu) ?? []).filter((word) => seldom.has(word)).map((query) => ({ path: '/customers/find/words', body: { query }, agentId })))
    .slice(0, count)
  const long = await load<{ id: string; agentId: string; last: number }>(
    `with long as (select id, agent_id, last_message_number as last from contact where last_message_number > 100 and agent_id is not null)
     select id, agent_id as "agentId", last - 10 * (turn % 8) as last from long, generate_series(0, 499) turn order by turn, id limit $1`,
  )
  const deep = (atLeast: number, atMost: number) =>
    load<{ customer: string; at: Date; id: string }>(
      `select customer_id as customer, arrived_at as at, id from (
         select customer_id, arrived_at, id, count(*) over (partition by customer_id) as own, row_number() over (partition by customer_id order by arrived_at desc) as place from contact) c
       where own between ${atLeast} and ${atMost} and place > least(60, own / 3) order by id limit $1`,
    )
  const deepOrdinary = await deep(10, 50)
  const deepGiant = await deep(500, 1_000_000)
  // An agent opens the card of somebody whom they helped lately.
  const giantOfAgent = await load<{ customer: string; agentId: string }>(
    `with giant as (select customer_id from contact group by 1 having count(*) >= 500)
     select customer_id as customer, agent_id as "agentId" from contact join giant using (customer_id)
     where agent_id is not null and closed_at > now() - interval '25 days' order by id limit $1`,
  )
  const pair = await load<{ one: string; other: string }>(
    `select id as one, lead(id) over (order by id) as other from customer where merged_into is null order by id limit $1`,
  )
  const named = await load<{ name: string }>('select name from customer where name is not null order by id limit $1')
  const identities = (kind: string) => load<{ value: string }>(`select value from identity where kind = '${kind}' order by id limit $1`)
  const [phones, mails] = [await identities('phone'), await identities('email')]
  const numbers = await load<{ number: string }>('select number from customer where merged_into is null order by id limit $1')

  const page = (name: string, route: Route, role: Read['role'], requests: readonly Request[]): Read => ({ name: `${name}, ${role}`, route, role, kind: 'page', requests })
  const both = (name: string, route: Route, path: string): Read[] => (['agent', 'supervisor'] as const).map((role) => page(name, route, role, everywhere(path)))
  const timeline = ({ customer, at, id }: { customer: string; at: Date; id: string }, limit: number) => ({ path: `/customers/${customer}/contacts?limit=${limit}&cursor=${at.toISOString()}_${id}` })
  const find = (name: string, role: Read['role'], queries: readonly string[], more: Pick<Read, 'isPaged' | 'isEmpty'> = { isPaged: true }): Read => ({
    name: `customers: ${name}, ${role}`, route: customerRoutes.findCustomers, role, kind: 'search', requests: asked('/customers/find', queries), ...more,
  })
  const words = (name: string, role: Read['role'], queries: readonly string[], more: Pick<Read, 'isPaged' | 'isEmpty'> = { isPaged: true }): Read => ({
    name: `words: ${name}, ${role}`, route: customerRoutes.findWords, role, kind: 'search', requests: asked('/customers/find/words', queries), ...more,
  })
  const times = (make: (dice: Dice) => string) => nobody.map(() => make(dice))
  const common = (d: Dice) => d.pick(formsOf(d.pick(commonRussian)))
  const rare = (d: Dice) => d.pick(madeUpRussian)
  const names = named.map(({ name }) => name)
  const longest = (name: string) => name.split(' ').reduce((a, b) => (b.length > a.length ? b : a))

  return [
    ...both('desk', routes.desk, '/desk'),
    ...both('waiting list', routes.waiting, '/desk/waiting'),
    ...both('follow-up list', routes.followUps, '/desk/follow-ups'),
    ...both('raised list', routes.raised, '/desk/raised'),
    page('contact', routes.contact, 'supervisor', seen.map(({ id }) => ({ path: `/contacts/${id}` }))),
    page('contact', routes.contact, 'agent', own.map(({ id, agentId }) => ({ path: `/contacts/${id}`, agentId }))),
    page('contact story', routes.story, 'agent', own.map(({ id, agentId }) => ({ path: `/contacts/${id}/story`, agentId }))),
    page('messages, last page', routes.messages, 'supervisor', seen.map(({ id }) => ({ path: `/contacts/${id}/messages` }))),
    page('messages, last page of a long contact', routes.messages, 'supervisor', long.map(({ id }) => ({ path: `/contacts/${id}/messages` }))),
    page('messages, older page', routes.messages, 'supervisor', long.map(({ id, last }) => ({ path: `/contacts/${id}/messages?before=${last}&limit=50` }))),
    page('messages, older page', routes.messages, 'agent', long.map(({ id, agentId, last }) => ({ path: `/contacts/${id}/messages?before=${last}&limit=50`, agentId }))),
    page('messages after a number', routes.messages, 'agent', long.map(({ id, agentId, last }) => ({ path: `/contacts/${id}/messages?after=${last - 30}`, agentId }))),
    page('customer card', routes.customer, 'supervisor', seen.map(({ customer }) => ({ path: `/customers/${customer}` }))),
    page('customer card', routes.customer, 'agent', own.map(({ customer, agentId }) => ({ path: `/customers/${customer}`, agentId }))),
    page('customer card of thousands of contacts', routes.customer, 'supervisor', deepGiant.map(({ customer }) => ({ path: `/customers/${customer}` }))),
    page('customer card of thousands of contacts', routes.customer, 'agent', giantOfAgent.map(({ customer, agentId }) => ({ path: `/customers/${customer}`, agentId }))),
    page('what two customers become as one', routes.previewMerge, 'supervisor', pair.filter(({ other }) => other !== null).map(({ one, other }) => ({ path: `/customers/${one}/merge/${other}` }))),
    page('timeline', routes.customerContacts, 'supervisor', seen.map(({ customer }) => ({ path: `/customers/${customer}/contacts` }))),
    page('timeline', routes.customerContacts, 'agent', own.map(({ customer, agentId }) => ({ path: `/customers/${customer}/contacts`, agentId }))),
    page('timeline, deep page', routes.customerContacts, 'supervisor', deepOrdinary.map((place) => timeline(place, 10))),
    page('timeline by issue (200 at once)', routes.customerContacts, 'supervisor', deepGiant.map((place) => timeline(place, 200))),
    page('timeline of thousands', routes.customerContacts, 'supervisor', deepGiant.map(({ customer }) => ({ path: `/customers/${customer}/contacts` }))),
    page('timeline of thousands', routes.customerContacts, 'agent', giantOfAgent.map(({ customer, agentId }) => ({ path: `/customers/${customer}/contacts`, agentId }))),
    page('timeline of thousands, deep page', routes.customerContacts, 'supervisor', deepGiant.map((place) => timeline(place, 50))),

    find('name', 'supervisor', names),
    find('name', 'agent', names),
    find('one word of a name', 'supervisor', names.map((name) => dice.pick(name.split(' ')))),
    find('beginning of a name', 'supervisor', names.map((name) => longest(name).slice(0, dice.whole(3, 5)))),
    find('two letters', 'supervisor', names.map((name) => name.slice(0, 2))),
    find('name with a slip', 'supervisor', names.map((name) => slip(dice, longest(name))), {}),
    find('first name and surname with a slip', 'supervisor', names.map((name) => name.split(' ').slice(0, 2).map((word) => (word === longest(name) ? slip(dice, word) : word)).join(' ')), {}),
    find('name with a slip', 'agent', names.map((name) => slip(dice, longest(name))), {}),
    find('name that nobody has', 'supervisor', times((d) => `${d.pick(madeUpRussian)}щук`), { isEmpty: true }),
    find('last four digits', 'supervisor', phones.map(({ value }) => value.slice(-4))),
    find('part of a phone', 'supervisor', phones.map(({ value }) => value.slice(dice.whole(2, 5)).slice(0, dice.whole(4, 7)))),
    find('phone', 'supervisor', phones.map(({ value }) => `8 (${value.slice(2, 5)}) ${value.slice(5, 8)}-${value.slice(8, 10)}-${value.slice(10)}`)),
    find('e-mail', 'supervisor', mails.map(({ value }) => value)),
    find('part of an e-mail', 'supervisor', mails.map(({ value }) => value.replace(/\d*@.*/, '').slice(0, dice.whole(4, 12)))),
    find('domain of an e-mail', 'supervisor', mails.map(({ value }) => value.replace(/.*@/, '@'))),
    find('number', 'supervisor', numbers.map(({ number }) => `№ ${number}`)),

    words('common', 'supervisor', times(common)),
    words('middling', 'supervisor', times((d) => d.pick(formsOf(d.pick(middlingRussian))))),
    words('rare', 'supervisor', times(rare)),
    words('two common', 'supervisor', times((d) => `${common(d)} ${d.pick(middlingRussian)}`)),
    words('common and rare', 'supervisor', times((d) => `${common(d)} ${rare(d)}`), {}),
    words('with ё', 'supervisor', times((d) => d.pick(withDots))),
    words('English', 'supervisor', times((d) => (d.next() < 0.5 ? d.pick(commonEnglish) : d.pick(madeUpEnglish)))),
    words('not there', 'supervisor', times((d) => `${d.pick(madeUpRussian)}ъъ${d.whole(1, 99)}`), { isEmpty: true }),
    words('rare with a slip', 'supervisor', times((d) => slip(d, rare(d))), {}),
    words('common with a slip', 'supervisor', times((d) => slip(d, common(d))), {}),
    words('common with a slip, and rare', 'supervisor', times((d) => `${slip(d, common(d))} ${rare(d)}`), {}),
    words('common', 'agent', times(common)),
    { ...words('rare', 'agent', [], {}), requests: rareOfAgent },
  ]
}

const asked = (path: string, queries: readonly string[]): Request[] => queries.map((query) => ({ path, body: { query } }))

/** One letter of the word is another, is missing, or changes places with the next. */
const slip = (dice: Dice, word: string): string => {
  const at = dice.whole(1, word.length - 2)
  const [head, letter, tail] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)]
  return dice.pick([`${head}${dice.pick([...'аеиомнрст'])}${tail}`, head + tail, `${head}${tail.charAt(0)}${letter}${tail.slice(1)}`])
}
