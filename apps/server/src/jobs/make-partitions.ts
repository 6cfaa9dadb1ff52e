import type { Task } from 'graphile-worker'

/** Keeps three months of the log's partitions ahead, so that no event lands in the default one. */
export const makePartitions: Task = async (_payload, helpers) => {
  await helpers.query(`select create_event_partitions((now() at time zone 'UTC')::date, 3)`)
}
