/** One's own templates: write, change, remove. Everybody's stand in the settings. */
import { Button, Modal, Select, Switch, Textarea, TextInput } from '@mantine/core'
import { messageLimit } from '@otklik/contract/fields'
import { routes } from '@otklik/contract/routes'
import type { DeskTemplate } from '@otklik/contract/templates'
import type { ContactId, DispositionId, TemplateId } from '@otklik/model/ids'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'react-router'
import { failureOf, useApi } from '../api.ts'
import { useCatalogue, useDesk, useDeskState } from '../desk/desk-context.tsx'
import { pageClock } from '../parts/clock.ts'
import { KeyCap } from '../parts/key-cap.tsx'
import { toast, toastFailure } from '../parts/toast.ts'
import { useKeys } from '../parts/use-keys.ts'
import { formatExact, formatShort } from '../texts/format.ts'
import { useTexts } from '../texts/texts.ts'
import { OutcomeSelect } from './outcome-select.tsx'
import { useTemplates, useTemplatesChanged } from './use-templates.ts'
import { VariablesHint, variablesRemark } from './variables.tsx'

interface Draft {
  readonly id: TemplateId
  readonly version: number
  readonly name: string
  readonly ru: string
  readonly en: string
  readonly dispositionId: DispositionId | null
  readonly resolved: boolean
}

const fresh = (words: string, language: 'ru' | 'en'): Draft => ({
  id: crypto.randomUUID() as TemplateId,
  version: 0,
  name: '',
  ru: language === 'ru' ? words : '',
  en: language === 'en' ? words : '',
  dispositionId: null,
  resolved: true,
})
const draftOf = ({ id, version, name, ru, en, macro }: DeskTemplate): Draft => ({
  id, version, name, ru, en, dispositionId: macro?.dispositionId ?? null, resolved: macro?.resolved ?? true,
})

const Form = ({ words }: { words: string }) => {
  const { t, language } = useTexts()
  const api = useApi()
  const templates = useTemplates()
  const changed = useTemplatesChanged()
  const { dispositions = [] } = useCatalogue().data ?? {}
  const own = (templates.data?.items ?? []).filter(({ shared }) => !shared)
  const [draft, setDraft] = useState<Draft>(() => fresh(words, language))
  const [isAsked, setAsked] = useState(false)
  const set = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }))
  const timeZone = useDeskState(({ me }) => me?.timeZone)
  const chosen = own.find(({ id }) => id === draft.id)
  const isNamed = draft.name.trim() !== ''
  const isFilled = variablesRemark(draft.ru, t) === undefined && variablesRemark(draft.en, t) === undefined
  const hasWords = draft.ru.trim() !== '' || draft.en.trim() !== ''

  const save = useMutation({
    mutationFn: ({ id, ...body }: Draft) => api.call(routes.putOwnTemplate, { params: { id }, body }),
    onSuccess: ({ version }) => {
      set({ version })
      changed()
      toast(t('settings.saved'))
    },
    onError: (error) => toastFailure(t(`errors.${failureOf(error)}`)),
  })
  const remove = useMutation({
    mutationFn: (id: TemplateId) => api.call(routes.removeOwnTemplate, { params: { id } }),
    onSuccess: () => {
      changed()
      setDraft(fresh('', language))
      toast(t('templates.removed'))
    },
    onError: (error) => toastFailure(t(`errors.${failureOf(error)}`)),
  })
  const go = () => {
    setAsked(true)
    if (isNamed && hasWords && isFilled) save.mutate(draft)
  }
  useKeys({ save: go }, { inDialog: true })

  return (
    <div className="stack">
      <Select
        label={t('templates.which')}
        data={[{ value: 'new', label: t('templates.fresh') }, ...own.map(({ id, name }) => ({ value: id as string, label: name }))]}
        value={draft.version === 0 ? 'new' : draft.id}
        allowDeselect={false}
        renderOption={({ option }) => {
          const uses = own.find(({ id }) => id === option.value)?.ownUses
          return (
            <span className="row template-option">
              <span className="cut grow" title={option.label}>{option.label}</span>
              {uses !== undefined && <span className="t3 s12">{t('templates.uses', { count: uses })}</span>}
            </span>
          )
        }}
        onChange={(value) => {
          const found = own.find(({ id }) => id === value)
          setDraft(found ? draftOf(found) : fresh('', language))
          setAsked(false)
        }}
      />
      {own.length > 0 && (
        <p className="t3 s12" title={chosen?.usedAt ? formatExact(chosen.usedAt, language, timeZone) : undefined}>
          {chosen === undefined
            ? '\u00a0'
            : chosen.usedAt === null
              ? t('templates.neverUsed')
              : t('templates.used', { count: chosen.ownUses, when: formatShort(chosen.usedAt, pageClock.now(), language, timeZone) })}
        </p>
      )}
      <TextInput
        data-autofocus
        label={t('settings.name')}
        maxLength={120}
        value={draft.name}
        error={isAsked && !isNamed && t('fieldErrors.required')}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      {(['ru', 'en'] as const).map((each) => (
        <Textarea
          key={each}
          label={t(`templates.${each}`)}
          rows={3}
          maxLength={messageLimit}
          value={draft[each]}
          error={variablesRemark(draft[each], t) ?? (isAsked && !hasWords && each === language && t('templates.wordsNeeded'))}
          onChange={(event) => set({ [each]: event.currentTarget.value })}
        />
      ))}
      <VariablesHint />
      <OutcomeSelect
        outcomes={dispositions.map(({ id, name }) => ({ value: id as string, label: name }))}
        value={draft.dispositionId}
        onChange={(dispositionId) => set({ dispositionId })}
      />
      {draft.dispositionId !== null && (
        <Switch label={t('templates.resolved')} checked={draft.resolved} onChange={(event) => set({ resolved: event.currentTarget.checked })} />
      )}
      <div className="dialog-acts">
        {draft.version > 0 && (
          <Button variant="subtle" loading={remove.isPending} onClick={() => remove.mutate(draft.id)}>
            {t('common.remove')}
          </Button>
        )}
        <span className="grow" />
        <Button variant="filled" size="md" loading={save.isPending} onClick={go} rightSection={<KeyCap action="save" />}>
          {t('common.save')}
        </Button>
      </div>
    </div>
  )
}

/** Opened by its key on every page. What stands in the reply of the open contact is the beginning of a new one. */
export const OwnTemplates = () => {
  const { t } = useTexts()
  const { drafts } = useDesk()
  const { pathname } = useLocation()
  const [opened, setOpened] = useState(false)
  useKeys({ templates: () => setOpened(true) })
  const contactId = /^\/contacts\/([^/]+)/.exec(pathname)?.[1] as ContactId | undefined
  const words = contactId === undefined ? '' : drafts.read(contactId, 'reply').trim()
  return (
    <Modal opened={opened} onClose={() => setOpened(false)} title={t('templates.ownTitle')} size={560} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <Form words={words} />
    </Modal>
  )
}
