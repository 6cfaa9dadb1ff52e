/** Short news in the corner. Failures stay until read; the rest goes by itself. The same news again stands once. */
import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { translateNow } from '../texts/texts.ts'

const shortMs = 4000
const longMs = 9000
let times = 0
/** Short news stands alone: the next one takes its place, so that two never reach down to what is pressed. */
let lastShort: string | undefined
let lastAbout: string | undefined

const say = (message: ReactNode, autoCloseMs: number, className: string) => {
  times += 1
  const said = {
    ...(typeof message === 'string' ? { id: message } : {}),
    message,
    className,
    // Another duration starts its time anew; a millisecond more or less is not seen.
    autoClose: autoCloseMs + (times % 2),
    withCloseButton: true,
    closeButtonProps: { 'aria-label': translateNow('common.close') },
  }
  // What stands is renewed, what does not is shown: each of the two leaves the other's case alone.
  if ('id' in said && said.id !== undefined) notifications.update({ ...said, id: said.id })
  notifications.show(said)
}

/** @param about the contact that it speaks of, for `endToast` */
export const toast = (message: ReactNode, about?: string) => {
  if (lastShort !== undefined && lastShort !== message) notifications.hide(lastShort)
  lastShort = typeof message === 'string' ? message : undefined
  lastAbout = about
  say(message, shortMs, '')
}
/** What was said of it last is not so any more: it goes before its time. */
export const endToast = (about: string) => {
  if (about !== lastAbout || lastShort === undefined) return
  notifications.hide(lastShort)
  lastAbout = undefined
}
export const toastFailure = (message: ReactNode) => say(message, longMs, 'toast-failure')
