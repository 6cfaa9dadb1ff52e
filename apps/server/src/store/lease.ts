/** One router leads per database: a row with an epoch and an expiry, kept by the database's own clock. */
import type { Reader } from './database.ts'

export const leaseSeconds = 3

/** Takes the lease when it has expired. The epoch that was won, or undefined. */
export const acquireLease = async (reader: Reader, holder: string): Promise<number | undefined> => {
  const [row] = await reader.named<{ epoch: number }>(
    'acquire-lease',
    `update router_lease set epoch = epoch + 1, holder = $1, expires_at = clock_timestamp() + make_interval(secs => $2)
     where expires_at < clock_timestamp() returning epoch`,
    [holder, leaseSeconds],
  )
  return row?.epoch
}

/** Keeps the lease for another while; false when somebody else has it. */
export const renewLease = async (reader: Reader, holder: string, epoch: number): Promise<boolean> =>
  (
    await reader.named(
      'renew-lease',
      `update router_lease set expires_at = clock_timestamp() + make_interval(secs => $3)
       where holder = $1 and epoch = $2 returning epoch`,
      [holder, epoch, leaseSeconds],
    )
  ).length > 0

export const releaseLease = async (reader: Reader, holder: string, epoch: number): Promise<void> => {
  await reader.named('release-lease', `update router_lease set expires_at = '-infinity' where holder = $1 and epoch = $2`, [holder, epoch])
}

/** Whether some router leads just now. */
export const isLeaseHeld = async (reader: Reader): Promise<boolean> => {
  const [row] = await reader.named<{ held: boolean }>('lease-held', 'select expires_at > clock_timestamp() as held from router_lease', [])
  return row?.held ?? false
}

/** How long the leader's own work waits for a row: whoever holds one longer must not hold up everybody else's. */
const longestWait = '1s'

/**
 * Keeps the lease from changing hands until the transaction ends; false when this epoch has lost it. Lock it first. It can
 * still be renewed: the epoch is a key, the expiry is not.
 */
export const fenceLease = async (reader: Reader, epoch: number): Promise<boolean> =>
  (
    await reader.named(
      'fence-lease',
      `select set_config('lock_timeout', $2, true) from router_lease where epoch = $1 and expires_at > clock_timestamp() for key share`,
      [epoch, longestWait],
    )
  ).length > 0
