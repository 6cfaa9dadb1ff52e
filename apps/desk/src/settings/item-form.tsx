/** The form of one item, beside the table. What is typed stays while one looks at another item. */
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ComponentType } from 'react'
import { failureOf, problemOf, useApi } from '../api.ts'
import { fieldErrors } from '../field-errors.ts'
import { keyShortcut } from '../keys.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { isMac, KeyCap } from '../parts/key-cap.tsx'
import { Banner } from '../parts/states.tsx'
import { toast } from '../parts/toast.ts'
import { useKeys } from '../parts/use-keys.ts'
import { useTexts } from '../texts/texts.ts'
import { ArchiveControl } from './archive-control.tsx'
import { ConflictBanner } from './conflict-banner.tsx'
import { callsOf, useTakeItem, type Draft, type Kind, type Views } from './kept.ts'
import type { FieldsProps, KindOfSettings } from './kind.ts'
import { rebase } from './rebase.ts'

interface ItemFormProps<K extends Kind> {
  readonly of: KindOfSettings<K>
  /** Null for a new one. */
  readonly item: Views[K] | null
  readonly id: string
  readonly draft: Draft<K>
  /** What the draft began from; null for a new one, or without a draft. */
  readonly base: Views[K] | null
  readonly dirty: boolean
  readonly readOnly: boolean
  /** With `base`: the draft goes on from that version. */
  readonly onDraft: (draft: Draft<K> | null, base?: Views[K]) => void
  readonly onSaved: (item: Views[K]) => void
  readonly onReload: () => void
  readonly onClose: () => void
}

export const ItemForm = <K extends Kind>({
  of,
  item,
  id,
  draft,
  base,
  dirty,
  readOnly,
  onDraft,
  onSaved,
  onReload,
  onClose,
}: ItemFormProps<K>) => {
  const { t } = useTexts()
  const api = useApi()
  const takeItem = useTakeItem(of.kind)
  // A remark goes when its field is written again; the others stay.
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set())
  const save = useMutation({
    onMutate: () => setEdited(new Set()),
    mutationFn: () => callsOf(of.kind, api).put(id, draft, base?.version ?? 0),
    onError: (error) => {
      if (failureOf(error) === 'versionConflict') onReload()
    },
    onSuccess: (saved) => {
      takeItem(saved)
      onDraft(null)
      toast(t('settings.saved'))
      onSaved(saved)
    },
  })
  const archived = item !== null && item.archivedAt !== null
  const disabled = readOnly || archived
  const remarks = fieldErrors(problemOf(save.error), t)
  const errors = Object.fromEntries(Object.entries(remarks).filter(([path]) => !edited.has(path.split('.')[0] ?? path)))
  const failure = save.error === null ? null : failureOf(save.error)
  // Somebody else was faster: the newer version is in the list already.
  const overtaken = dirty && !disabled && item !== null && base !== null && item.version > base.version
  useKeys({ save: () => (disabled || !dirty ? false : save.mutate()) })
  const Fields: ComponentType<FieldsProps<K>> = of.Fields
  const { Extra } = of

  return (
    <section className="settings-form" aria-label={t('settings.form')}>
      <header>
        <h2 className="cut" title={item?.name ?? t('settings.create')}>
          {item?.name ?? t('settings.create')}
        </h2>
        {archived && <span className="tag">{t('settings.archived')}</span>}
        <span className="grow" />
        <IconButton icon="close" label={t('common.close')} onClick={onClose} />
      </header>
      <form
        className="settings-fields"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate()
        }}
      >
        {overtaken || failure === 'versionConflict' ? (
          <ConflictBanner
            loaded={overtaken}
            onKeepMine={() => {
              save.reset()
              if (base && item) onDraft(rebase(of.draftOf(base), draft, of.draftOf(item)), item)
            }}
            onTakeTheirs={() => {
              save.reset()
              onDraft(null)
              onReload()
            }}
          />
        ) : (
          failure !== null && Object.keys(remarks).length === 0 && <Banner
            tone="bad"
            icon="alert"
            text={t(`errors.${failure}`)}
          />
        )}
        <Fields draft={draft} set={(part) => {
            setEdited((before) => new Set([...before, ...Object.keys(part)]))
            onDraft({ ...draft, ...part })
          }} errors={errors} disabled={disabled} />
        {!disabled && (
          <div className="form-acts">
            <Button
              type="submit"
              variant="filled"
              disabled={!dirty}
              loading={save.isPending}
              aria-keyshortcuts={keyShortcut('save', isMac)}
              rightSection={<KeyCap action="save" />}
            >
              {t(item === null ? 'common.create' : 'common.save')}
            </Button>
            {dirty && (
              <Button
                variant="subtle"
                onClick={() => {
                  save.reset()
                  onDraft(null)
                }}
              >
                {t('settings.discard')}
              </Button>
            )}
          </div>
        )}
      </form>
      {item !== null && Extra && <Extra key={item.id} item={item} draft={draft} disabled={readOnly} />}
      {item !== null && !readOnly && (
        <section className="extra">
          <ArchiveControl key={item.id} kind={of.kind} item={item} />
        </section>
      )}
    </section>
  )
}
