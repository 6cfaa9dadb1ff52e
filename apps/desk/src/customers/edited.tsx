/** What somebody is writing on a card, and what becomes of it when a colleague was faster. */
import { Button } from '@mantine/core'
import type { CustomerId } from '@otklik/model/ids'
import { useState } from 'react'
import { Icon } from '../parts/icons.tsx'
import { toastFailure } from '../parts/toast.ts'
import { useTexts } from '../texts/texts.ts'
import { useWriteCard, type Change } from './use-card.ts'

export interface Saving<Item> {
  readonly isSaving: boolean
  /** A colleague has changed the same thing: what stands there now. */
  readonly conflict: { readonly theirs: Item | undefined } | null
  readonly save: (change: Change<Item>) => Promise<boolean>
  readonly settle: () => void
}

/** Saves a change of a card; what was typed stays until it is saved, whatever happens. */
export const useSaving = <Item,>(id: CustomerId): Saving<Item> => {
  const { t } = useTexts()
  const write = useWriteCard(id)
  const [isSaving, setSaving] = useState(false)
  const [conflict, setConflict] = useState<Saving<Item>['conflict']>(null)
  return {
    isSaving,
    conflict,
    save: async (change) => {
      setSaving(true)
      const written = await write(change)
      setSaving(false)
      if (!written.ok && 'theirs' in written) setConflict({ theirs: written.theirs })
      else setConflict(null)
      if (!written.ok && 'failure' in written) toastFailure(t(`errors.${written.failure}`))
      return written.ok
    },
    settle: () => setConflict(null),
  }
}

/** Says what a colleague has written, and leaves the choice. */
export const Overtaken = ({ theirs, onKeepMine, onTakeTheirs }: { theirs: string | undefined; onKeepMine: () => void; onTakeTheirs: () => void }) => {
  const { t } = useTexts()
  return (
    <div className="overtaken" role="alert">
      <p>
        <Icon name="alert" size={14} />
        <span className="grow">
          {theirs === undefined ? t('card.conflictGone') : `${t('card.conflict')}. ${t('card.conflictTheirs', { text: theirs })}`}
        </span>
      </p>
      <div className="row">
        <Button variant="filled" onClick={onKeepMine}>{t('card.keepMine')}</Button>
        <Button onClick={onTakeTheirs}>{t('card.takeTheirs')}</Button>
      </div>
    </div>
  )
}
