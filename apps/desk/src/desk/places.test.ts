import { expect, it } from 'vitest'
import { creatable, placesOf } from './places.ts'

const all = (role: Parameters<typeof placesOf>[0]) => placesOf(role).flatMap(({ to, inside }) => [to, ...inside.map((inner) => inner.to)])

it('gives each role its pages and those within them', () => {
  expect(all('agent')).toEqual(['/contacts', '/customers'])
  expect(all('supervisor')).toEqual(expect.arrayContaining(['/floor', '/floor/wall', '/reports/ratings', '/settings/queues']))
  expect(all('administrator')).toEqual(expect.arrayContaining(['/reports/month', '/settings/templates', '/settings/company']))
  expect(all('administrator')).not.toEqual(expect.arrayContaining(['/floor']))
})

it('lets administrators add to what is kept, and nobody else', () => {
  expect([creatable('agent'), creatable('supervisor')]).toEqual([[], []])
  expect(creatable('administrator')).toContain('templates')
  expect(creatable('administrator')).not.toContain('company')
})
