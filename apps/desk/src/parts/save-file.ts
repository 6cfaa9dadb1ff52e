/** Hands a document to the browser to keep. */
export const saveFile = (name: string, content: BlobPart | readonly BlobPart[], type: string): void => {
  const url = URL.createObjectURL(new Blob(Array.isArray(content) ? content : [content as BlobPart], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
