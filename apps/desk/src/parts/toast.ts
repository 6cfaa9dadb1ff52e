/** Short news in the corner. Failures stay until read; the rest goes by itself. */
import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'

const shortMs = 4000
const longMs = 9000

export const toast = (message: ReactNode) =>
  void notifications.show({ message, autoClose: shortMs, withCloseButton: true })
export const toastFailure = (message: ReactNode) =>
  void notifications.show({ message, autoClose: longMs, className: 'toast-failure' })
