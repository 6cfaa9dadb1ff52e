/** Putting a thing away: what uses it, what takes its place. It can be brought back. */
import { Button, Select } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { failureOf, useApi } from '../api.ts'
import { Icon } from '../parts/icons.tsx'
import { toast, toastFailure } from '../parts/toast.ts'
import { useTexts, type Translate } from '../texts/texts.ts'
import { Caution } from './fields.tsx'
import { callsOf, useChoices, useItems, useTakeItem, type Kind, type Stored, type Uses, type Views } from './kept.ts'

const wordedUses = ['agents', 'teams', 'sites', 'queues', 'channels', 'contacts', 'skills', 'waiting', 'inHand', 'escalations', 'steps'] as const
const isWorded = (kind: string): kind is (typeof wordedUses)[number] => (wordedUses as readonly string[]).includes(kind)

const usesLine = (uses: Uses['uses'], t: Translate): string => {
  const used = Object.entries(uses).filter(([, count]) => count > 0)
  if (used.length === 0) return t('settings.unused')
  return t('settings.usedBy', {
    uses: used.map(([kind, value]) => t(`settings.uses.${isWorded(kind) ? kind : 'rest'}`, { value })).join(', '),
  })
}

const lineOf = (item: Stored | undefined): number => (item && 'line' in item && typeof item.line === 'number' ? item.line : 0)

/** What is lost or moves by the archiving as it is chosen now: said before the press. */
const Losses = ({ kind, uses, replacement }: { kind: Kind; uses: Uses['uses']; replacement: Stored | undefined }) => {
  const { t } = useTexts()
  const { escalations = 0, steps = 0, contacts = 0 } = uses
  const losses = [
    ...(kind === 'agents' && contacts > 0 ? [t('settings.contactsReturn', { count: contacts })] : []),
    // Only a second line takes over what is handed on to one.
    ...(escalations > 0 && lineOf(replacement) < 2 ? [t('settings.secondLineLost', { count: escalations })] : []),
    ...(steps > 0 && !replacement ? [t('settings.stepsLost', { count: steps })] : []),
  ]
  return losses.map((loss) => <Caution key={loss}>{loss}</Caution>)
}

const ArchiveForm = <K extends Kind>({ kind, item, onClose }: { kind: K; item: Stored; onClose: () => void }) => {
  const { t } = useTexts()
  const api = useApi()
  const queries = useQueryClient()
  const takeItem = useTakeItem(kind)
  const [replacement, setReplacement] = useState<string | null>(null)
  const uses = useQuery({
    queryKey: ['uses', kind, item.id, item.version],
    queryFn: ({ signal }) => callsOf(kind, api).uses(item.id, signal),
    staleTime: 0,
  })
  const items: readonly Stored[] = useItems(kind).data ?? []
  const others = useChoices(kind, null).filter((choice) => choice.value !== item.id)
  const archive = useMutation({
    mutationFn: () => callsOf(kind, api).archive(item.id, item.version, replacement),
    onSuccess: (archived) => {
      takeItem(archived)
      // What used it points to its replacement now.
      void queries.invalidateQueries({ queryKey: ['settings'] })
      toast(t('settings.archivedDone'))
      onClose()
    },
    onError: (error) => toastFailure(t(`errors.${failureOf(error)}`)),
  })
  const needed = uses.data?.replacementNeeded === true
  // Without a replacement these queues would have no second line, or a step less: that may be meant, but must not just happen.
  const offered = needed || ['escalations', 'steps'].some((use) => (uses.data?.uses[use] ?? 0) > 0)
  const chosen = others.find((choice) => choice.value === replacement)
  // It opens at the lower edge of the form and grows with what it has to say.
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    void box.current?.scrollIntoView({ block: 'nearest' })
  }, [uses.data, offered])
  return (
    <div ref={box} className="archive-form" role="group" aria-label={t('settings.archiveTitle', { name: item.name })}>
      <b>{t('settings.archiveTitle', { name: item.name })}</b>
      {uses.isError ? (
        <p className="field-error">{t(`errors.${failureOf(uses.error)}`)}</p>
      ) : (
        <p className="t2">{uses.data ? usesLine(uses.data.uses, t) : t('common.loading')}</p>
      )}
      {offered &&
        (others.length === 0 ? (
          <p className="t2">{t('settings.replaceNone')}</p>
        ) : (
          <Select
            label={t('settings.replaceWith')}
            data={others}
            value={replacement}
            onChange={setReplacement}
            placeholder={t('settings.notChosen')}
            description={chosen ? t('settings.movesTo', { name: chosen.label }) : needed && t('settings.moves')}
            clearable={!needed}
            clearButtonProps={{ 'aria-label': t('common.remove') }}
            searchable={others.length > 8}
          />
        ))}
      {uses.data && <Losses kind={kind} uses={uses.data.uses} replacement={items.find(({ id }) => id === replacement)} />}
      <div className="row">
        <Button
          loading={archive.isPending}
          disabled={!uses.data || (needed && replacement === null)}
          onClick={() => archive.mutate()}
        >
          {t('settings.archive')}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </div>
  )
}

export const ArchiveControl = <K extends Kind>({ kind, item }: { kind: K; item: Views[K] }) => {
  const { t } = useTexts()
  const api = useApi()
  const takeItem = useTakeItem(kind)
  const [open, setOpen] = useState(false)
  const restore = useMutation({
    mutationFn: () => callsOf(kind, api).restore(item.id, item.version),
    onSuccess: (restored) => {
      takeItem(restored)
      toast(t('settings.restored'))
    },
    onError: (error) => toastFailure(t(`errors.${failureOf(error)}`)),
  })
  if (item.archivedAt !== null)
    return (
      <Button
        leftSection={<Icon name="retry" size={14} />}
        loading={restore.isPending}
        onClick={() => restore.mutate()}
      >
        {t('settings.restore')}
      </Button>
    )
  if (open) return <ArchiveForm kind={kind} item={item} onClose={() => setOpen(false)} />
  return (
    <Button variant="subtle" leftSection={<Icon name="archive" size={14} />} onClick={() => setOpen(true)}>
      {t('settings.archive')}
    </Button>
  )
}
