import { IdentityClaim } from '@otklik/contract/customers'
import { expect, it } from 'vitest'
import { en } from '../texts/en.ts'
import { ru } from '../texts/ru.ts'
import { claimKindOf } from './claim-kind.ts'

it('takes an address for one, and a number for one unless somebody chose', () => {
  expect(claimKindOf('anna', 'phone', false)).toBe('phone')
  expect(claimKindOf('anna@', 'phone', false)).toBe('email')
  expect(claimKindOf('anna@', 'phone', true)).toBe('email')
  expect(claimKindOf('+7 (916) 123-45', 'email', false)).toBe('phone')
  expect(claimKindOf('916', 'email', true)).toBe('email')
  expect(claimKindOf('', 'email', false)).toBe('email')
})

it.each([['ru', ru.card], ['en', en.card]] as const)('gives examples that pass, in %s', (_language, { emailHint, phoneHint, badEmail, badPhone }) => {
  const id = '00000000-0000-4000-8000-000000000001'
  expect(IdentityClaim.safeParse({ id, kind: 'email', value: emailHint }).success).toBe(true)
  expect(IdentityClaim.safeParse({ id, kind: 'phone', value: phoneHint }).success).toBe(true)
  expect([badEmail, badPhone]).toEqual([expect.stringContaining(emailHint), expect.stringContaining(phoneHint)])
})
