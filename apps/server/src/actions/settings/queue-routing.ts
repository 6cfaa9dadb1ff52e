/** How a queue distributes, when it is open and what it says then: one form of the administrator, one version with the queue. */
import type { QueueRoutingView, QueueRoutingWrite, RelaxationStep } from '@otklik/contract/queue-routing'
import type { QueueId } from '@otklik/model/ids'
import { isOpenAt, type OpeningHours } from '@otklik/model/opening-hours'
import type { Reader, Tx } from '../../store/database.ts'
import { appendEvent } from '../../store/log.ts'
import type { Deps } from '../deps.ts'
import { done, refuse, type Outcome } from '../outcome.ts'
import { tellQueues } from './kept.ts'

export const loadQueueRouting = async (reader: Reader, id: QueueId): Promise<QueueRoutingView | undefined> => {
  const row = await reader.db
    .selectFrom('queue')
    .select(['version', 'policy', 'preferredSeconds', 'rings', 'hours', 'isOpen', 'closedText', 'takesMessages', 'noticeText', 'picking', 'ratingStyle', 'ratingComment', 'ratingDays', 'overflowQueueId', 'overflowSeconds', 'overflowing'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const { overflowQueueId, overflowSeconds, ...rest } = row
  const hours = row.hours as unknown as OpeningHours | null
  return {
    queueId: id,
    ...rest,
    overflow: overflowQueueId && overflowSeconds ? { queueId: overflowQueueId as QueueId, overSeconds: overflowSeconds } : null,
    policy: row.policy as QueueRoutingView['policy'],
    ratingStyle: row.ratingStyle as QueueRoutingView['ratingStyle'],
    rings: row.rings as unknown as QueueRoutingView['rings'],
    closedText: row.closedText as unknown as QueueRoutingView['closedText'],
    noticeText: row.noticeText as unknown as QueueRoutingView['noticeText'],
    hours: hours as QueueRoutingView['hours'],
  }
}

/** Whom the steps name must be in use, and stays so until the change has ended; and a queue does not add itself. */
const checkSteps = async (tx: Tx, id: QueueId, { rings, overflow }: QueueRoutingWrite): Promise<Outcome<null>> => {
  const queueIds = [...rings.flatMap((step) => (step.kind === 'addQueue' ? [step.queueId] : [])), ...(overflow ? [overflow.queueId] : [])]
  const skillIds = rings.flatMap((step) => (step.kind === 'dropSkill' ? [step.skillId] : []))
  if (queueIds.includes(id)) return refuse('validationFailed', { detail: 'A queue cannot add itself.' })
  const count = async (table: 'queue' | 'skill', ids: readonly string[]) =>
    ids.length === 0
      ? 0
      : (await tx.db.selectFrom(table).select('id').where('id', 'in', ids).where('archivedAt', 'is', null).forShare().execute()).length
  const known = (await count('queue', queueIds)) === new Set(queueIds).size && (await count('skill', skillIds)) === new Set(skillIds).size
  return known ? done(null) : refuse('notFound', { detail: 'A step names a queue or a skill that is not in use.' })
}

type Named = { readonly skill: string } | { readonly queue: string }
const names = (step: RelaxationStep, named: Named): boolean =>
  'skill' in named ? step.kind === 'dropSkill' && step.skillId === named.skill : step.kind === 'addQueue' && step.queueId === named.queue

const queuesNaming = (reader: Reader, named: Named, lock: '' | 'for update') =>
  reader.named<{ id: QueueId; rings: RelaxationStep[]; overflowQueueId: string | null }>(
    `queues-naming ${lock}`,
    `select id, rings, overflow_queue_id as "overflowQueueId" from queue
     where archived_at is null and (rings @> $1::jsonb or ($2::uuid is not null and overflow_queue_id = $2)) order by id ${lock}`,
    [JSON.stringify(['skill' in named ? { skillId: named.skill } : { queueId: named.queue }]), 'queue' in named ? named.queue : null],
  )

/** How many queues in use ask for it in a step, or overflow to it. */
export const countSteps = async (reader: Reader, named: Named): Promise<number> => (await queuesNaming(reader, named, '')).length

/**
 * Puts another into the steps and overflows that name what goes into the archive, or takes these out: a step that names what is
 * not in use would do nothing, and could not be saved again.
 */
export const replaceInSteps = async (tx: Tx, deps: Deps, named: Named, replaceWith: string | undefined): Promise<void> => {
  for (const { id, rings, overflowQueueId } of await queuesNaming(tx, named, 'for update')) {
    const replacement = replaceWith === id ? undefined : replaceWith // a queue does not add itself
    const steps = rings.flatMap((step): RelaxationStep[] => {
      if (!names(step, named)) return [step]
      if (replacement === undefined) return []
      return [{ ...step, ...('skill' in named ? { skillId: replacement } : { queueId: replacement }) } as RelaxationStep]
    })
    const overflows = 'queue' in named && overflowQueueId === named.queue
    await tx.db
      .updateTable('queue')
      .set((eb) => ({
        rings: JSON.stringify(steps),
        version: eb('version', '+', 1),
        ...(overflows ? { overflowQueueId: replacement ?? null, overflowing: false } : {}),
        ...(overflows && replacement === undefined ? { overflowSeconds: null } : {}),
      }))
      .where('id', '=', id)
      .execute()
    await tellQueues(tx, deps, [id])
  }
}

export const putQueueRouting = (deps: Deps, id: QueueId, write: QueueRoutingWrite): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    const checked = await checkSteps(tx, id, write)
    if (!checked.ok) return checked
    const { version, overflow, ...fields } = write
    const row = await tx.db
      .updateTable('queue')
      .set((eb) => ({
        ...fields,
        rings: JSON.stringify(fields.rings),
        closedText: JSON.stringify(fields.closedText),
        noticeText: JSON.stringify(fields.noticeText),
        overflowQueueId: overflow && overflow.queueId,
        overflowSeconds: overflow && overflow.overSeconds,
        // The process that distributes turns it on again by the wait of the moment.
        overflowing: false,
        hours: fields.hours === null ? null : JSON.stringify(fields.hours),
        isOpen: fields.hours === null || isOpenAt(fields.hours, deps.now().getTime()),
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .where('version', '=', version)
      .where('archivedAt', 'is', null)
      .returning('version')
      .executeTakeFirst()
    if (!row) {
      const present = await tx.db.selectFrom('queue').select(['version', 'archivedAt']).where('id', '=', id).executeTakeFirst()
      if (!present) return refuse('notFound')
      return present.archivedAt ? refuse('archived') : refuse('versionConflict', { detail: `The version is ${present.version} now.` })
    }
    await tellQueues(tx, deps, [id])
    return done(null)
  })

/**
 * Opens and closes queues whose hour it is: for the process that distributes. The database keeps the state, so that intake,
 * router and screens agree.
 */
export const turnQueues = (deps: Deps, turns: readonly { readonly queueId: QueueId; readonly open: boolean }[], fence: (tx: Tx) => Promise<boolean>): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    if (!(await fence(tx))) return refuse('routerDown')
    for (const { queueId, open } of turns) {
      const row = await tx.db
        .updateTable('queue')
        .set({ isOpen: open })
        .where('id', '=', queueId)
        .where('isOpen', '=', !open)
        .returning('id')
        .executeTakeFirst()
      if (row) await tellQueues(tx, deps, [queueId])
    }
    return done(null)
  })

/** Begins and ends overflows, for the process that distributes; kept in the database as opening is. */
export const turnOverflows = (
  deps: Deps,
  turns: readonly { readonly queueId: QueueId; readonly overflowing: boolean }[],
  fence: (tx: Tx) => Promise<boolean>,
): Promise<Outcome<null>> =>
  deps.transaction(async (tx) => {
    if (!(await fence(tx))) return refuse('routerDown')
    for (const { queueId, overflowing } of turns) {
      const row = await tx.db
        .updateTable('queue')
        .set({ overflowing })
        .where('id', '=', queueId)
        .where('overflowing', '=', !overflowing)
        .where('overflowQueueId', 'is not', null)
        .returning('id')
        .executeTakeFirst()
      if (row) await appendEvent(tx, deps.now(), 'queue.changed', queueId, { queueId, only: 'overflow' })
    }
    return done(null)
  })
