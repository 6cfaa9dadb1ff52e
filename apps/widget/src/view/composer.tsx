import { acceptedFiles, fileSize, filesPerMessage, refusalOf, visitorBytes } from '@otklik/contract/attachment-rules'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { isShut } from './closed.tsx'
import { FileLine } from './file.tsx'
import { Icon, IconButton } from './icons.tsx'
import type { Shown } from './shown.ts'

/** The contract's limit of one message, characters. */
const messageLimit = 4000
/** With fewer left than this the counter is worth its place. */
const counterBelow = 400
const tallestPx = 132
/** How long it is said why a file was not taken. */
const remarksMs = 10_000

/** The field: grows with its text, keeps its draft over a reload, sends by Enter. */
export const Composer = ({ state, config, texts, engine, session }: Shown) => {
  const field = useRef<HTMLTextAreaElement>(null)
  const [draft, setDraft] = useState(() => session.get('draft') ?? '')
  const left = messageLimit - draft.trim().length
  const isShown = state.problem?.kind !== 'blocked' && !isShut({ state, config })
  const { chosen } = state
  const [remarks, setRemarks] = useState<readonly string[]>([])
  useEffect(() => {
    const timer = setTimeout(() => setRemarks([]), remarksMs)
    return () => clearTimeout(timer)
  }, [remarks])
  const picker = useRef<HTMLInputElement>(null)
  const canSend = (draft.trim() !== '' || chosen.length > 0) && left >= 0

  useLayoutEffect(() => {
    const { current } = field
    if (!current) return
    current.style.height = 'auto'
    current.style.height = `${Math.min(tallestPx, current.scrollHeight)}px`
  }, [draft, isShown])

  const change = (text: string) => {
    setDraft(text)
    if (text === '') session.remove('draft')
    else session.set('draft', text)
  }
  const attach = (files: FileList | null | undefined) => {
    const found: string[] = []
    const all = [...chosen]
    for (const file of files ?? []) {
      const refusal = refusalOf(file.name, file.size, visitorBytes)
      if (refusal) found.push(`${file.name}: ${texts.refused[refusal]}`)
      else if (all.length < filesPerMessage) all.push(file)
      else found.push(`${file.name}: ${texts.tooManyFiles}`)
    }
    setRemarks(found)
    if (all.length > chosen.length) engine.choose(all)
  }
  const latest = useRef(attach)
  latest.current = attach
  // What is dropped anywhere on the chat is meant for it; a page that opens dropped files would be left.
  useEffect(() => {
    const panel = field.current?.closest<HTMLElement>('.w')
    if (panel)
      panel.ondragover = panel.ondrop = (event) => {
        event.preventDefault()
        if (event.type === 'drop') latest.current(event.dataTransfer?.files)
      }
  }, [isShown])

  const send = () => {
    if (!canSend) return
    setRemarks([])
    engine.send(draft)
    change('')
    field.current?.focus()
  }

  if (!isShown) return null
  return (
    <>
    {chosen.length + remarks.length > 0 && (
      <div class="files">
        {remarks.map((remark) => (
          <p class="status says" role="alert">
            {remark}
          </p>
        ))}
        {chosen.map((file) => (
          <div class="file">
            <FileLine name={file.name} more={fileSize(file.size, texts.locale)} />
            <IconButton
              name="close"
              label={`${texts.discard}: ${file.name}`}
              onClick={() => {
                engine.choose(chosen.filter((one) => one !== file))
                field.current?.focus()
              }}
            />
          </div>
        ))}
      </div>
    )}
    <form
      class="in-box"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept={acceptedFiles}
        onChange={({ currentTarget }) => {
          attach(currentTarget.files)
          currentTarget.value = '' // the same file may be chosen again
          field.current?.focus()
        }}
      />
      <IconButton name="clip" class="clip" label={texts.attach} onClick={() => picker.current?.click()} />
      <textarea
        class="write"
        ref={field}
        rows={1}
        enterkeyhint="send"
        placeholder={texts.write}
        aria-label={texts.write}
        value={draft}
        onInput={({ currentTarget }) => {
          change(currentTarget.value)
          if (currentTarget.value !== '') engine.typing()
        }}
        onPaste={(event) => {
          if (!event.clipboardData?.files.length) return
          event.preventDefault()
          attach(event.clipboardData.files)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          send()
        }}
      />
      {left < counterBelow && (
        <span class={left < 0 ? 'count bad' : 'count'} role="status">
          {texts.left(left)}
        </span>
      )}
      <button type="submit" class="send" title={texts.send} aria-label={texts.send} aria-disabled={!canSend}>
        <Icon name="send" />
      </button>
    </form>
    </>
  )
}
