/** A file of a message: a picture whose place is kept while it loads, or a row; both can be saved. */
import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { attachmentLimits, fileSize } from '@otklik/contract/attachment-rules'
import type { FileView } from '@otklik/contract/attachments'
import { routes } from '@otklik/contract/routes'
import type { FileId } from '@otklik/model/ids'
import { useRef, useState } from 'react'
import { failureOf, useApi } from '../api.ts'
import { Icon } from '../parts/icons.tsx'
import { toastFailure } from '../parts/toast.ts'
import { useTexts } from '../texts/texts.ts'
import type { Upload } from './uploads.ts'

/** An address is asked for anew before it has expired. */
const freshMs = (attachmentLimits.linkMinutes - 1) * 60_000
/** Within this a picture stands in the log; the log's own width may make it smaller. */
const most = { width: 320, height: 280 }

const useFileLink = (id: FileId) => {
  const api = useApi()
  return useQuery({
    queryKey: ['fileLink', id],
    queryFn: ({ signal }) => api.call(routes.fileLink, { params: { id }, signal }),
    staleTime: freshMs,
    gcTime: freshMs,
    refetchOnWindowFocus: false,
    retry: 1,
  })
}

/** Saves a file by a fresh address: the browser streams it to disk, and shows how far it is. */
const useDownload = () => {
  const api = useApi()
  const { t } = useTexts()
  return async ({ id, name }: FileView) => {
    try {
      const { url } = await api.call(routes.fileLink, { params: { id } })
      const link = document.createElement('a')
      link.href = url
      link.download = name
      link.click()
    } catch (error) {
      toastFailure(t(`errors.${failureOf(error)}`))
    }
  }
}

export const MessageFile = ({ file }: { file: FileView }) => (file.image ? <Picture file={file} image={file.image} /> : <FileRow file={file} />)

const FileRow = ({ file }: { file: FileView }) => {
  const { t, language } = useTexts()
  const download = useDownload()
  return (
    <button type="button" className="file-row" onClick={() => void download(file)}>
      <span className="hidden-text">{t('attachments.download')}: </span>
      <FileLine name={file.name} more={fileSize(file.bytes, language)} />
      <Icon name="download" />
    </button>
  )
}

const FileLine = ({ name, more }: { name: string; more: string }) => (
  <>
    <Icon name="file" size={20} />
    <span className="grow">
      <span className="cut" title={name}>{name}</span>
      <small>{more}</small>
    </span>
  </>
)

const Picture = ({ file, image }: { file: FileView; image: NonNullable<FileView['image']> }) => {
  const { t } = useTexts()
  const link = useFileLink(file.id)
  const download = useDownload()
  const [isBroken, setBroken] = useState(false)
  const isRenewed = useRef(false)
  // An address grows old while the page stands open; only what fails with a fresh one cannot be shown.
  const renew = async (orElse: () => void) => {
    if (isRenewed.current) return orElse()
    isRenewed.current = true
    const { isError } = await link.refetch()
    if (isError) orElse()
  }
  const isShown = () => {
    isRenewed.current = false
  }
  const [isOpen, setOpen] = useState(false)
  if (link.isError || isBroken) return <FileRow file={file} />
  const scale = Math.min(1, most.width / image.width, most.height / image.height)
  const [width, height] = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))]
  const { previewUrl, url } = link.data ?? {}
  return (
    <>
      <button type="button" className="file-picture" aria-label={t('attachments.open', { name: file.name })} title={file.name} onClick={() => setOpen(true)}>
        {previewUrl ? (
          <img src={previewUrl} alt="" width={width} height={height} onLoad={isShown} onError={() => void renew(() => setBroken(true))} />
        ) : (
          <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" />
        )}
      </button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={<span className="cut">{file.name}</span>}
        size="auto"
        centered
        classNames={{ content: 'picture-dialog' }}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {url && <img className="picture-large" src={url} alt={file.name} width={image.width} height={image.height} onLoad={isShown} onError={() => void renew(() => setOpen(false))} />}
        <Button data-autofocus variant="filled" leftSection={<Icon name="download" />} onClick={() => void download(file)}>
          {t('attachments.download')}
        </Button>
      </Modal>
    </>
  )
}

/** A file of a message on its way: a row with how far it is; a picture that is up already is shown as such. */
export const OutgoingFile = ({ file, upload }: { file: FileView; upload: Upload | undefined }) => {
  const { t, language } = useTexts()
  const isUnderWay = upload?.state === 'waiting' || upload?.state === 'sending'
  if (file.image && !isUnderWay) return <MessageFile file={file} />
  const told = upload?.state === 'sending' ? ` · ${upload.ratio < 1 ? t('attachments.uploading', { percent: Math.floor(upload.ratio * 100) }) : t('attachments.checking')}` : ''
  return (
    <span className="file-row">
      <FileLine name={file.name} more={fileSize(file.bytes, language) + told} />
      {isUnderWay && <progress max={1} value={upload.ratio} aria-label={t('attachments.uploading', { percent: Math.floor(upload.ratio * 100) })} />}
    </span>
  )
}
