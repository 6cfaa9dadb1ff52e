import { expect, it } from 'vitest'
import { tellError } from './log-error.ts'

it('names the fault and keeps the words of customers out', () => {
  const words = 'PRIVATE WORDS'
  const error = Object.assign(new Error(`invalid input syntax for type json: ${words}`), {
    severity: 'ERROR', code: '22P02', detail: words, where: `JSON data, line 1: ${words}`, parameters: [words], constraint: 'message_pkey',
  })
  const told = tellError(new Error('while sending', { cause: error }))
  expect(JSON.stringify(told)).not.toContain(words)
  expect(told).toMatchObject({ message: 'while sending', cause: { code: '22P02', constraint: 'message_pkey', message: 'invalid input syntax for type json' } })
})

it('takes whatever was thrown', () => expect(tellError('words')).toEqual({ type: 'string' }))
