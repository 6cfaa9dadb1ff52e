/** Choosing, pasting and dropping files into what is being written. */
import { acceptedFiles } from '@otklik/contract/attachment-rules'
import type { ContactId } from '@otklik/model/ids'
import { useEffect, useRef, useState, useSyncExternalStore, type ClipboardEvent, type RefObject } from 'react'
import { createPortal } from 'react-dom'
import { IconButton } from '../parts/icon-button.tsx'
import { Icon } from '../parts/icons.tsx'
import { toast } from '../parts/toast.ts'
import { useKeys } from '../parts/use-keys.ts'
import { useTexts } from '../texts/texts.ts'
import type { Upload, Uploads, WritingMode } from './uploads.ts'

export const useAttachments = (uploads: Uploads, contactId: ContactId, mode: WritingMode) => {
  const { t } = useTexts()
  const list: readonly Upload[] = useSyncExternalStore(uploads.subscribe, () => uploads.of(contactId, mode))
  const add = (files: readonly File[]) => {
    if (files.length > 0) uploads.add(contactId, mode, files)
  }
  return {
    list,
    add,
    /** Something goes along; it need not be up yet. What was refused does not. */
    isAny: list.some(({ state }) => state !== 'refused'),
    /** The message goes without what no other try would bring up, and that is said. */
    leaveOut() {
      const lost = uploads.dropLost(contactId, mode)
      if (lost.length > 0) toast(t('attachments.leftOut', { names: lost.join(', ') }))
    },
    onPaste(event: ClipboardEvent) {
      const files = [...event.clipboardData.files]
      // A table that was copied comes as text and as a picture of it: the text is meant.
      if (files.length === 0 || event.clipboardData.getData('text/plain') !== '') return
      event.preventDefault()
      add(files)
    },
  }
}

export const AttachButton = ({ onFiles }: { onFiles: (files: readonly File[]) => void }) => {
  const { t } = useTexts()
  const input = useRef<HTMLInputElement>(null)
  const choose = () => input.current?.click()
  useKeys({ attach: choose })
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={acceptedFiles}
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])])
          currentTarget.value = '' // the same file may be chosen again
        }}
      />
      <IconButton icon="clip" label={t('attachments.attach')} action="attach" onClick={choose} />
    </>
  )
}

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** The whole conversation takes what is dropped; beside it nothing happens, instead of leaving the page for the file. */
export const DropArea = ({ within, onFiles }: { within: RefObject<HTMLElement | null>; onFiles: (files: readonly File[]) => void }) => {
  const { t } = useTexts()
  const [area, setArea] = useState<HTMLElement | null>(null)
  const [isOver, setOver] = useState(false)
  const latest = useRef(onFiles)
  useEffect(() => {
    latest.current = onFiles
  })
  useEffect(() => {
    const talk = within.current?.parentElement ?? null
    setArea(talk)
    const isInside = (event: DragEvent) => talk !== null && event.composedPath().includes(talk)
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = isInside(event) ? 'copy' : 'none'
      setOver(isInside(event))
    }
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(false)
      if (isInside(event)) latest.current([...(event.dataTransfer?.files ?? [])])
    }
    addEventListener('dragover', over)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [within])
  if (!area || !isOver) return null
  return createPortal(
    <div className="drop-here">
      <Icon name="clip" size={24} />
      {t('attachments.drop')}
    </div>,
    area,
  )
}
