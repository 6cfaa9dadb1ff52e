/** Passwords: argon2id as in SECURITY.md, at most one per core at a time, and a rule that asks for length only. */
import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { commonPasswords } from './common-passwords.ts'

const options = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }
const longestQueue = 64

export const shortestPassword = 15
export const longestPassword = 128

/** Too many people sign in at this moment. */
export class PasswordQueueFull extends Error {
  override readonly name = 'PasswordQueueFull'
}

let running = 0
const waiting: (() => void)[] = []

/** 19 MiB and some 80 ms each: a flood of sign-ins must not take the machine. */
const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  if (running >= availableParallelism()) {
    if (waiting.length >= longestQueue) throw new PasswordQueueFull('too many passwords are being checked')
    await new Promise<void>((resolve) => waiting.push(resolve))
  }
  running++
  try {
    return await work()
  } finally {
    running--
    waiting.shift()?.()
  }
}

export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password.normalize('NFKC'), options))

let dummy: Promise<string> | undefined

/** Checks a password; without a hash it takes as long, so that answers do not tell which accounts exist. */
export const checkPassword = async (password: string, passwordHash: string | null): Promise<boolean> => {
  dummy ??= hashPassword('no account has this password')
  const matches = await inTurn(async () => verify(passwordHash ?? (await dummy) ?? '', password.normalize('NFKC')))
  return matches && passwordHash !== null
}

/**
 * What is wrong with a new password, in English, or nothing. Length is what counts; no rules of composition.
 * @param words of the person and the company, which nobody should build a password from alone
 */
export const judgePassword = (password: string, words: readonly string[]): string | undefined => {
  const normal = password.normalize('NFKC')
  if (normal.length < shortestPassword) return `Use at least ${shortestPassword} characters; a few words with spaces are good.`
  if (normal.length > longestPassword) return `Use at most ${longestPassword} characters.`
  const plain = normal.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  if (new Set(plain).size < 5) return 'Use more different characters.'
  if (commonPasswords.has(plain)) return 'This password is among the most common ones.'
  const rest = words
    .flatMap((word) => word.toLowerCase().split(/[^\p{L}\p{N}]+/u))
    .filter((word) => word.length >= 3)
    .reduce((left, word) => left.replaceAll(word, ''), plain)
  return rest.length < 8 ? 'The password is made of your name, address or company; add something else.' : undefined
}
