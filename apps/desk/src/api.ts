/** The one client of the server that the desk uses, and how its failures become words. */
import { ApiRefusal, ApiUnreachable, createApi, type Api } from '@otklik/client/http'
import type { ErrorCode, Problem } from '@otklik/contract/errors'
import { createContext, useContext } from 'react'

export const serverApi: Api = createApi({ baseUrl: '' })

/** Where components find the API; the gallery gives them another one. */
export const ApiContext = createContext<Api>(serverApi)
export const useApi = (): Api => useContext(ApiContext)

/** Why a call failed, for screens: the server's code, or that nothing of ours answered. */
export type Failure = ErrorCode | 'unreachable'

/**
 * The failure in an error that a call threw.
 * @throws what is neither a refusal nor an unreachable server: a bug of ours
 */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof ApiRefusal) return error.problem.code
  if (error instanceof ApiUnreachable) return 'unreachable'
  throw error
}

/** The problem details that came with a refusal; null for everything else. */
export const problemOf = (error: unknown): Problem | null => (error instanceof ApiRefusal ? error.problem : null)

const retries = 3

/** A refusal is an answer; only a server that cannot be reached is asked again. */
export const retryUnreachable = (count: number, error: Error): boolean => error instanceof ApiUnreachable && count < retries

/** For what is asked while somebody types: too often is no answer either, it is asked again when the server said. */
export const askPatiently = {
  retry: (count: number, error: Error): boolean => problemOf(error)?.code === 'rateLimited' || retryUnreachable(count, error),
  retryDelay: (count: number, error: Error): number => (problemOf(error)?.retryAfterSeconds ?? 2 ** count) * 1000,
}
