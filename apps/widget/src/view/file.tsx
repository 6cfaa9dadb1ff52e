/** A file of a message: a picture with its place kept, or a row; both are saved by a press. */
import { fileSize } from '@otklik/contract/attachment-rules'
import type { FilePart } from '@otklik/contract/attachments'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from './icons.tsx'
import type { Shown } from './shown.ts'

/** The longer side of a preview. */
const previewPixels = 640

/**
 * Saved from memory: a page's policy may forbid pictures and frames from us, but not this, and the page is never left,
 * whatever the network answers.
 */
const save = (blob: Blob, name: string) => {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

export const FileView = ({ part, engine, texts }: Pick<Shown, 'engine' | 'texts'> & { part: FilePart }) => {
  const { id, name, bytes, image } = part
  const canvas = useRef<HTMLCanvasElement>(null)
  const [state, setState] = useState<'busy' | 'failed' | ''>('')
  const isDrawn = image && state !== 'failed'
  useEffect(() => {
    if (!isDrawn) return
    // Drawn, not shown as an image: that also goes where the page's policy allows pictures of its own alone.
    const draw = async () => {
      const bitmap = await createImageBitmap(await engine.bytes(id, 'previewUrl'))
      canvas.current?.getContext('2d')?.drawImage(bitmap, 0, 0)
    }
    draw().catch(() => setState('failed')) // a row takes its place
  }, [!isDrawn])
  const download = async () => {
    setState('busy')
    try {
      save(await engine.bytes(id, 'url'), name)
      setState('')
    } catch {
      setState('failed') // said below the name
    }
  }
  const scale = image ? Math.min(1, previewPixels / Math.max(image.width, image.height)) : 0
  const label = texts.download(name)
  return (
    <button type="button" class={isDrawn ? 'pic' : 'file'} aria-label={label} title={label} aria-busy={state === 'busy'} onClick={download}>
      {isDrawn ? (
        <canvas ref={canvas} width={Math.round(image.width * scale)} height={Math.round(image.height * scale)} />
      ) : (
        <FileLine name={name} more={state === 'failed' ? texts.notLoaded : fileSize(bytes, texts.locale)} />
      )}
    </button>
  )
}

export const FileLine = ({ name, more }: { name: string; more: string }) => (
  <>
    <Icon name="clip" />
    <span class="grow">
      <span class="cut">{name}</span>
      <small>{more}</small>
    </span>
  </>
)
