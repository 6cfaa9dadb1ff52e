/** Ctrl or Cmd K: any contact in hand, customer, template, article, page or command by a few letters, without knowing its key. */
import { Modal } from '@mantine/core'
import type { Role } from '@otklik/contract/fields'
import type { ArticleId } from '@otklik/model/ids'
import { lazy, Suspense, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { OptionList } from '../parts/option-list.tsx'
import { Skeleton } from '../parts/states.tsx'
import { useTexts } from '../texts/texts.ts'
import { useDeskState, useOptionalDesk } from './desk-context.tsx'
import {
  useAsked, useCommandEntries, useDeskEntries, useFoundArticles, useFoundCustomers, useKeptEntries, usePlaceEntries, type Entry,
} from './palette-entries.ts'

const LoneArticle = lazy(() => import('../knowledge/lone-article.tsx').then((module) => ({ default: module.LoneArticle })))

interface FinderProps {
  readonly role: Role
  readonly onDone: (entry: Entry) => void
  readonly onRead: (id: ArticleId) => void
}

/** @param found what somebody else found for what is typed; @param onType hears it */
const Finder = ({ role, more, found, typed, onType, onDone }: Omit<FinderProps, 'onRead'> & {
  readonly more: readonly Entry[]
  readonly found: readonly Entry[]
  readonly typed: string
  readonly onType: (typed: string) => void
}) => {
  const { t } = useTexts()
  const field = useRef<HTMLInputElement>(null)
  const commands = useCommandEntries()
  const places = usePlaceEntries(role)
  const customers = useFoundCustomers(useAsked(typed))
  return (
    <OptionList
      items={[...commands, ...places, ...more]}
      onType={onType}
      found={[...customers, ...found]}
      idOf={({ id }) => id}
      nameOf={({ name }) => name}
      wordsOf={({ words }) => words ?? ''}
      aside={({ aside }) => <span className="aside">{aside}</span>}
      label={t('palette.title')}
      placeholder={t('palette.placeholder')}
      hint={t('palette.hint')}
      chosen={null}
      onChoose={() => undefined}
      onDone={onDone}
      fieldRef={field}
      alwaysOpen
    />
  )
}

const DeskFinder = ({ onRead, ...props }: FinderProps) => {
  const [typed, setTyped] = useState('')
  return <Finder {...props} typed={typed} onType={setTyped} more={useDeskEntries()} found={useFoundArticles(useAsked(typed), onRead)} />
}

const KeeperFinder = (props: FinderProps) => {
  const [typed, setTyped] = useState('')
  return <Finder {...props} typed={typed} onType={setTyped} more={useKeptEntries()} found={[]} />
}

/** Beside a conversation an article stands in its panel; anywhere else it is read here. */
const ArticleDialog = ({ id, onClose }: { id: ArticleId | null; onClose: () => void }) => {
  const { t } = useTexts()
  const timeZone = useDeskState(({ me }) => me?.timeZone ?? 'UTC')
  return (
    <Modal opened={id !== null} onClose={onClose} returnFocus={false} title={t('knowledge.title')} size={640} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {id !== null && (
        <Suspense fallback={<Skeleton rows={3} height={64} />}>
          <LoneArticle id={id} timeZone={timeZone} />
        </Suspense>
      )}
    </Modal>
  )
}

interface PaletteProps {
  readonly opened: boolean
  readonly role: Role
  /** Gives the focus back to where it was. */
  readonly onLeave: () => void
  readonly onClose: () => void
}

export const Palette = ({ opened, role, onLeave, onClose }: PaletteProps) => {
  const { t } = useTexts()
  const desk = useOptionalDesk()
  const [reading, setReading] = useState<ArticleId | null>(null)
  const leave = () => {
    flushSync(onClose)
    onLeave()
  }
  /** First the dialog goes and gives the focus back, then the command finds the page as its key would. */
  const done = (entry: Entry) => {
    leave()
    entry.go()
  }
  const Kind = desk ? DeskFinder : KeeperFinder
  return (
    <>
      <Modal opened={opened} onClose={leave} returnFocus={false} title={t('palette.title')} size={560} closeButtonProps={{ 'aria-label': t('common.close') }}>
        <div className="palette">
          <Kind role={role} onDone={done} onRead={setReading} />
        </div>
      </Modal>
      {desk && (
        <ArticleDialog
          id={reading}
          onClose={() => {
            flushSync(() => setReading(null))
            onLeave()
          }}
        />
      )}
    </>
  )
}
