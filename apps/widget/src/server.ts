/** The widget's requests: docs/realtime.md, "Before the socket". */
import { fileNameHeader } from '@otklik/contract/attachment-rules'
import type { FileLink, FileView } from '@otklik/contract/attachments'
import type { ErrorCode } from '@otklik/contract/errors'
import type { VisitorGrant, WidgetConfig } from '@otklik/contract/web-chat'

export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  /** The server has said no. */
  | { readonly ok: false; readonly code: ErrorCode; readonly retryAfterSeconds: number }

/** No answer, or none of ours: no network, a gateway's page, a server that restarts. Try again. */
export class Unreachable extends Error {}

export const createServer = (origin: string, channelId: string) => {
  const base = `${origin}/api/v1/web-chat/${channelId}/`
  const ask = async <Value>(path: string, init: RequestInit): Promise<Answer<Value>> => {
    let status: number
    let body: unknown
    try {
      const response = await fetch(base + path, { ...init, credentials: 'omit', referrerPolicy: 'no-referrer' })
      status = response.status
      body = status === 204 ? null : await response.json()
      if (response.ok) return { ok: true, value: body as Value }
    } catch (error) {
      throw new Unreachable('no answer', { cause: error })
    }
    return refused(status, body)
  }
  const refused = (status: number, body: unknown): Answer<never> => {
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
    /** By XMLHttpRequest, which tells how far it is. */
    upload: (token: string, id: string, file: File, onProgress: (ratio: number) => void) =>
      new Promise<XMLHttpRequest>((resolve) => {
        const request = new XMLHttpRequest()
        request.open('PUT', `${base}files/${id}`)
        request.responseType = 'json'
        request.setRequestHeader('Authorization', `Bearer ${token}`)
        request.setRequestHeader('Content-Type', 'application/octet-stream')
        request.setRequestHeader(fileNameHeader, encodeURIComponent(file.name))
        request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total)
        request.onloadend = () => resolve(request)
        request.send(file)
      }).then(({ status, response }): Answer<FileView> => (status === 200 ? { ok: true, value: response as FileView } : refused(status, response ?? {}))),
    /** The bytes of a file, or of its preview. */
    async bytes(token: string, id: string, variant: 'url' | 'previewUrl'): Promise<Blob> {
      const link = await ask<FileLink>(`files/${id}/link`, { headers: { Authorization: `Bearer ${token}` } })
      const url = link.ok && link.value[variant]
      const answer = url ? await fetch(origin + url, { credentials: 'omit', referrerPolicy: 'no-referrer' }) : undefined
      if (!answer?.ok) throw new Unreachable(`file ${id}`)
      return answer.blob()
    },
    socketUrl: `${origin.replace(/^http/, 'ws')}/api/v1/web-chat/socket`,
  }
}
export type Server = ReturnType<typeof createServer>
