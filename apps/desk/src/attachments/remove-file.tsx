/** Taking back a file that was sent: it cannot be undone, so it asks. */
import { Button, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { FileView } from '@otklik/contract/attachments'
import { routes } from '@otklik/contract/routes'
import { createContext, useContext, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { failureOf, useApi } from '../api.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { toastFailure } from '../parts/toast.ts'
import { useOneShot } from '../parts/use-one-shot.ts'
import { useTexts } from '../texts/texts.ts'

/** Whether the reader may take back what our side has sent here: has it in hand, or supervises it. */
export const MayRemoveFiles = createContext(false)

export const RemoveFile = ({ file }: { file: FileView }) => {
  const { t } = useTexts()
  const api = useApi()
  const queries = useQueryClient()
  const isAllowed = useContext(MayRemoveFiles)
  const [isAsked, setAsked] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  /** Where the file stands: it stays when the file and its button are gone, which may be before the answer is here. */
  const log = useRef<HTMLElement | null>(null)
  const ask = () => {
    log.current = button.current?.closest<HTMLElement>('[role="log"]') ?? null
    setAsked(true)
  }
  const close = (next: HTMLElement | null) => {
    flushSync(() => setAsked(false))
    next?.focus({ preventScroll: true })
  }
  const remove = useOneShot({
    mutationFn: (id: FileView['id']) => api.call(routes.removeFile, { params: { id } }),
    onSuccess: async () => {
      close(log.current)
      // A conversation that nobody holds is not told by the socket.
      await queries.invalidateQueries({ queryKey: ['messages'] })
    },
    onError: (error) => toastFailure(t(`errors.${failureOf(error)}`)),
  })
  if (!isAllowed) return null
  return (
    <>
      <IconButton icon="close" label={t('attachments.takeBack', { name: file.name })} onClick={ask} ref={button} />
      <Modal opened={isAsked} onClose={() => close(button.current)} returnFocus={false} title={t('attachments.takeBackTitle')} size={420} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <div className="stack">
          <p>{t('attachments.takeBackText', { name: file.name })}</p>
          <div className="dialog-acts">
            <Button variant="subtle" data-autofocus onClick={() => close(button.current)}>
              {t('common.cancel')}
            </Button>
            <Button variant="filled" color="red" loading={remove.isPending} onClick={() => remove.once(file.id)}>
              {t('attachments.takeBackDo')}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  )
}
