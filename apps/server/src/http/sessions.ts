/** The session cookie: set, read, renewed each hour, taken away. */
import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isLoopback } from '../access/network.ts'
import { hashToken, looksLikeToken } from '../access/tokens.ts'
import type { Deps } from '../actions/deps.ts'
import { renewSession } from '../actions/sign-in.ts'
import type { Reader } from '../store/database.ts'
import { loadSession, type Session, type SessionAgent } from '../store/credentials.ts'

export interface SessionsOptions {
  readonly deps: Deps
  readonly reader: Reader
  /** Browsers reach us by HTTPS. */
  readonly secure: boolean
  readonly insecureHttpAllowed: boolean
}

export interface Sessions {
  /** Whether this request may carry a password or a session at all: HTTPS, or from this very machine. */
  isTransportSafe(request: FastifyRequest): boolean
  authenticate(request: FastifyRequest, reply: FastifyReply): Promise<SessionAgent | undefined>
  /** The same without an answer to write to: for the upgrade to a socket. */
  look(request: FastifyRequest): Promise<Session | undefined>
  token(request: FastifyRequest): string | undefined
  begin(reply: FastifyReply, token: string): void
  end(reply: FastifyReply): void
}

export const createSessions = ({ deps, reader, secure, insecureHttpAllowed }: SessionsOptions): Sessions => {
  const name = secure ? '__Host-otklik' : 'otklik'
  const attributes = { path: '/', httpOnly: true, sameSite: 'strict', secure } as const
  const token = (request: FastifyRequest): string | undefined => {
    const value = request.cookies[name]
    return value !== undefined && looksLikeToken(value) ? value : undefined
  }
  const look = async (request: FastifyRequest) => {
    const own = token(request)
    return own === undefined ? undefined : loadSession(reader, hashToken(own), deps.now())
  }
  const begin = (reply: FastifyReply, value: string) => void reply.setCookie(name, value, attributes)
  return {
    isTransportSafe: (request) => secure || insecureHttpAllowed || isLoopback(request.ip),
    async authenticate(request, reply) {
      const session = await look(request)
      const own = token(request)
      if (session?.rotate && own !== undefined) {
        const fresh = await renewSession(deps, own)
        if (fresh !== undefined) begin(reply, fresh)
      }
      return session?.agent
    },
    look,
    token,
    begin,
    end: (reply) => void reply.clearCookie(name, attributes),
  }
}
