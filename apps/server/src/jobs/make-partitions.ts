import type { Task } from 'graphile-worker'

/** Keeps three months of the log's partitions ahead, so that no event lands in the default one. Done before, it does nothing. */
export const makeEventPartitions = (query: (text: string) => Promise<unknown>): Promise<unknown> =>
  query(`select create_event_partitions((now() at time zone 'UTC')::date, 3)`)

export const makePartitions: Task = async (_payload, helpers) => {
  await makeEventPartitions((text) => helpers.query(text))
}
