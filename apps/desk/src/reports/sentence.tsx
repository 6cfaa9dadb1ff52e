/** Filters that read as a sentence: «Очередь все, регион любой, 22 ноября 2026». Each word that can be another opens a list. */
import { Popover } from '@mantine/core'
import type { FigureSubjects } from '@otklik/contract/figures'
import { Fragment, useRef, useState, type ReactNode } from 'react'
import { OptionList } from '../parts/option-list.tsx'
import { useTexts } from '../texts/texts.ts'
import { chooseSubject, isOfPeople, type Subject, type SubjectKind } from './address.ts'
import { wordKey } from './words.ts'

/** A word of the sentence, and what opens beneath it. */
export const Word = ({ label, value, wide = false, children }: { label: string; value: string; wide?: boolean; children: (close: () => void) => ReactNode }) => {
  const [opened, setOpened] = useState(false)
  const close = () => setOpened(false)
  return (
    <Popover opened={opened} onChange={setOpened} width={wide ? 300 : 260} position="bottom-start" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <button type="button" className="word" aria-label={`${label}: ${value}`} aria-expanded={opened} onClick={() => setOpened((was) => !was)}>
          <span className="cut" title={value}>{value}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>{children(close)}</Popover.Dropdown>
    </Popover>
  )
}

interface Item {
  readonly id: string | null
  readonly name: string
}

/** A word that is one of a list; two letters find it. */
export const ListWord = ({ label, items, chosen, onChoose }: { label: string; items: readonly Item[]; chosen: string | null; onChoose: (id: string | null) => void }) => {
  const { t } = useTexts()
  const field = useRef<HTMLInputElement>(null)
  return (
    <Word label={label} value={items.find(({ id }) => id === chosen)?.name ?? chosen ?? ''}>
      {(close) => (
        <div className="word-list">
          <OptionList
            items={items}
            idOf={({ id }) => id ?? ''}
            nameOf={({ name }) => name}
            label={label}
            placeholder={label}
            hint={t('reports.findHint')}
            chosen={null}
            onChoose={() => undefined}
            onDone={({ id }) => {
              close()
              onChoose(id)
            }}
            fieldRef={field}
            alwaysOpen
          />
        </div>
      )}
    </Word>
  )
}

const itemsOf = (kind: SubjectKind, subjects: FigureSubjects | undefined): readonly { id: string; name: string | null }[] => {
  if (!subjects) return []
  const named = { queue: subjects.queues, agent: subjects.agents, team: subjects.teams, site: subjects.sites }
  if (kind === 'channel' || kind === 'region') return subjects[kind === 'channel' ? 'channels' : 'regions'].map((name) => ({ id: name, name: null }))
  return named[kind].map(({ id, name }) => ({ id, name }))
}

/** The conditions on whose figures these are. Only those are named that have something to choose, or are chosen. */
export const SubjectWords = ({ kinds, subject, subjects, onChange }: {
  kinds: readonly SubjectKind[]
  subject: Subject
  subjects: FigureSubjects | undefined
  onChange: (subject: Subject) => void
}) => {
  const { t } = useTexts()
  const shown = kinds.filter((kind) => subject[kind] !== undefined || !(kind === 'region' && isOfPeople(subject)))
  return shown.map((kind, at) => {
    const items = itemsOf(kind, subjects)
    const chosen = subject[kind] ?? null
    const known = items.some(({ id }) => id === chosen)
    const all: Item[] = [
      { id: null, name: t(`reports.any.${kind}`) },
      ...items.map(({ id, name }) => ({ id, name: wordKey(kind, id, name, t) })),
      ...(chosen !== null && !known ? [{ id: chosen, name: kind === 'channel' || kind === 'region' ? wordKey(kind, chosen, null, t) : '…' }] : []),
    ]
    return (
      <Fragment key={kind}>
        <span className="clause">
          {t(`reports.${kind}`)}{' '}
          <ListWord label={t(`reports.choose.${kind}`)} items={all} chosen={chosen} onChoose={(id) => onChange(chooseSubject(subject, kind, id ?? undefined))} />
        </span>
        {at < shown.length - 1 ? ', ' : '; '}
      </Fragment>
    )
  })
}
