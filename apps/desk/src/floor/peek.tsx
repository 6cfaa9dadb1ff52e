/** A running contact to read along with, over the floor: its words as they come, and a hint to whoever has it. */
import { Button, Drawer, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { messageLimit } from '@otklik/contract/fields'
import { routes } from '@otklik/contract/routes'
import type { ContactId, MessageId } from '@otklik/model/ids'
import { useLayoutEffect, useRef, useState } from 'react'
import { useApi } from '../api.ts'
import { EarlierContact } from '../desk/earlier-contact.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { useTexts } from '../texts/texts.ts'
import type { Steering } from './use-steering.ts'

const HintBox = ({ contactId, focused, steering }: { contactId: ContactId; focused: boolean; steering: Steering }) => {
  const { t } = useTexts()
  const [text, setText] = useState('')
  /** Of the words as they stand: sent twice, taken once. */
  const id = useRef(crypto.randomUUID())
  const field = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    if (focused) field.current?.focus()
  }, [focused])
  const send = () => {
    const words = text.trim()
    if (words === '') return field.current?.focus()
    return steering.hint.mutate({ contactId, id: id.current as MessageId, text: words }, {
      onSuccess: () => {
        setText('')
        id.current = crypto.randomUUID()
      },
    })
  }
  useKeys({ done: send, floorHint: () => field.current?.focus() }, { inDialog: true })
  return (
    <div className="hint-box">
      <Textarea
        ref={field}
        {...(focused ? { 'data-autofocus': true } : {})}
        aria-label={t('floor.hintTo')}
        placeholder={t('floor.hintPlaceholder')}
        autosize
        minRows={1}
        maxRows={4}
        maxLength={messageLimit}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button loading={steering.hint.isPending} onClick={send} rightSection={<KeyCap action="done" />}>
        {t('floor.hintSend')}
      </Button>
    </div>
  )
}

export const Peek = ({ contactId, hinting, timeZone, steering, onClose }: { contactId: ContactId; hinting: boolean; timeZone: string; steering: Steering; onClose: () => void }) => {
  const { t } = useTexts()
  const api = useApi()
  const contact = useQuery({ queryKey: ['contact', contactId], queryFn: ({ signal }) => api.call(routes.contact, { params: { id: contactId }, signal }) })
  const isInHand = contact.data?.state === 'active' || contact.data?.state === 'wrapUp'
  useKeys({ back: onClose }, { inDialog: true })
  return (
    <Drawer.Root opened onClose={onClose} position="right" size={600}>
      <Drawer.Overlay />
      <Drawer.Content aria-label={t('floor.open')} className="peek">
        <div className="peek-inner">
          <EarlierContact id={contactId} timeZone={timeZone} backText={t('floor.back')} onBack={onClose} inDialog />
          {isInHand && <HintBox key={contactId} contactId={contactId} focused={hinting} steering={steering} />}
        </div>
      </Drawer.Content>
    </Drawer.Root>
  )
}
