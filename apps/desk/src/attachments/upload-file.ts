/** One upload, by XMLHttpRequest, which tells how far it is. */
import { ApiRefusal, ApiUnreachable } from '@otklik/client/http'
import { fileNameHeader } from '@otklik/contract/attachment-rules'
import { attachmentRoutes, type FileView } from '@otklik/contract/attachments'
import { Problem } from '@otklik/contract/errors'
import { apiPrefix } from '@otklik/contract/routes'
import type { FileId } from '@otklik/model/ids'

/** @throws ApiRefusal, ApiUnreachable */
export type UploadFile = (id: FileId, file: File, onProgress: (ratio: number) => void, signal: AbortSignal) => Promise<FileView>

export const uploadFile: UploadFile = (id, file, onProgress, signal) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(attachmentRoutes.uploadFile.method, apiPrefix + attachmentRoutes.uploadFile.path.replace(':id', id))
    request.responseType = 'json'
    request.setRequestHeader('X-Otklik', '1')
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader(fileNameHeader, encodeURIComponent(file.name))
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total)
    request.onloadend = () => {
      if (request.status === 200) return resolve(request.response as FileView)
      const problem = Problem.safeParse(request.response)
      reject(problem.success ? new ApiRefusal(problem.data) : new ApiUnreachable(`The upload was not answered (${request.status})`))
    }
    signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
