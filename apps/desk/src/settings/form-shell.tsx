/** What every form of the settings has around its fields: news at its head, its buttons, and the way to what is wrong. */
import { Button } from '@mantine/core'
import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { keyShortcut } from '../keys.ts'
import { isMac, KeyCap } from '../parts/key-cap.tsx'
import { Banner } from '../parts/states.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { useTexts } from '../texts/texts.ts'
import { ConflictBanner } from './conflict-banner.tsx'
import type { FormSave } from './use-form-save.ts'

const wrongField = '[aria-invalid="true"], [data-invalid="true"] :is(input, button, textarea):not(:disabled)'

/** Puts the reader where something is to be mended: the first wrong field, else the news at the head. */
const goToWrong = (form: HTMLFormElement) => {
  const field = form.querySelector<HTMLElement>(wrongField)
  const target = field ?? form.querySelector<HTMLElement>(':scope > .banner')
  target?.focus({ preventScroll: true })
  target?.scrollIntoView({ block: field ? 'center' : 'nearest' })
}

export const FormShell = ({ save, dirty, disabled, isNew = false, view, overtaken, loaded, onKeepMine, onTakeTheirs, onDiscard, children }: {
  save: FormSave
  dirty: boolean
  disabled: boolean
  isNew?: boolean
  /** Which part of a form with several parts is shown. */
  view?: string
  /** Somebody else saved these fields meanwhile. */
  overtaken: boolean
  /** Their version is here. */
  loaded: boolean
  onKeepMine: () => void
  onTakeTheirs: () => void
  onDiscard: () => void
  children: ReactNode
}) => {
  const { t } = useTexts()
  const form = useRef<HTMLFormElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const hadFocus = useRef(false)
  useKeys({ save: disabled || !dirty ? undefined : () => void save.submit() })
  useLayoutEffect(() => {
    // Whoever creates something goes on by writing its name.
    if (isNew) form.current?.querySelector('input')?.focus()
  }, [isNew])
  const { remarks, failure, isSaving } = save
  useLayoutEffect(() => {
    // While it turns, the button can have no focus; who pressed it finds it there again.
    if (isSaving || !hadFocus.current) return
    hadFocus.current = false
    if (document.activeElement === document.body) button.current?.focus()
  }, [isSaving])
  useLayoutEffect(() => {
    if (form.current && (failure !== null || Object.keys(remarks).length > 0)) goToWrong(form.current)
  }, [remarks, failure, view])
  return (
    <form
      ref={form}
      className="settings-fields"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!dirty) return
        hadFocus.current = document.activeElement === button.current
        save.submit()
      }}
    >
      {overtaken || failure === 'versionConflict' ? (
        <ConflictBanner
          loaded={loaded}
          onKeepMine={() => {
            save.reset()
            onKeepMine()
          }}
          onTakeTheirs={() => {
            save.reset()
            onTakeTheirs()
          }}
        />
      ) : (
        failure !== null && <Banner tone="bad" icon="alert" text={t(`errors.${failure}`)} />
      )}
      {children}
      {!disabled && (
        <div className="form-acts">
          {/* Not `disabled`: a button that has just saved would lose the focus, and who works by keys their place. */}
          <Button
            ref={button}
            type="submit"
            variant="filled"
            aria-disabled={!dirty}
            {...(dirty ? {} : { 'data-disabled': true })}
            loading={save.isSaving}
            aria-keyshortcuts={keyShortcut('save', isMac)}
            rightSection={<KeyCap action="save" />}
          >
            {t(isNew ? 'common.create' : 'common.save')}
          </Button>
          {dirty && (
            <Button
              variant="subtle"
              onClick={() => {
                save.reset()
                onDiscard()
                button.current?.focus()
              }}
            >
              {t('settings.discard')}
            </Button>
          )}
        </div>
      )}
    </form>
  )
}
