/**
 * Files that the agent adds to what is being written: each goes up at once, one after the other, again after a break, and
 * stays with its reply or note until that is sent. What is up is remembered over a reload; what is not is lost with the
 * page that held it, and says so.
 */
import { ApiRefusal } from '@otklik/client/http'
import { attachmentLimits, refusalOf } from '@otklik/contract/attachment-rules'
import type { FileView } from '@otklik/contract/attachments'
import type { ContactId, FileId } from '@otklik/model/ids'
import type { Failure } from '../api.ts'
import type { Drafts } from '../desk/drafts.ts'
import type { UploadFile } from './upload-file.ts'

export type WritingMode = 'reply' | 'note'
/** Why a file does not go along; `tooMany`: the message is full. */
export type FileRefusal = Failure | 'tooMany'

/**
 * `sending` with `ratio` 1: the server looks into it. `waiting`: for its turn; with a refusal, which has passed when it
 * is tried again: for the server.
 */
export interface Upload {
  readonly id: FileId
  readonly name: string
  readonly bytes: number
  readonly state: 'waiting' | 'sending' | 'up' | 'refused'
  readonly ratio: number
  readonly refusal: FileRefusal | null
  readonly view: FileView | null
}

interface UploadsDeps {
  readonly drafts: Drafts
  readonly upload: UploadFile
  readonly newId: () => string
  readonly later: (ms: number, work: () => void) => () => void
  /** Why a call failed; a session that ended ends everything. */
  readonly failed: (error: unknown) => Failure
}

const retryMs = 3000
const none: readonly Upload[] = []
/** Another try with the same bytes would end the same way. */
const isFinal = (failure: FileRefusal): boolean =>
  failure === 'tooMany' || failure === 'fileMismatch' || failure === 'fileBroken' || failure === 'fileTypeRefused' || failure === 'fileTooLarge' || failure === 'fileEmpty'
/** What outlives the page: also why a file is refused for good, which attaching it again would not mend. */
type Kept = Pick<Upload, 'id' | 'name' | 'bytes' | 'view' | 'refusal'>
const draftOf = (mode: WritingMode) => `${mode}Files` as const

export const createUploads = ({ drafts, upload, newId, later, failed }: UploadsDeps) => {
  /** What belongs to a reply or note that is being written. */
  const lists = new Map<string, readonly Upload[]>()
  /** Sent, and not all up yet. */
  const sent = new Map<FileId, Upload>()
  const bytes = new Map<FileId, File>()
  /** Pictures of what is being written, to be shown there also when they are up. */
  const pictures = new Map<FileId, File>()
  const aborts = new Map<FileId, AbortController>()
  const waiters = new Map<FileId, (() => void)[]>()
  const listeners = new Set<() => void>()
  let isRunning = false

  const keyOf = (contactId: ContactId, mode: WritingMode) => `${contactId}.${mode}`
  const tell = () => {
    for (const listener of listeners) listener()
  }

  const put = (contactId: ContactId, mode: WritingMode, list: readonly Upload[]) => {
    lists.set(keyOf(contactId, mode), list)
    const kept = list.map(({ id, name, bytes: size, view, refusal }): Kept => ({ id, name, bytes: size, view, refusal: refusal && isFinal(refusal) ? refusal : null }))
    drafts.write(contactId, draftOf(mode), kept.length === 0 ? '' : JSON.stringify(kept))
    tell()
  }
  const read = (contactId: ContactId, mode: WritingMode): readonly Upload[] => {
    const key = keyOf(contactId, mode)
    const known = lists.get(key)
    if (known) return known
    const text = drafts.read(contactId, draftOf(mode))
    const kept = text === '' ? none : (JSON.parse(text) as Kept[]).map((one): Upload => ({
      ...one,
      state: one.view ? 'up' : 'refused',
      ratio: 1,
      refusal: one.view ? null : (one.refusal ?? 'fileGone'),
    }))
    lists.set(key, kept)
    return kept
  }

  const find = (id: FileId): Upload | undefined => sent.get(id) ?? [...lists.values()].flat().find((one) => one.id === id)
  const change = (id: FileId, to: Partial<Upload>) => {
    const before = sent.get(id)
    if (before) sent.set(id, { ...before, ...to })
    for (const [key, list] of lists) {
      if (!list.some((one) => one.id === id)) continue
      const [contactId = '', mode = ''] = key.split('.')
      return put(contactId as ContactId, mode as WritingMode, list.map((one) => (one.id === id ? { ...one, ...to } : one)))
    }
    tell()
  }
  const settle = (id: FileId) => {
    for (const wake of waiters.get(id) ?? []) wake()
    waiters.delete(id)
  }

  /** Refused, and another try makes no sense: this tab no longer has its bytes, or they are what is wrong. */
  const isLost = ({ id, state }: Upload) => state === 'refused' && !bytes.has(id)

  const run = async (): Promise<void> => {
    if (isRunning) return
    // What was sent goes first: a message waits for it.
    const next = [...sent.values(), ...[...lists.values()].flat()].find(({ id, state }) => state === 'waiting' && bytes.has(id))
    const file = next && bytes.get(next.id)
    if (!file) return
    isRunning = true
    const { id } = next
    const abort = new AbortController()
    aborts.set(id, abort)
    change(id, { state: 'sending', ratio: 0, refusal: null })
    let pauseMs = 0
    try {
      const view = await upload(id, file, (ratio) => change(id, { ratio }), abort.signal)
      bytes.delete(id)
      change(id, { state: 'up', ratio: 1, view })
      settle(id)
    } catch (error) {
      if (!abort.signal.aborted) pauseMs = judge(id, error)
    } finally {
      aborts.delete(id)
      isRunning = false
    }
    if (pauseMs > 0) later(pauseMs, () => void run())
    else void run()
  }
  /** @returns how long to wait before the next try, milliseconds; 0 when this one is not tried again */
  const judge = (id: FileId, error: unknown): number => {
    const failure = failed(error)
    const isPassing = failure === 'unreachable' || failure === 'unavailable' || failure === 'rateLimited' || failure === 'notSignedIn'
    change(id, isPassing ? { state: 'waiting', ratio: 0, refusal: failure } : { state: 'refused', refusal: failure })
    if (isFinal(failure)) bytes.delete(id)
    if (!isPassing) settle(id)
    const seconds = error instanceof ApiRefusal ? error.problem.retryAfterSeconds : undefined
    return isPassing ? (seconds === undefined ? retryMs : seconds * 1000) : 0
  }

  return {
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    of: read,
    find,
    /** Takes as many good ones as a message has room for; what does not go along stands there with the reason. */
    add(contactId: ContactId, mode: WritingMode, files: readonly File[]) {
      const before = read(contactId, mode)
      let room = attachmentLimits.perMessage - before.filter((one) => !isLost(one)).length
      const added = files.map((file): Upload => {
        // Judged before it is counted: what cannot go takes no place from what can.
        const refusal = refusalOf(file.name, file.size, attachmentLimits.agentBytes) ?? (room > 0 ? null : 'tooMany')
        if (!refusal) room -= 1
        const id = newId() as FileId
        if (!refusal) bytes.set(id, file)
        if (!refusal && file.type.startsWith('image/')) pictures.set(id, file)
        return { id, name: file.name, bytes: file.size, state: refusal ? 'refused' : 'waiting', ratio: 0, refusal, view: null }
      })
      put(contactId, mode, [...before, ...added])
      void run()
    },
    /** A picture that this tab was given and that is not sent yet. */
    pictureOf: (id: FileId): File | undefined => pictures.get(id),
    remove(contactId: ContactId, mode: WritingMode, id: FileId) {
      bytes.delete(id)
      pictures.delete(id)
      put(contactId, mode, read(contactId, mode).filter((one) => one.id !== id))
      aborts.get(id)?.abort()
    },
    isLost,
    retry(id: FileId) {
      change(id, { state: 'waiting', refusal: null, ratio: 0 })
      void run()
    },
    /** @returns the names of what cannot go along whatever is done, and is taken out for that */
    dropLost(contactId: ContactId, mode: WritingMode): readonly string[] {
      const list = read(contactId, mode)
      const lost = list.filter(isLost)
      if (lost.length > 0) put(contactId, mode, list.filter((one) => !isLost(one)))
      return lost.map(({ name }) => name)
    },
    /** The files of a message that is being sent now; nothing is being written with them any more. What was refused stays. */
    take(contactId: ContactId, mode: WritingMode): readonly FileView[] {
      const all = read(contactId, mode)
      const list = all.filter(({ state }) => state !== 'refused')
      for (const one of list) {
        sent.set(one.id, one)
        pictures.delete(one.id)
      }
      if (list.length > 0) put(contactId, mode, all.filter(({ state }) => state === 'refused'))
      return list.map(({ id, name, bytes: size, view }) => view ?? { id, name, type: '', bytes: size, image: null })
    },
    /** Until these files are up. @throws ApiRefusal for one that is refused */
    async whenUp(files: readonly FileView[]): Promise<readonly FileId[]> {
      for (const { id } of files) {
        for (let one = find(id); one?.state === 'waiting' || one?.state === 'sending'; one = find(id))
          await new Promise<void>((wake) => waiters.set(id, [...(waiters.get(id) ?? []), wake]))
        const refused = find(id)
        if (refused?.state !== 'refused') continue
        const code = refused.refusal === 'unreachable' || refused.refusal === 'tooMany' || refused.refusal === null ? 'fileGone' : refused.refusal
        throw new ApiRefusal({ type: 'about:blank', title: refused.name, status: 409, code })
      }
      return files.map(({ id }) => id)
    },
    /** A message goes another time: what was refused of it is tried once more. */
    retryAll(files: readonly FileView[]) {
      for (const { id } of files) if (find(id)?.state === 'refused' && bytes.has(id)) change(id, { state: 'waiting', refusal: null, ratio: 0 })
      void run()
    },
    /** The message is there, or given up. */
    forget(files: readonly FileView[]) {
      for (const { id } of files) {
        sent.delete(id)
        bytes.delete(id)
        aborts.get(id)?.abort()
      }
    },
    /** The contact has left the agent's hands. */
    leave(contactId: ContactId) {
      for (const mode of ['reply', 'note'] as const) {
        for (const { id } of read(contactId, mode)) {
          bytes.delete(id)
          pictures.delete(id)
          aborts.get(id)?.abort()
        }
        lists.delete(keyOf(contactId, mode))
      }
      tell()
    },
    /** The connection is back. */
    resume: () => void run(),
  }
}
export type Uploads = ReturnType<typeof createUploads>
