import { notifications, notificationsStore } from '@mantine/notifications'
import { afterEach, expect, it } from 'vitest'
import { endToast, toast, toastFailure } from './toast.ts'

const shown = () => notificationsStore.getState().notifications.map(({ message }) => message)
afterEach(() => notifications.clean())

it('ends with what it speaks of, and leaves what speaks of something else', () => {
  toast('Отложен: сегодня, 20:35', 'contact-1')
  endToast('contact-2')
  expect(shown()).toEqual(['Отложен: сегодня, 20:35'])
  endToast('contact-1')
  expect(shown()).toEqual([])
  toastFailure('Сервер не отвечает')
  toast('Сохранено')
  endToast('contact-1')
  expect(shown()).toEqual(['Сервер не отвечает', 'Сохранено'])
})
