/** Addresses of files that are good for a few minutes: who holds one may fetch that file, and nothing else. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { attachmentLimits } from '@otklik/contract/attachment-rules'
import type { FileLink, FileVariant } from '@otklik/contract/attachments'
import { apiPrefix } from '@otklik/contract/routes'
import type { FileId } from '@otklik/model/ids'
import type { Secret } from '../config.ts'

export const createLinks = (secretKey: Secret<Buffer>, now: () => Date) => {
  // A key of its own: what is signed here opens nothing else.
  const key = Buffer.from(hkdfSync('sha256', secretKey.reveal(), '', 'otklik file links 1', 32))
  const sign = (id: string, variant: FileVariant, expires: number): Buffer => createHmac('sha256', key).update(`${id}.${variant}.${expires}`).digest()
  const address = (id: FileId, variant: FileVariant, expires: number): string => {
    const signature = sign(id, variant, expires).toString('base64url')
    return `${apiPrefix}/files/${id}/content?${new URLSearchParams({ variant, expires: String(expires), signature }).toString()}`
  }
  return {
    make(id: FileId, hasPreview: boolean): FileLink {
      const expires = now().getTime() + attachmentLimits.linkMinutes * 60_000
      return { url: address(id, 'file', expires), previewUrl: hasPreview ? address(id, 'preview', expires) : null, expiresAt: new Date(expires).toISOString() }
    },
    isGood(id: string, { variant, expires, signature }: { variant: FileVariant; expires: number; signature: string }): boolean {
      const given = Buffer.from(signature, 'base64url')
      const right = sign(id, variant, expires)
      return given.length === right.length && timingSafeEqual(given, right) && expires > now().getTime()
    },
  }
}
export type Links = ReturnType<typeof createLinks>
