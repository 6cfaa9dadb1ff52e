import { expect, it } from 'vitest'
import { acceptedFiles, extensionOf, fileTypes, refusalOf } from './attachment-rules.ts'

it('names the same kinds to the file input and to the server, but for the one that phones turn into JPEG', () => {
  expect([...acceptedFiles.split(','), '.heic'].sort()).toEqual(Object.keys(fileTypes).map((extension) => `.${extension}`).sort())
  for (const extension of Object.keys(fileTypes)) {
    expect(extensionOf(`a.b.${extension.toUpperCase()}`)).toBe(extension)
    expect(refusalOf(`a.${extension}`, 1, 1)).toBeUndefined()
  }
})

it('says what is wrong before anything is sent', () => {
  expect(refusalOf('a.png', 0, 10)).toBe('fileEmpty')
  expect(refusalOf('a.png', 11, 10)).toBe('fileTooLarge')
  for (const name of ['a.exe', 'a.svg', 'a.html', 'a.docm', 'a', '.png.exe', 'png', 'a.png ']) expect([name, refusalOf(name, 1, 10)]).toEqual([name, 'fileTypeRefused'])
})
