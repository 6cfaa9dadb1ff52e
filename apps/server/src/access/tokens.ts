/** Opaque tokens: 256 random bits, shown once, kept as a hash. */
import { createHash, randomBytes } from 'node:crypto'

export const newToken = (): string => randomBytes(32).toString('base64url')

export const hashToken = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest()

/** Whether a text can be one of our tokens at all; spares the database the rest. */
export const looksLikeToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text)
