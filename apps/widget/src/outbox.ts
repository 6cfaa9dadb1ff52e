/**
 * Messages written and not yet durable on the server. Each lies under its own key, so that two tabs can add and remove
 * without overwriting each other; the id is the message's for good, so that sent twice it is taken once.
 */
import type { ErrorCode } from '@otklik/contract/errors'
import type { FileId, MessageId } from '@otklik/model/ids'
import { readJson, type Store } from './storage.ts'

export interface OutboxFile {
  readonly id: FileId
  readonly name: string
  readonly bytes: number
  /** The server has it. */
  readonly up: boolean
  /** Why it goes with no message. */
  readonly refused?: ErrorCode
}

export interface OutboxItem {
  readonly id: MessageId
  readonly text: string
  /** When it was written, milliseconds; rises from item to item. */
  readonly at: number
  /** Why the server will not have it; null while it is to be sent. */
  readonly failed: ErrorCode | null
  readonly files?: readonly OutboxFile[] | undefined
}

const start = 'out.'
export const isOutboxName = (name: string): boolean => name.startsWith(start)

export const parseItem = (text: string | null): OutboxItem | undefined => {
  const value = readJson(text)
  if (typeof value !== 'object' || value === null) return undefined
  const { id, text: words, at, failed, files } = value as Record<string, unknown>
  if (typeof id !== 'string' || typeof words !== 'string' || typeof at !== 'number') return undefined
  return {
    id: id as MessageId,
    text: words,
    at,
    failed: typeof failed === 'string' ? (failed as ErrorCode) : null,
    ...(Array.isArray(files) ? { files: files as OutboxFile[] } : {}),
  }
}

export const createOutbox = (store: Store, now: () => number, newId: () => string) => {
  /** In the order of writing. */
  const all = (): OutboxItem[] =>
    store
      .names(start)
      .flatMap((name) => parseItem(store.get(name)) ?? [])
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  const put = (item: OutboxItem) => store.set(start + item.id, JSON.stringify(item))
  const remove = (id: string) => store.remove(start + id)
  return {
    all,
    /** The next to send. One that failed does not hold up the others. */
    next: (canSend: (item: OutboxItem) => boolean = () => true): OutboxItem | undefined => all().find((item) => item.failed === null && canSend(item)),
    add(text: string, files: readonly Pick<File, 'name' | 'size'>[] = []): OutboxItem {
      // Two messages of one millisecond, or a clock set back, must not change places.
      const at = Math.max(now(), (all().at(-1)?.at ?? 0) + 1)
      const named = files.map(({ name, size }) => ({ id: newId() as FileId, name, bytes: size, up: false }))
      const item = { id: newId() as MessageId, text, at, failed: null, ...(named.length > 0 ? { files: named } : {}) }
      put(item)
      return item
    },
    remove,
    /** A file of it is up. */
    up(id: string, fileId: string): void {
      const item = all().find((one) => one.id === id)
      if (item) put({ ...item, failed: null, files: (item.files ?? []).map((one) => (one.id === fileId ? { ...one, up: true } : one)) })
    },
    /** @param isBad which of its files are the cause */
    fail(id: string, code: ErrorCode, isBad?: (file: OutboxFile) => boolean): void {
      const item = all().find((one) => one.id === id)
      if (item) put({ ...item, failed: code, files: item.files?.map((one) => (isBad?.(one) ? { ...one, refused: code } : one)) })
    },
    /** "Send again", without the files that were refused. An id that belongs to something else is replaced; else it stays, as the message may be there already. */
    retry(id: string): void {
      const item = all().find((one) => one.id === id)
      if (!item) return
      if (item.failed === 'idTaken') remove(item.id)
      put({
        ...item,
        id: item.failed === 'idTaken' ? (newId() as MessageId) : item.id,
        failed: null,
        files: item.files?.filter(({ up, refused }) => up || !refused),
      })
    },
    clear: () => all().forEach((item) => remove(item.id)),
  }
}
export type Outbox = ReturnType<typeof createOutbox>
