import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { openTestDatabase } from '@otklik/testing/database'
import { runOtklik, untilNoon } from '@otklik/testing/running'
import { expect, it } from 'vitest'

it('tells Prometheus on this machine the figures by their names, and nobody else; the dashboard asks for nothing that is not there', async () => {
  const database = await openTestDatabase()
  const ahead = untilNoon() // its figures are those of the day
  const running = await runOtklik(database.url, { now: () => new Date(Date.now() + ahead) })
  try {
    const { contact, anna } = await running.talk()
    await anna.say(contact, 'Здравствуйте!')
    const read = async () => (await fetch(`${running.url}/metrics`)).text()
    await expect.poll(read).toContain(`otklik_service_level_ratio{queue="${contact.queue.name}"} 1`)
    const text = await read()
    expect(text).toContain(`otklik_queue_in_hand{queue="${contact.queue.name}"} 1`)
    expect(text).toContain('otklik_agents{presence="available"} 1')
    expect(text).toContain(`otklik_figure_cases{queue="${contact.queue.name}",figure="service_level"} 1`)
    const dashboard = readFileSync(resolve(import.meta.dirname, '../../../../docs/grafana/otklik.json'), 'utf8')
    const asked = [...new Set(dashboard.match(/otklik_[a-z0-9_]+/g))]
    expect(asked.length).toBeGreaterThan(10)
    for (const name of asked) expect(text, name).toContain(`# TYPE ${name.replace(/_bucket$/, '')} `)
    expect((await fetch(`${running.url}/metrics`, { headers: { 'X-Forwarded-For': '203.0.113.7' } })).status, 'through a proxy').toBe(404)
  } finally {
    await running.close()
    await database.close()
  }
})
