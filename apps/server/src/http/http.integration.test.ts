/** The interface from outside: who may call what, what bad input gets, what a repeated request does. */
import { randomUUID } from 'node:crypto'
import { Problem } from '@otklik/contract/errors'
import { apiPrefix, routes, settingsRoutes, type Route } from '@otklik/contract/routes'
import { openTestDatabase } from '@otklik/testing/database'
import { newId, runOtklik, testPassword, type Running } from '@otklik/testing/running'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

let running: Running
let database: Awaited<ReturnType<typeof openTestDatabase>>
/** Where the clock stands still; undefined: it runs. */
let frozen: Date | undefined
beforeAll(async () => {
  database = await openTestDatabase()
  running = await runOtklik(database.url, { now: () => frozen ?? new Date() })
})
afterEach(() => {
  frozen = undefined
})
afterAll(async () => {
  await running.close()
  await database.close()
})

const everyRoute: [string, Route][] = [
  ...Object.entries(routes),
  ...Object.entries(settingsRoutes).flatMap(([kind, five]) => Object.entries(five).map(([name, route]): [string, Route] => [`${kind}.${name}`, route])),
]

const cookieOf = async (email: string) => {
  const response = await running.otklik.app.inject({
    method: 'POST',
    url: `${apiPrefix}/session`,
    headers: { 'x-otklik': '1', origin: running.origin },
    payload: { email, password: testPassword },
  })
  expect(response.statusCode).toBe(200)
  const cookie = response.cookies.find(({ name }) => name === 'otklik')
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' })
  return `otklik=${cookie?.value}`
}

const inject = (route: Route, options: { cookie?: string; body?: unknown; headers?: Record<string, string>; id?: string; raw?: string } = {}) =>
  running.otklik.app.inject({
    method: route.method,
    url: `${apiPrefix}${route.path.replace(/:(\w+)/g, (_, name: string) => (name === 'id' ? options.id : undefined) ?? randomUUID())}`,
    headers: {
      'x-otklik': '1',
      origin: running.origin,
      ...(options.cookie ? { cookie: options.cookie } : {}),
      ...(route.method !== 'GET' && (options.body !== undefined || options.raw !== undefined) ? { 'content-type': 'application/json' } : {}),
      ...options.headers,
    },
    ...(route.method === 'GET' ? {} : { payload: options.raw ?? (options.body === undefined ? '' : JSON.stringify(options.body)) }),
  })

describe('access', () => {
  const emails = { agent: 'agent1@sample.example', supervisor: 'agent3@sample.example', administrator: 'administrator@sample.example' } as const

  it('asks everybody for a session, except on the routes that say otherwise', async () => {
    for (const [name, route] of everyRoute) {
      const response = await inject(route)
      if (route.access === 'public') expect(response.json().code ?? 'none', name).not.toBe('notSignedIn')
      else if (route.body === undefined && (route.query?.safeParse({}).success ?? true)) expect(response.json(), name).toMatchObject({ status: 401, code: 'notSignedIn' })
      else expect([401, 422, 400], name).toContain(response.statusCode)
    }
  })

  it('lets each role do what the table beside the routes says, and nothing else', async () => {
    for (const [role, email] of Object.entries(emails)) {
      const cookie = await cookieOf(email)
      for (const [name, route] of everyRoute) {
        if (route.access === 'public' || route === routes.signOut) continue
        const { statusCode, body } = await inject(route, { cookie, body: {} })
        const code: unknown = statusCode === 204 || body === '' ? undefined : JSON.parse(body).code
        if (route.access.includes(role as 'agent')) expect(code, `${role} ${name}`).not.toBe('notAllowed')
        // A body that is wrong may be told before the role is looked at; it is refused either way.
        else expect(['notAllowed', 'validationFailed'], `${role} ${name}: ${body.slice(0, 200)}`).toContain(code)
      }
    }
  })

  it('refuses a page of another site, by header, by fetch metadata and by origin', async () => {
    const cookie = await cookieOf(emails.agent)
    const refusals = [
      { 'x-otklik': '' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]
    for (const headers of refusals) {
      const response = await inject(routes.changePresence, { cookie, body: { state: 'available' }, headers: headers as Record<string, string> })
      expect(response.json(), JSON.stringify(headers)).toMatchObject({ status: 403, code: 'crossSiteRefused' })
    }
  })

  it('shows one agent nothing of what another holds', async () => {
    const visitor = await running.visitor()
    const anna = await running.agent(emails.agent)
    await anna.available()
    const { contactId } = await visitor.send('Здравствуйте')
    const offer = await anna.nextOffer()
    await anna.accept(offer)
    const glen = await cookieOf('agent2@sample.example')
    for (const route of [routes.contact, routes.messages]) expect((await inject(route, { cookie: glen, id: contactId })).statusCode).toBe(404)
    expect((await inject(routes.customer, { cookie: glen, id: offer.customer.id })).statusCode).toBe(404)
    const reply = await inject(routes.sendMessage, { cookie: glen, id: contactId, body: { id: randomUUID(), visibility: 'public', text: 'чужой' } })
    expect(reply.json()).toMatchObject({ code: 'contactNotYours' })
    await anna.api.call(routes.leaveDesk, { body: { contacts: 'returnToQueue' } })
  })

  it('slows down wrong passwords of one account from one network, and tells nothing of who exists', async () => {
    const attempt = (email: string, password: string) => inject(routes.signIn, { body: { email, password } })
    frozen = new Date() // a busy machine must not wait the delay out
    const [wrong, nobody] = [await attempt('agent4@sample.example', 'x'), await attempt('nobody@sample.example', 'x')]
    expect([wrong.json().code, nobody.json().code]).toEqual(['signInFailed', 'signInFailed'])
    for (let i = 0; i < 4; i++) await attempt('agent4@sample.example', 'x')
    const delayed = await attempt('agent4@sample.example', testPassword)
    expect(delayed.json()).toMatchObject({ status: 429, code: 'signInDelayed' })
    expect(Number(delayed.headers['retry-after'])).toBeGreaterThan(0)
  })

  it('ends a session at sign-out', async () => {
    const cookie = await cookieOf(emails.agent)
    expect((await inject(routes.session, { cookie })).statusCode).toBe(200)
    expect((await inject(routes.signOut, { cookie })).statusCode).toBe(204)
    expect((await inject(routes.session, { cookie })).json().code).toBe('notSignedIn')
  })
})

describe('bad input', () => {
  it('of every kind gets a 4xx with a code, never a 500', async () => {
    const cookies = { agent: await cookieOf('agent1@sample.example'), administrator: await cookieOf('administrator@sample.example') }
    const json = fc.jsonValue({ maxDepth: 3 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...everyRoute.filter(([, route]) => route !== routes.signOut)), json, fc.string(), fc.boolean(), async ([name, route], body, id, asAgent) => {
        const response = await inject(route, {
          cookie: asAgent ? cookies.agent : cookies.administrator,
          body,
          id: encodeURIComponent(id || 'x'),
        })
        expect(response.statusCode, `${name} ${JSON.stringify(body)} ${response.body}`).toBeLessThan(500)
        if (response.statusCode >= 400) expect(Problem.safeParse(response.json()).success, `${name}: ${response.body}`).toBe(true)
      }),
      { numRuns: 300, seed: 7 },
    )
  })

  it('names the fields that are wrong', async () => {
    const cookie = await cookieOf('administrator@sample.example')
    const response = await inject(settingsRoutes.sites.put, { cookie, body: { name: '', timeZone: 'Mars/Olympus', version: 0 } })
    expect(response.headers['content-type']).toContain('application/problem+json')
    expect(response.json()).toMatchObject({ status: 422, code: 'validationFailed' })
    expect(response.json().errors.map((error: { path: string }) => error.path).sort()).toEqual(['body.name', 'body.timeZone'])
  })

  it('that is no JSON, too large or of another type is said to be so', async () => {
    const broken = await inject(routes.signIn, { raw: '{"email":' })
    expect(broken.json()).toMatchObject({ status: 400, code: 'badRequest' })
    const large = await inject(routes.signIn, { raw: JSON.stringify({ email: 'x'.repeat(300_000) }) })
    expect(large.json()).toMatchObject({ status: 413, code: 'payloadTooLarge' })
    const typed = await inject(routes.signIn, { raw: '<a/>', headers: { 'content-type': 'text/xml' } })
    expect(typed.json()).toMatchObject({ status: 415, code: 'unsupportedMediaType' })
    const nul = await inject(routes.signIn, { body: { email: 'a@b.example', password: 'a\0b' } })
    expect(nul.statusCode).toBeLessThan(500)
    const unknown = await running.otklik.app.inject({ url: `${apiPrefix}/nothing` })
    expect(unknown.json()).toMatchObject({ status: 404, code: 'notFound' })
  })
})

describe('settings', () => {
  it('are created once for an id, changed by version, and say what uses them before they go', async () => {
    const admin = await running.agent('administrator@sample.example')
    const id = newId<never>()
    const params = { id }
    const site = { name: 'Омск', timeZone: 'Asia/Omsk', version: 0 }
    const created = await admin.api.call(settingsRoutes.sites.put, { params, body: site })
    expect(created.version).toBe(1)
    expect(await admin.api.call(settingsRoutes.sites.put, { params, body: site })).toEqual(created)
    const call = (version: number, name: string) => admin.api.call(settingsRoutes.sites.put, { params, body: { ...site, name, version } })
    const renamed = await call(1, 'Омск, центр')
    expect(renamed.version).toBe(2)
    await expect(call(1, 'Томск')).rejects.toMatchObject({ problem: { code: 'versionConflict' } })
    await expect(call(2, 'Саранск')).rejects.toMatchObject({ problem: { code: 'nameTaken' } })

    const team = await admin.api.call(settingsRoutes.teams.put, { params: { id: newId<never>() }, body: { name: 'Омск, ночь', siteId: id, version: 0 } })
    expect(await admin.api.call(settingsRoutes.sites.uses, { params })).toEqual({ uses: { teams: 1 }, replacementNeeded: true })
    await expect(admin.api.call(settingsRoutes.sites.archive, { params, body: { version: 2 } })).rejects.toMatchObject({
      problem: { code: 'inUse', uses: { teams: 1 } },
    })
    const { items } = await admin.api.call(settingsRoutes.sites.list, {})
    const other = items.find((item) => item.id !== id)
    await admin.api.call(settingsRoutes.sites.archive, { params, body: { version: 2, replaceWith: other?.id } })
    const moved = await admin.api.call(settingsRoutes.teams.list, {})
    expect(moved.items.find((item) => item.id === team.id)?.siteId).toBe(other?.id)
    expect((await admin.api.call(settingsRoutes.sites.restore, { params, body: { version: 3 } })).archivedAt).toBeNull()
  })

  it('create an agent once, however often it is asked for', async () => {
    const admin = await running.agent('administrator@sample.example')
    const params = { id: newId<never>() }
    const body = { name: 'Вера', email: 'vera@sample.example', role: 'agent', language: 'ru', serves: ['ru'], teamId: null, maxChats: 2, maxTotal: 2, skills: [], version: 0 } as const
    const put = () => admin.api.call(settingsRoutes.agents.put, { params, body: { ...body, serves: ['ru'], skills: [] } })
    const created = await put()
    expect(await put()).toEqual(created)
  })

  it('move what waits in a queue that is archived', async () => {
    const admin = await running.agent('administrator@sample.example')
    const { items: queues } = await admin.api.call(settingsRoutes.queues.list, {})
    const { items: channels } = await admin.api.call(settingsRoutes.channels.list, {})
    const queue = queues.find((item) => item.id === channels[0]?.queueId)
    const other = queues.find((item) => item.line === 1 && item.id !== queue?.id)
    if (!queue || !other) throw new Error('the sample has two queues of the first line')
    const visitor = await running.visitor()
    const { contactId } = await visitor.send('Жду')
    await admin.api.call(settingsRoutes.queues.archive, { params: { id: queue.id }, body: { version: queue.version, replaceWith: other.id } })
    const queueOf = async () => (await running.otklik.database.reader.db.selectFrom('contactRouting').select('queueId').where('contactId', '=', contactId).executeTakeFirst())?.queueId
    await expect.poll(queueOf).toBe(other.id)
    visitor.frame({ t: 'end', contactId })
    await visitor.until('the end', () => visitor.state.chat?.state === 'ended')
    await admin.api.call(settingsRoutes.queues.restore, { params: { id: queue.id }, body: { version: queue.version + 1 } })
  })

  it('never lose the last administrator', async () => {
    const admin = await running.agent('administrator@sample.example')
    const { items } = await admin.api.call(settingsRoutes.agents.list, {})
    const own = items.find((item) => item.id === admin.id)
    if (!own) throw new Error('the administrator is in the list')
    await expect(admin.api.call(settingsRoutes.agents.archive, { params: { id: own.id }, body: { version: own.version } })).rejects.toMatchObject({
      problem: { code: 'lastAdministrator' },
    })
  })
})

describe('a request that comes again', () => {
  it('does its work once for a key, and is refused under the key of another', async () => {
    const visitor = await running.visitor()
    const anna = await running.agent('agent1@sample.example')
    await anna.available()
    await visitor.send('Ещё раз')
    const offer = await anna.nextOffer() // the one that waits longest, maybe of an earlier test
    await anna.accept(offer)
    const contactId = offer.id
    const { queues } = await anna.api.call(routes.catalogue, {})
    const transfer = (note: string) =>
      anna.api.call(routes.transferContact, {
        params: { id: contactId },
        body: { to: { kind: 'queue', queueId: queues[0]?.id ?? '' }, note },
        idempotencyKey: 'transfer-1',
      })
    await transfer('раз')
    await transfer('раз')
    await expect(transfer('два')).rejects.toMatchObject({ problem: { code: 'idempotencyMismatch' } })
    const notes = await running.otklik.database.reader.db
      .selectFrom('message')
      .select('id')
      .where('contactId', '=', contactId)
      .where('visibility', '=', 'note')
      .execute()
    expect(notes).toHaveLength(1)
    await anna.api.call(routes.leaveDesk, { body: { contacts: 'returnToQueue' } })
  })

  it('takes a message once for its id, from both sides', async () => {
    const visitor = await running.visitor()
    const id = randomUUID()
    const [first, second] = await Promise.all([visitor.send('Раз', id), visitor.send('Раз', id)])
    expect(first).toEqual(second)
    const other = await running.visitor()
    await expect(other.send('Раз', id)).rejects.toThrow('idTaken')
    await visitor.until('the message', () => visitor.texts().length > 0)
    expect(visitor.texts()).toEqual(['Раз'])
  })
})

it('describes itself as OpenAPI 3.1', async () => {
  const response = await running.otklik.app.inject({ url: `${apiPrefix}/openapi.json` })
  const document = response.json()
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths)).toHaveLength(new Set(everyRoute.map(([, route]) => route.path)).size)
})
