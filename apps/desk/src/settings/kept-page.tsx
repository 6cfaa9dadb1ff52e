/** One kind of settings: a table, and the form of the chosen row beside it. */
import { Button, Switch, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { failureOf } from '../api.ts'
import { Icon } from '../parts/icons.tsx'
import { KeyCap } from '../parts/key-cap.tsx'
import { matchTyped } from '../parts/matching.ts'
import { Empty, Failed, Skeleton } from '../parts/states.tsx'
import { useKeys } from '../parts/use-keys.ts'
import { useTexts } from '../texts/texts.ts'
import { isSame, useDraft, useHasDraft } from './drafts.tsx'
import { ItemForm } from './item-form.tsx'
import { useItems, type Draft, type Kind, type Stored, type Views } from './kept.ts'
import type { KindOfSettings, NameOf } from './kind.ts'

/** Names of what rows point to. Lists that are not here yet leave the cell empty for a moment. */
const useNameOf = (): NameOf => {
  const lists: Partial<Record<Kind, readonly Stored[] | undefined>> = {
    teams: useItems('teams').data,
    sites: useItems('sites').data,
    skills: useItems('skills').data,
    queues: useItems('queues').data,
  }
  return (kind, id) => lists[kind]?.find((item) => item.id === id)?.name ?? ''
}

const draftKey = (kind: Kind, id: string) => `${kind}/${id}`

interface KeptPageProps<K extends Kind> {
  readonly of: KindOfSettings<K>
  readonly openId: string | undefined
  readonly readOnly: boolean
}

export const KeptPage = <K extends Kind>({ of, openId, readOnly }: KeptPageProps<K>) => {
  const { t, language } = useTexts()
  const navigate = useNavigate()
  const nameOf = useNameOf()
  const list = useItems(of.kind)
  const [typed, setTyped] = useState('')
  const [showArchived, setShowArchived] = useState(false)
  const [newId, setNewId] = useState(() => crypto.randomUUID() as string)

  const path = `/settings/${of.kind}`
  const create = () => void navigate(`${path}/new`)
  useKeys({ create: readOnly ? undefined : create })

  const items: readonly Views[K][] = list.data ?? []
  const visible = items.filter((item) => showArchived ||
    item.archivedAt === null).toSorted((a, b) => a.name.localeCompare(b.name))
  const rows = matchTyped(visible, typed, (item) => item.name).map((match) => match.item)
  const open = openId === undefined || openId === 'new' ? null : (items.find((item) => item.id === openId) ?? null)
  const id = openId === 'new' ? newId : open?.id
  const [kept, keep] = useDraft<Draft<K>, Views[K] | null>(draftKey(of.kind, id ?? ''))
  const hasDraft = useHasDraft()
  const isUnsaved = (item: Stored) =>
    hasDraft(draftKey(of.kind, item.id)) || (of.moreDrafts !== undefined && hasDraft(of.moreDrafts(item.id)))
  const hasArchived = items.some((item) => item.archivedAt !== null)

  // Who closes the form goes on in the table, at the row where the form was opened.
  const closed = useRef<string | null>(null)
  useEffect(() => {
    if (openId !== undefined || closed.current === null) return
    document.getElementById(`row-${closed.current}`)?.focus()
    closed.current = null
  }, [openId])
  const close = () => {
    closed.current = open?.id ?? null
    void navigate(path)
  }

  const setDraft = (draft: Draft<K> | null, newBase?: Views[K]) => {
    const base = newBase ?? kept?.base ?? open
    // What is as it was is no draft: nothing is to be saved.
    if (draft === null || isSame(draft, base ? of.draftOf(base) : of.empty(language))) keep(null)
    else keep({ draft, base })
  }

  return (
    <div className="kept" data-form={id !== undefined} data-kind={of.kind}>
      <section className="settings-table" aria-label={t('settings.table')}>
        <header>
          <h1>{t(`settings.${of.kind}`)}</h1>
          <span className="grow" />
          {!readOnly && (
            <Button
              variant={id === undefined ? 'filled' : 'default'}
              onClick={create}
              leftSection={<Icon name="plus" size={14} />}
              rightSection={<KeyCap action="create" />}
            >
              {t('common.create')}
            </Button>
          )}
        </header>
        <p className="about">
          {t(`settings.about.${of.kind}`)} {readOnly && t('settings.readOnly')}
        </p>
        {(items.length > 5 || hasArchived) && (
          <div className="table-tools">
            <TextInput
              className="grow"
              aria-label={t('settings.filter')}
              placeholder={t('settings.filter')}
              leftSection={<Icon name="search" size={14} />}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            {hasArchived && <Switch
              label={t('settings.showArchived')}
              checked={showArchived}
              onChange={(event) => setShowArchived(event.currentTarget.checked)}
            />}
          </div>
        )}
        {list.isPending ? (
          <Skeleton rows={6} height={36} />
        ) : list.isError && list.data === undefined ? (
          <Failed title={t('settings.failed')} failure={failureOf(list.error)} onRetry={() => void list.refetch()} />
        ) : visible.length === 0 ? (
          <Empty icon="inbox" title={t('settings.empty')}>
            {!readOnly && id === undefined && (
              <Button onClick={create} leftSection={<Icon name="plus" size={14} />}>{t('common.create')}</Button>
            )}
          </Empty>
        ) : (
          <div className="table-scroll" tabIndex={0} role="region" aria-label={t(`settings.${of.kind}`)}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t(of.kind === 'agents' ? 'settings.fullName' : 'settings.name')}</th>
                  {of.columns.map((column) => (
                    <th
                      key={column.title}
                      scope="col"
                      data-minor={column.minor}
                      data-numeric={column.numeric}
                      title={t(column.title)}
                    >
                      {t(column.title)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((item) => (
                  <tr key={item.id} data-archived={item.archivedAt !== null} data-current={item.id === open?.id}>
                    <th scope="row">
                      <Link
                        id={`row-${item.id}`}
                        to={`${path}/${item.id}`}
                        className="cut"
                        title={item.name}
                        {...(item.id === open?.id ? { 'aria-current': 'true' as const } : {})}
                      >
                        {item.name}
                      </Link>
                      {item.archivedAt !== null && <span className="tag">{t('settings.archived')}</span>}
                      {isUnsaved(item) && (
                        <span
                          className="unsaved"
                          role="img"
                          aria-label={t('settings.unsaved')}
                          title={t('settings.unsaved')}
                        >
                          •
                        </span>
                      )}
                    </th>
                    {of.columns.map((column) => {
                      const cell = column.cell(item, { t, language, nameOf })
                      return (
                        <td key={column.title} data-minor={column.minor} data-numeric={column.numeric}>
                          <span className="cut" {...(typeof cell === 'string' ? { title: cell } : {})}>
                            {cell}
                          </span>
                        </td>
                      )
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
            {rows.length === 0 && <p className="t3 none">{t('common.nothingFound')}</p>}
          </div>
        )}
      </section>
      {id !== undefined && (openId === 'new' ? !readOnly : true) && (
        <ItemForm
          key={id}
          of={of}
          item={open}
          id={id}
          draft={kept?.draft ?? (open ? of.draftOf(open) : of.empty(language))}
          base={kept?.base ?? open}
          dirty={kept !== undefined}
          readOnly={readOnly}
          onDraft={setDraft}
          onSaved={(item) => {
            if (openId === 'new') {
              setNewId(crypto.randomUUID())
              void navigate(`${path}/${item.id}`, { replace: true })
            }
          }}
          onReload={async () => (await list.refetch()).data?.find((item) => item.id === id)}
          onClose={close}
        />
      )}
    </div>
  )
}
