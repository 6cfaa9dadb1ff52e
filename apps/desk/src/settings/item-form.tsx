/** The form of one item, beside the table. What is typed stays while one looks at another item. */
import type { ComponentType } from 'react'
import { useApi } from '../api.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { PlaceHeading } from '../parts/place-heading.tsx'
import { toast } from '../parts/toast.ts'
import { useTexts } from '../texts/texts.ts'
import { ArchiveControl } from './archive-control.tsx'
import { remarksOn } from './checks.ts'
import { isSame } from './drafts.tsx'
import { FormShell } from './form-shell.tsx'
import { callsOf, putSchemaOf, useTakeItem, type Draft, type Kind, type Views } from './kept.ts'
import type { FieldsProps, KindOfSettings } from './kind.ts'
import { rebase } from './rebase.ts'
import { putOver, useFormSave } from './use-form-save.ts'

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
  /** Reads the list again; answers what stands in it now. */
  readonly onReload: () => Promise<Views[K] | undefined>
  readonly onClose: () => void
}

const OwnForm = <K extends Kind>({ of, item, id, draft, base, dirty, readOnly, onDraft, onSaved, onReload }: ItemFormProps<K>) => {
  const { t } = useTexts()
  const api = useApi()
  const takeItem = useTakeItem(of.kind)
  const disabled = readOnly || (item !== null && item.archivedAt !== null)
  const clean = of.clean?.(draft) ?? draft
  const save = useFormSave({
    check: () => ({
      ...remarksOn(putSchemaOf(of.kind), { ...clean, version: base?.version ?? 0 }, t),
      ...of.check?.(draft, t),
    }),
    send: async () => ({
      sent: draft,
      saved: await putOver<Draft<K>, Views[K]>({
        draft: clean, base, draftOf: of.draftOf, put: (version) => callsOf(of.kind, api).put(id, clean, version), newest: onReload,
      }),
    }),
    onSaved: ({ sent, saved }) => {
      takeItem(saved)
      // What was typed while it was on its way goes on from what is stored now.
      if (isSame(draft, sent)) onDraft(null)
      else onDraft(rebase(sent, draft, of.draftOf(saved)), saved)
      toast(t('settings.saved'))
      onSaved(saved)
    },
  })
  // Somebody else was faster: the newer version is in the list already.
  const overtaken = dirty && !disabled && item !== null && base !== null && item.version > base.version &&
    !isSame(of.draftOf(item), of.draftOf(base))
  const Fields: ComponentType<FieldsProps<K>> = of.Fields
  return (
    <FormShell
      save={save}
      dirty={dirty}
      disabled={disabled}
      isNew={item === null}
      overtaken={overtaken}
      loaded={overtaken}
      onKeepMine={() => {
        if (base && item) onDraft(rebase(of.draftOf(base), draft, of.draftOf(item)), item)
      }}
      onTakeTheirs={() => {
        onDraft(null)
        void onReload()
      }}
      onDiscard={() => onDraft(null)}
    >
      <Fields
        draft={draft}
        set={(part) => {
          save.wrote(Object.keys(part))
          onDraft({ ...draft, ...part })
        }}
        errors={save.errors}
        disabled={disabled}
      />
    </FormShell>
  )
}

export const ItemForm = <K extends Kind>(props: ItemFormProps<K>) => {
  const { of, item, draft, readOnly, dirty, onClose } = props
  const { t } = useTexts()
  const { Extra, Beside, besideNew, Parts } = of
  const own = (
    <>
      <div className="own">
        <OwnForm {...props} />
        {item !== null && Extra && <Extra key={item.id} item={item} draft={draft} disabled={readOnly} />}
        {item !== null && !readOnly && (
          <section className="extra">
            <ArchiveControl key={item.id} kind={of.kind} item={item} />
          </section>
        )}
      </div>
      {Beside && (item !== null || besideNew) && (
        <aside className="beside">
          <Beside key={item?.id} item={item} draft={draft} />
        </aside>
      )}
    </>
  )
  return (
    <section className="settings-form" aria-label={t('settings.form')}>
      <header>
        <PlaceHeading alone={900} className="cut" title={item?.name ?? t('settings.create')}>
          {item?.name ?? t('settings.create')}
        </PlaceHeading>
        {item !== null && item.archivedAt !== null && <span className="tag">{t('settings.archived')}</span>}
        <span className="grow" />
        <IconButton icon="close" label={t('common.close')} onClick={onClose} />
      </header>
      {item !== null && Parts ? <Parts item={item} dirty={dirty} readOnly={readOnly}>{own}</Parts> : own}
    </section>
  )
}
