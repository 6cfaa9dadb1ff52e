/** The widget's requests: docs/realtime.md, "Before the socket". */
import type { ErrorCode } from '@otklik/contract/errors'
import type { VisitorGrant, WidgetConfig } from '@otklik/contract/web-chat'

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  /** The server has said no. */
  | { readonly ok: false; readonly code: ErrorCode; readonly retryAfterSeconds: number }

/** No answer, or none of ours: no network, a gateway's page, a server that restarts. Try again. */
export class Unreachable extends Error {}

export const createServer = (origin: string, channelId: string) => {
  const ask = async <Value>(path: string, init: RequestInit): Promise<Answer<Value>> => {
    let status: number
    let body: unknown
    try {
      const response = await fetch(`${origin}/api/v1/web-chat/${channelId}/${path}`, { ...init, credentials: 'omit', referrerPolicy: 'no-referrer' })
      status = response.status
      body = status === 204 ? null : await response.json()
      if (response.ok) return { ok: true, value: body as Value }
    } catch (error) {
      throw new Unreachable('no answer', { cause: error })
    }
    const { code, retryAfterSeconds } = body as { code?: ErrorCode; retryAfterSeconds?: number }
    if (status >= 500 || typeof code !== 'string') throw new Unreachable(`status ${status}`)
    return { ok: false, code, retryAfterSeconds: retryAfterSeconds ?? 0 }
  }
  const post = (body: unknown): RequestInit => ({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
  return {
    config: () => ask<WidgetConfig>('config', {}),
    newVisitor: (consentVersion: string, language: string, timeZone: string | null) =>
      ask<VisitorGrant>('visitors', post({ consentVersion, language, timeZone })),
    /** `keepalive`: signing out of a site mostly goes on to another page. */
    forgetVisitor: (token: string) => ask<null>('visitors/forget', { ...post({ token }), keepalive: true }),
    socketUrl: `${origin.replace(/^http/, 'ws')}/api/v1/web-chat/socket`,
  }
}
export type Server = ReturnType<typeof createServer>
