/** How a wait stands against its target; the shape says it without colour. */
export type Level = 'ok' | 'warn' | 'bad'

/** From this share of the target on, a wait is called close. */
export const closeRatio = 0.75

/**
 * @param waitedSeconds how long it has lasted
 * @param targetSeconds what was promised
 */
export const levelOf = (waitedSeconds: number, targetSeconds: number): Level =>
  waitedSeconds > targetSeconds ? 'bad' : waitedSeconds >= targetSeconds * closeRatio ? 'warn' : 'ok'

/** Circle on target, triangle close, square missed. */
export const TargetMark = ({ level }: { level: Level }) => <i
  className="target"
  data-level={level}
  aria-hidden="true"
/>
