/** Web chats: on which sites, how they look, the line for the site, and a preview. */
import { ColorInput, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { wordsIn, type Language } from '@otklik/contract/fields'
import type { ChannelView } from '@otklik/contract/settings'
import type { QueueId } from '@otklik/model/ids'
import { useEffect, useRef } from 'react'
import { errorAt, type FieldErrors } from '../field-errors.ts'
import { useTexts, type Translate } from '../texts/texts.ts'
import { colourOf } from './colour.ts'
import { isSame } from './drafts.tsx'
import { Choice, CopyLine, NameField, Section } from './fields.tsx'
import { useItems, type Draft } from './kept.ts'
import type { FieldsProps, KindOfSettings } from './kind.ts'
import { cleanOrigins, wrongOrigin } from './origins.ts'

const languages: readonly Language[] = ['ru', 'en']
/** Accents with enough contrast under white words. */
const swatches = ['#0d6475', '#1f5fbf', '#2b6b3f', '#8a3ffc', '#a8401a', '#b02a5b', '#3d3a36']

const ChannelFields = ({ draft, set, errors, disabled }: FieldsProps<'channels'>) => {
  const { t } = useTexts()
  return (
    <>
      <NameField value={draft.name} onChange={(name) => set({ name })} errors={errors} disabled={disabled} />
      <Choice
        kind="queues"
        label={t('settings.fields.queue')}
        value={draft.queueId}
        onChange={(id) => set({ queueId: id as QueueId })}
        error={errorAt(errors, 'queueId')}
        disabled={disabled}
      />
      <Textarea
        label={t('settings.fields.origins')}
        description={t('settings.fields.originsHint')}
        rows={2}
        spellCheck={false}
        disabled={disabled}
        value={draft.origins.join('\n')}
        onChange={(event) => set({ origins: event.currentTarget.value.split('\n') })}
        onBlur={() => {
          const origins = cleanOrigins(draft.origins)
          // A line that is wrong is counted from the top: lines stay where they are until all are right.
          if (!isSame(origins, draft.origins) && !wrongOrigin(draft.origins)) set({ origins })
        }}
        error={errorAt(errors, 'origins')}
      />
      <Section title="settings.fields.look">
        <TextInput
          label={t('settings.fields.titleText')}
          maxLength={60}
          disabled={disabled}
          value={draft.title}
          onChange={(event) => set({ title: event.currentTarget.value })}
          error={errorAt(errors, 'title')}
        />
        <div className="pair">
          <ColorInput
            label={t('settings.fields.accent')}
            swatches={swatches}
            swatchesPerRow={7}
            withEyeDropper={false}
            disabled={disabled}
            value={draft.accent}
            fixOnBlur={false}
            onBlur={() => {
              const accent = colourOf(draft.accent)
              if (accent !== undefined && accent !== draft.accent) set({ accent })
            }}
            onChange={(accent) => set({ accent })}
            error={errorAt(errors, 'accent')}
          />
          <Select
            label={t('settings.fields.chatLanguage')}
            data={languages.map((value) => ({ value, label: t(`languages.${value}`) }))}
            value={draft.language}
            disabled={disabled}
            onChange={(language) => language !== null && set({ language: language as Language })}
          />
        </div>
        <div>
          <span className="field-label" id="channel-side">
            {t('settings.fields.side')}
          </span>
          <SegmentedControl
            fullWidth
            disabled={disabled}
            aria-labelledby="channel-side"
            value={draft.side}
            onChange={(side) => set({ side: side === 'left' ? 'left' : 'right' })}
            data={[
              { value: 'left', label: t('settings.fields.left') },
              { value: 'right', label: t('settings.fields.right') },
            ]}
          />
        </div>
      </Section>
      <Textarea
        label={t('settings.fields.consentText')}
        rows={2}
        maxLength={500}
        disabled={disabled}
        value={draft.consentText}
        onChange={(event) => set({ consentText: event.currentTarget.value })}
        error={errorAt(errors, 'consentText')}
      />
      <TextInput
        type="url"
        label={t('settings.fields.consentUrl')}
        maxLength={500}
        disabled={disabled}
        value={draft.consentUrl}
        onChange={(event) => set({ consentUrl: event.currentTarget.value })}
        error={errorAt(errors, 'consentUrl')}
      />
    </>
  )
}

/** The line that puts this chat on a site. */
export const snippetOf = (origin: string, channelId: string): string =>
  `<script src="${origin}/widget.js" data-channel="${channelId}" async></script>`

/** The widget itself, as it would look with what the form says now. */
const Preview = ({ item, draft }: { item: ChannelView; draft: Draft<'channels'> }) => {
  const { t } = useTexts()
  const frame = useRef<HTMLIFrameElement>(null)
  const queue = useItems('queues').data?.find(({ id }) => id === draft.queueId)
  const show = () => {
    const { language, side, title, consentText, consentUrl } = draft
    const accent = colourOf(draft.accent)
    const shown = {
      language, side, title, consentText, consentUrl,
      // Half a colour is none: the last whole one stays.
      ...(accent === undefined ? {} : { accent }),
      ...(queue ? { greeting: wordsIn(queue.greeting, language) } : {}),
    }
    const page = frame.current?.contentWindow as (Window & { otklik?: { preview(settings: typeof shown): void } }) | null
    page?.otklik?.preview(shown)
  }
  useEffect(show)
  return (
    <iframe
      ref={frame}
      className="widget-preview"
      title={t('settings.snippet.preview')}
      src={`/widget-preview?channel=${item.id}`}
      onLoad={show}
    />
  )
}

const Snippet = ({ item }: { item: ChannelView }) => {
  const { t } = useTexts()
  const clipboard = useClipboard({ timeout: 2000 })
  const line = snippetOf(location.origin, item.id)
  return (
    <section className="extra">
      <h3>{t('settings.snippet.title')}</h3>
      <CopyLine
        text={line}
        label={t('settings.snippet.title')}
        copied={clipboard.copied}
        onCopy={() => clipboard.copy(line)}
      />
      <p className="t3 s12">{t('settings.snippet.text')}</p>
    </section>
  )
}

const PreviewBeside = ({ item, draft }: { item: ChannelView | null; draft: Draft<'channels'> }) => {
  const { t } = useTexts()
  if (item === null) return null
  return (
    <section className="extra">
      <h3>{t('settings.snippet.preview')}</h3>
      <Preview item={item} draft={draft} />
    </section>
  )
}

const originRemark = (origins: readonly string[], t: Translate): FieldErrors => {
  const wrong = wrongOrigin(origins)
  if (!wrong) return {}
  const { line, text, meant } = wrong
  return { origins: meant === undefined ? t('settings.fields.originWrong', { line, text }) : t('settings.fields.originMeant', { line, text, meant }) }
}

export const channels: KindOfSettings<'channels'> = {
  kind: 'channels',
  columns: [
    { title: 'settings.fields.queue', cell: (channel, { nameOf }) => nameOf('queues', channel.queueId) },
    {
      title: 'settings.fields.origins',
      cell: (channel) => channel.origins.map((origin) => origin.replace(/^https?:\/\//, '')).join(', '),
    },
  ],
  empty: (language) => ({
    name: '',
    origins: [],
    language,
    accent: '#0d6475',
    side: 'right',
    title: '',
    consentText: '',
    consentUrl: '',
    queueId: '' as QueueId,
  }),
  draftOf: ({ name, origins, language, accent, side, title, consentText, consentUrl, queueId }) => ({
    name,
    origins,
    language,
    accent,
    side,
    title,
    consentText,
    consentUrl,
    queueId,
  }),
  clean: (draft) => ({ ...draft, origins: cleanOrigins(draft.origins), accent: colourOf(draft.accent) ?? draft.accent }),
  check: ({ origins, accent }, t) => ({
    ...originRemark(origins, t),
    ...(colourOf(accent) === undefined ? { accent: t('settings.fields.accentWrong') } : {}),
  }),
  Fields: ChannelFields,
  Extra: Snippet,
  Beside: PreviewBeside,
}
