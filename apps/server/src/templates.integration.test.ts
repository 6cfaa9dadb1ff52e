/** Ready answers: whose they are, who sees and changes them, what is counted. */
import { routes, settingsRoutes } from '@otklik/contract/routes'
import { unknownVariables, type DeskTemplate } from '@otklik/contract/templates'
import type { TemplateId } from '@otklik/model/ids'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, type Running } from '@otklik/testing/running'
import { afterEach, beforeEach, expect, it } from 'vitest'

let running: Running
/** What a newcomer finds; the rest begins without them. */
let sample: readonly DeskTemplate[]
let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeEach(async () => {
  database = await openTestDatabase()
  running = await runOtklik(database.url)
  sample = (await (await running.agent('agent1@sample.example')).api.call(routes.deskTemplates, {})).items
  await running.otklik.database.pool.query('delete from template')
})
afterEach(async () => {
  await running.close()
  await database.close()
})

const newId = () => crypto.randomUUID() as TemplateId
const plain = { name: 'Приветствие', ru: 'Здравствуйте, {{имя}}!', en: '', dispositionId: null, resolved: true, version: 0 }
const code = (name: string) => ({ problem: { code: name } })

it('gives a newcomer ready answers in both languages, one of which closes', () => {
  expect(sample.length).toBeGreaterThan(3)
  for (const { name, ru, en, shared } of sample) {
    expect([shared, ru === '', en === ''], name).toEqual([true, false, false])
    expect(unknownVariables(`${ru}${en}`), name).toEqual([])
  }
  expect(sample.filter(({ macro }) => macro).map(({ macro }) => macro?.dispositionName)).toEqual(['Благодарность'])
})

it('keeps an agent’s own apart, and counts what is used', async () => {
  const [anna, glen] = await Promise.all([running.agent('agent1@sample.example'), running.agent('agent2@sample.example')])
  const id = newId()
  const put = (client: typeof anna, params: { id: TemplateId }, body: typeof plain) => client.api.call(routes.putOwnTemplate, { params, body })
  expect(await put(anna, { id }, plain)).toEqual({ id, version: 1 })
  expect(await put(anna, { id }, plain), 'sent twice, kept once').toEqual({ id, version: 1 })
  await expect(put(anna, { id: newId() }, plain)).rejects.toMatchObject(code('nameTaken'))
  await put(glen, { id: newId() }, plain)
  await expect(put(glen, { id }, { ...plain, version: 1 }), 'a colleague’s does not exist').rejects.toMatchObject(code('notFound'))
  await expect(put(anna, { id }, { ...plain, ru: 'Иначе', version: 5 })).rejects.toMatchObject(code('versionConflict'))
  await expect(put(anna, { id }, { ...plain, ru: ' ', version: 1 })).rejects.toMatchObject(code('validationFailed'))
  // What nobody fills in would go to the customer as it stands.
  await expect(put(anna, { id }, { ...plain, ru: 'Номер {{неттакого}}, {{ИМЯ}}', version: 1 })).rejects.toMatchObject({
    problem: { code: 'validationFailed', errors: [{ path: 'body.ru', message: 'must not name unknown variables: {{неттакого}}' }] },
  })

  const { items: dispositions } = await (await running.agent('administrator@sample.example')).api.call(settingsRoutes.dispositions.list, {})
  const [disposition] = dispositions
  if (!disposition) throw new Error('the sample has dispositions')
  await put(anna, { id }, { ...plain, dispositionId: disposition.id as never, version: 1 })
  await anna.api.call(routes.useTemplate, { params: { id } })
  await anna.api.call(routes.useTemplate, { params: { id } })
  await expect(glen.api.call(routes.useTemplate, { params: { id } })).rejects.toMatchObject(code('notFound'))
  const { items } = await anna.api.call(routes.deskTemplates, {})
  expect(items).toMatchObject([{ id, shared: false, ownUses: 2, uses: 2, usedAt: expect.stringMatching(/Z$/) as string, macro: { dispositionName: disposition.name, resolved: true } }])

  await expect(glen.api.call(routes.removeOwnTemplate, { params: { id } })).rejects.toMatchObject(code('notFound'))
  await anna.api.call(routes.removeOwnTemplate, { params: { id } })
  await anna.api.call(routes.removeOwnTemplate, { params: { id } })
  expect((await anna.api.call(routes.deskTemplates, {})).items).toEqual([])
  expect(await put(anna, { id: newId() }, plain), 'its name is free again').toMatchObject({ version: 1 })
})

it('gives everybody the administrator’s, which no agent changes, and none of an agent’s own to the administrator', async () => {
  const [administrator, anna] = await Promise.all([running.agent('administrator@sample.example'), running.agent('agent1@sample.example')])
  const id = newId()
  await administrator.api.call(settingsRoutes.templates.put, { params: { id }, body: plain })
  await expect(administrator.api.call(settingsRoutes.templates.put, { params: { id: newId() }, body: { ...plain, ru: '', en: '' } })).rejects.toMatchObject(code('validationFailed'))
  await anna.until('the news', () => anna.state.catalogues > 0)
  expect((await anna.api.call(routes.deskTemplates, {})).items).toMatchObject([{ id, shared: true }])
  const counted = async () => (await administrator.api.call(settingsRoutes.templates.list, {})).items.find((each) => each.id === id)
  expect(await counted()).toMatchObject({ uses: 0, usedAt: null })
  await anna.api.call(routes.useTemplate, { params: { id } })
  expect(await counted()).toMatchObject({ uses: 1, usedAt: expect.stringMatching(/Z$/) as string })
  await expect(anna.api.call(settingsRoutes.templates.put, { params: { id }, body: { ...plain, version: 1 } })).rejects.toMatchObject(code('notAllowed'))
  await expect(anna.api.call(routes.putOwnTemplate, { params: { id }, body: { ...plain, version: 1 } })).rejects.toMatchObject(code('notFound'))
  const own = newId()
  await anna.api.call(routes.putOwnTemplate, { params: { id: own }, body: { ...plain, name: 'Моё' } })
  expect((await administrator.api.call(settingsRoutes.templates.list, {})).items.map((each) => each.id)).toEqual([id])
  await expect(administrator.api.call(settingsRoutes.templates.put, { params: { id: own }, body: { ...plain, version: 1 } })).rejects.toMatchObject(code('notFound'))
  await expect(administrator.api.call(settingsRoutes.templates.archive, { params: { id: own }, body: { version: 1 } })).rejects.toMatchObject(code('notFound'))
  await anna.api.call(routes.removeOwnTemplate, { params: { id: own } })
  await expect(administrator.api.call(settingsRoutes.templates.restore, { params: { id: own }, body: { version: 1 } })).rejects.toMatchObject(code('notFound'))
  await administrator.api.call(settingsRoutes.templates.archive, { params: { id }, body: { version: 1 } })
  expect((await anna.api.call(routes.deskTemplates, {})).items).toEqual([])
})

it('is one when it is sent several times at once', async () => {
  const anna = await running.agent('agent1@sample.example')
  const id = newId()
  const answers = await Promise.all([1, 2, 3, 4].map(() => anna.api.call(routes.putOwnTemplate, { params: { id }, body: plain })))
  expect(answers).toEqual(Array(4).fill({ id, version: 1 }))
})
