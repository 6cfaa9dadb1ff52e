import type { Problem } from '@otklik/contract/errors'
import { settingsRoutes } from '@otklik/contract/routes'
import { describe, expect, it } from 'vitest'
import { errorAt, fieldErrors } from './field-errors.ts'
import { translator } from './texts/texts.ts'

const t = translator('ru')
const problem = (more: Partial<Problem>): Problem => ({
  type: 'about:blank',
  title: '',
  status: 422,
  code: 'validationFailed',
  ...more,
})

describe('remarks about fields', () => {
  it('words what the contract’s own schemas say', () => {
    const result = settingsRoutes.agents.put.body.safeParse({
      name: '', email: 'anna', role: 'agent', language: 'ru', serves: [], maxChats: 99, maxTotal: 2, teamId: null,
      skills: [{ skillId: 'x', level: 9 }], version: 0,
    })
    const errors = fieldErrors(problem({
      errors: result.error!.issues.map((issue) => ({
        path: issue.path.join('.'),
        code: issue.code ?? '',
        message: issue.message,
      })),
    }), t)
    expect(errors).toMatchObject({
      name: 'Заполните',
      email: 'Похоже, в адресе ошибка',
      serves: 'Заполните',
      maxChats: 'Слишком много',
      'skills.0.level': 'Слишком много',
    })
  })

  it('knows the paths in whichever way they are written', () => {
    for (const path of ['origins.0', '$.origins[0]', '/origins/0', 'body.origins.0', '/body/origins/0'])
      expect(errorAt(fieldErrors(problem({
        errors: [{ path, code: 'custom', message: 'must be an origin without a path' }],
      }), t), 'origins')).toBe('Нужен адрес вида https://www.example.ru')
  })

  it('puts a code that speaks of one field at that field', () => {
    expect(fieldErrors(problem({ code: 'nameTaken', status: 409 }), t)).toEqual({ name: 'Такое название уже есть' })
    expect(fieldErrors(null, t)).toEqual({})
  })
})
