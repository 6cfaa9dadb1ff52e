/** What may be done about one running contact: read along, whisper, take over, hand on. */
import type { ContactId } from '@otklik/model/ids'
import { useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { KeyAction } from '../keys.ts'
import { Icon, type IconName } from '../parts/icons.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { useTexts } from '../texts/texts.ts'
import { MoveDialog } from './move-dialog.tsx'
import type { Steering } from './use-steering.ts'

export const Act = ({ icon, text, action, disabled = false, onClick }: { icon: IconName; text: ReactNode; action?: KeyAction; disabled?: boolean; onClick: () => void }) => (
  <button type="button" disabled={disabled} onClick={onClick}>
    <Icon name={icon} />
    <span className="grow cut">{text}</span>
    {action && <KeyCap action={action} />}
  </button>
)

export const ContactActs = ({ contactId, isInHand, steering, onOpen, onHint }: {
  contactId: ContactId
  /** Somebody has it in hand who could be given a hint. */
  isInHand: boolean
  steering: Steering
  onOpen?: (() => void) | undefined
  onHint: () => void
}) => {
  const { t } = useTexts()
  const navigate = useNavigate()
  const [moving, setMoving] = useState(false)
  const take = () => steering.takeOver.mutate(contactId, { onSuccess: () => void navigate(`/contacts/${contactId}`) })
  useKeys({
    ...(onOpen ? { floorOpen: onOpen } : {}),
    floorHint: isInHand ? onHint : undefined,
    floorTake: take,
    floorMove: () => setMoving(true),
  })
  return (
    <>
      <div className="acts">
        {onOpen && <Act icon="eye" text={t('floor.open')} action="floorOpen" onClick={onOpen} />}
        <Act icon="spark" text={t('floor.hint')} action="floorHint" disabled={!isInHand} onClick={onHint} />
        <Act icon="person" text={t('floor.take')} action="floorTake" disabled={steering.takeOver.isPending} onClick={take} />
        <Act icon="transfer" text={t('floor.move')} action="floorMove" onClick={() => setMoving(true)} />
      </div>
      <MoveDialog
        count={1}
        opened={moving}
        onClose={() => setMoving(false)}
        onMove={(to, name) => {
          setMoving(false)
          steering.move.mutate({ contactIds: [contactId], to, name })
        }}
      />
    </>
  )
}
