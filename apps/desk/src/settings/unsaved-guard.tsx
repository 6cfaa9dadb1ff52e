/** Before somebody signs out with settings that are typed and not saved: the one way in which they would be lost. */
import { Button, Modal } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { useTexts } from '../texts/texts.ts'
import { useUnsavedCount } from './drafts.tsx'

/**
 * @param onStay gives the focus back, for the menu's entry that asked is gone
 * @returns `guard` goes on at once, or after the question; `question` is to be rendered where it is asked
 */
export const useUnsavedGuard = (onStay: () => void): { readonly guard: (go: () => void) => void; readonly question: ReactNode } => {
  const { t } = useTexts()
  const count = useUnsavedCount()
  const [goOn, setGoOn] = useState<(() => void) | null>(null)
  const stay = () => {
    flushSync(() => setGoOn(null))
    onStay()
  }
  return {
    guard: (go) => (count === 0 ? go() : setGoOn(() => go)),
    question: (
      <Modal
        opened={goOn !== null}
        onClose={stay}
        // It would go to the menu's entry, which is gone.
        returnFocus={false}
        title={t('signOut.unsavedTitle')}
        size={420}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <p className="t2">{t('signOut.unsaved', { count })}</p>
        <div className="dialog-acts">
          <Button data-autofocus variant="filled" size="md" onClick={stay}>
            {t('signOut.stay')}
          </Button>
          <Button
            size="md"
            onClick={() => {
              setGoOn(null)
              goOn?.()
            }}
          >
            {t('signOut.discard')}
          </Button>
        </div>
      </Modal>
    ),
  }
}
