/** Articles that agents look up, with a preview of how they read. */
import '../look/knowledge.css'
import { SegmentedControl, Textarea } from '@mantine/core'
import type { Language } from '@otklik/contract/fields'
import { articleLimit } from '@otklik/contract/knowledge'
import type { QueueId } from '@otklik/model/ids'
import { errorAt } from '../field-errors.ts'
import { ArticleText } from '../knowledge/article-text.tsx'
import { useTexts } from '../texts/texts.ts'
import { Choices, NameField } from './fields.tsx'
import type { Draft } from './kept.ts'
import type { FieldsProps, KindOfSettings } from './kind.ts'

const languages: readonly Language[] = ['ru', 'en']

const ArticleFields = ({ draft, set, errors, disabled }: FieldsProps<'articles'>) => {
  const { t } = useTexts()
  return (
    <>
      <NameField label={t('knowledge.form.title')} value={draft.name} onChange={(name) => set({ name })} errors={errors} disabled={disabled} />
      <div>
        <span className="field-label">{t('knowledge.form.language')}</span>
        <SegmentedControl
          aria-label={t('knowledge.form.language')}
          data={languages.map((value) => ({ value, label: t(`languages.${value}`) }))}
          value={draft.language}
          disabled={disabled}
          onChange={(language) => set({ language: language as Language })}
        />
      </div>
      <Choices
        kind="queues"
        label={t('knowledge.form.queues')}
        description={t('knowledge.form.queuesHint')}
        all={t('knowledge.form.allQueues')}
        value={draft.queueIds.length === 0 ? null : draft.queueIds}
        disabled={disabled}
        error={errorAt(errors, 'queueIds')}
        onChange={(ids) => set({ queueIds: (ids ?? []) as QueueId[] })}
      />
      <Textarea
        label={t('knowledge.form.body')}
        description={t('knowledge.form.bodyHint')}
        rows={10}
        autosize
        minRows={10}
        maxRows={24}
        maxLength={articleLimit}
        value={draft.body}
        disabled={disabled}
        error={errorAt(errors, 'body')}
        onChange={(event) => set({ body: event.currentTarget.value })}
      />
    </>
  )
}

const ArticlePreview = ({ draft }: { draft: Draft<'articles'> }) => {
  const { t } = useTexts()
  return (
    <section className="extra">
      <h3>{t('knowledge.form.preview')}</h3>
      <div className="article-preview" lang={draft.language} tabIndex={0} role="region" aria-label={t('knowledge.form.preview')}>
        {draft.name.trim() !== '' && <h4 className="article-title">{draft.name}</h4>}
        {draft.body.trim() === '' ? <p className="t3">{t('knowledge.form.noWords')}</p> : <ArticleText body={draft.body} />}
      </div>
    </section>
  )
}

export const articles: KindOfSettings<'articles'> = {
  kind: 'articles',
  columns: [
    { title: 'knowledge.form.language', cell: (article, { t }) => t(`languages.${article.language}`) },
    {
      title: 'knowledge.form.queues',
      cell: ({ queueIds }, { t, nameOf }) => (queueIds.length === 0 ? t('knowledge.form.allQueues') : queueIds.map((id) => nameOf('queues', id)).join(', ')),
      minor: true,
    },
  ],
  empty: (language) => ({ name: '', language, body: '', queueIds: [] }),
  draftOf: ({ name, language, body, queueIds }) => ({ name, language, body, queueIds }),
  Fields: ArticleFields,
  Beside: ArticlePreview,
  besideNew: true,
}
