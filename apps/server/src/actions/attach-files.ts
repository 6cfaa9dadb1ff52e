/** A file is uploaded by one person, kept aside until it is sent, and read by those who may read its message. */
import { attachmentLimits } from '@otklik/contract/attachment-rules'
import type { FileView } from '@otklik/contract/attachments'
import type { FileId } from '@otklik/model/ids'
import { loadContactViews } from '../store/contact-views.ts'
import type { Actor } from '../store/customers.ts'
import { brokenConstraint, type Reader, type Tx } from '../store/database.ts'
import * as files from '../store/files.ts'
import { appendEvent } from '../store/log.ts'
import { authoriseActor, type Visitor } from '../store/scope.ts'
import { visibleHours } from '../store/visitor-views.ts'
import type { Deps } from './deps.ts'
import { done, refuse, type Outcome, type Refusal } from './outcome.ts'

const hourMs = 3_600_000

interface Upload {
  readonly id: FileId
  readonly uploader: files.Uploader
  readonly name: string
  readonly type: string
  /** Of what is handed out. */
  readonly bytes: number
  readonly sha256: Buffer
  readonly image: { readonly width: number; readonly height: number } | null
  /** Of what came. */
  readonly receivedBytes: number
  readonly receivedSha256: Buffer
}

/** Puts bytes where they are served from; done again, it does nothing. */
type KeepBytes = (sha256: Buffer) => Promise<void>

const sameUpload = (known: files.StoredFile, uploader: files.Uploader, receivedSha256: Buffer): Outcome<FileView> => {
  if (!files.isUploader(known, uploader) || !known.receivedSha256.equals(receivedSha256))
    return refuse('idTaken', { detail: 'Choose a new random id for each file.' })
  const { id, name, type, bytes, image } = known
  return done({ id, name, type, bytes, image })
}

/** The answer to an upload that came before under this id; nothing when it is new. */
export const findUpload = async (reader: Reader, id: FileId, uploader: files.Uploader, receivedSha256: Buffer): Promise<Outcome<FileView> | undefined> => {
  const known = await files.loadFile(reader, id)
  return known && sameUpload(known, uploader, receivedSha256)
}

/** Whether a visitor may upload so many bytes more today. */
export const refuseUpload = async (reader: Reader, { customerId }: Visitor, bytes: number, now: Date): Promise<Refusal | undefined> => {
  const before = await files.loadUploadedBytes(reader, customerId, new Date(now.getTime() - 24 * hourMs))
  return before + bytes > attachmentLimits.visitorBytesPerDay
    ? refuse('fileLimitReached', { detail: `A visitor may upload ${attachmentLimits.visitorBytesPerDay} bytes within 24 hours.` })
    : undefined
}

/** Takes an upload in, exactly once for its id. */
export const recordUpload = async (deps: Deps, upload: Upload, keep: KeepBytes): Promise<Outcome<FileView>> => {
  const { id, uploader, name, type, bytes, image, sha256, receivedBytes, receivedSha256 } = upload
  try {
    return await deps.transaction(async (tx) => {
      const known = await findUpload(tx, id, uploader, receivedSha256)
      if (known) return known
      if (uploader.kind === 'visitor') {
        if (!(await files.lockOwner(tx, uploader.customerId))) return refuse('visitorUnknown')
        await files.lockUploads(tx, uploader.customerId)
        const refusal = await refuseUpload(tx, uploader, receivedBytes, deps.now())
        if (refusal) return refusal
      }
      // From here on nobody removes these bytes, though no file may have named them a moment ago.
      await files.lockContent(tx, sha256)
      await keep(sha256)
      const row = { id, uploader, name, type, bytes, width: image?.width ?? null, height: image?.height ?? null, sha256, receivedBytes, receivedSha256 }
      await files.insertFile(tx, row, deps.now())
      return done({ id, name, type, bytes, image })
    })
  } catch (error) {
    if (brokenConstraint(error) !== 'file_pkey') throw error // the same upload, at the same moment
    return deps.transaction(async (tx) => (await findUpload(tx, id, uploader, receivedSha256)) ?? refuse('idTaken'))
  }
}

/** The file, if this agent or supervisor may read it: with its message, or as what the agent has uploaded and not sent. */
export const findAgentsFile = async (reader: Reader, actor: Actor, id: FileId): Promise<files.StoredFile | undefined> => {
  const file = await files.loadFile(reader, id)
  if (file?.contactId === null) return file.agentId === actor.id ? file : undefined
  if (!file) return undefined
  const [contact] = await loadContactViews(reader, authoriseActor(actor), [file.contactId])
  return contact && file
}

/** The file, if this visitor may read it: never one of a note, nor of a chat that was closed for long. */
export const findVisitorsFile = async (reader: Reader, visitor: Visitor, id: FileId, now: Date): Promise<files.StoredFile | undefined> => {
  const file = await files.loadFile(reader, id)
  if (file?.contactId === null) return files.isUploader(file, { kind: 'visitor', ...visitor }) ? file : undefined
  if (!file?.isPublic) return undefined
  return (await files.isVisitorsContact(reader, visitor, file.contactId, new Date(now.getTime() - visibleHours * hourMs))) ? file : undefined
}

/**
 * Takes back a file of our side that went to the wrong person: the bytes go, the message says who did it, and nothing brings it
 * back. The caller has made sure that the actor may read it.
 */
export const removeSentFile = (deps: Deps, { id: by, role }: Actor, id: FileId): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const file = await files.lockSentFile(tx, id)
    if (!file) return refuse('notFound', { detail: 'The file is not one that our side has sent.' })
    if (file.holder !== by && role !== 'supervisor') return refuse('contactNotYours')
    const { messageId, contactId, holder } = file
    const number = await files.markRemoved(tx, { id, messageId, contactId, by })
    await files.deleteFiles(tx, [id])
    await appendEvent(tx, deps.now(), 'message.fileRemoved', contactId, { contactId, messageId, number, agentId: holder, fileId: id, by })
    return done(null)
  })

type RemoveBytes = (sha256: Buffer) => Promise<void>

/** Forgets files that were not sent for a day. @returns how many */
export const forgetUnsentFiles = async (deps: Deps, most: number): Promise<number> => {
  const before = new Date(deps.now().getTime() - attachmentLimits.unsentHours * hourMs)
  return deps.transaction(async (tx) => {
    const ids = await files.claimUnsentFiles(tx, before, most)
    if (ids.length > 0) await files.deleteFiles(tx, ids)
    return ids.length
  })
}

/** Removes bytes that no file names; whoever uploads the same at this moment waits, and puts them there again. */
export const removeContent = (deps: Deps, sha256: Buffer, remove: RemoveBytes): Promise<void> =>
  deps.transaction(async (tx: Tx) => {
    await files.lockContent(tx, sha256)
    const [unnamed] = await files.findUnnamed(tx, [sha256])
    if (unnamed) await remove(sha256)
    await files.forgetUnused(tx, sha256)
  })
