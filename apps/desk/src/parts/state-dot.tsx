import type { ShownPresence } from '@otklik/model/presence'

/** A person's state by shape: ring available, full engaged, half wrap-up, bar away, dashed offline; text beside it. */
export const StateDot = ({ state }: { state: ShownPresence }) => <i
  className="dot"
  data-state={state}
  aria-hidden="true"
/>
