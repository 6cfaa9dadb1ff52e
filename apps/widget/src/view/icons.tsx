/** Line icons of the product's set, 16×16. */
const paths = {
  down: 'M3.5 8h9',
  send: 'M8 13V3.5M4 7.3l4-4 4 4',
  chat: 'M2.5 4.2c0-.9.7-1.7 1.7-1.7h7.6c1 0 1.7.8 1.7 1.7v5c0 1-.7 1.7-1.7 1.7H7.3L4.5 13.5v-2.6h-.3c-1 0-1.7-.7-1.7-1.7z',
  accepted: 'm3.6 8.6 2.9 2.9 6-7',
  read: 'm1.6 8.7 2.7 2.7 5.6-6.6M7.5 10.7l.7.7 5.9-6.6',
  clock: 'M8 2.6a5.4 5.4 0 1 0 0 10.8a5.4 5.4 0 0 0 0-10.8M8 5.2V8l1.9 1.2',
  failed: 'M8 2.6a5.4 5.4 0 1 0 0 10.8a5.4 5.4 0 0 0 0-10.8M8 5.3v3.3M8 10.5v.2',
  end: 'M6.3 3H4.2c-.7 0-1.2.5-1.2 1.2v7.6c0 .7.5 1.2 1.2 1.2h2.1M10 5.2 12.8 8 10 10.8M12.5 8H6.5',
  clip: 'm12.5 7.5-5 5a3 3 0 0 1-4.2-4.2l5.5-5.5a2 2 0 0 1 2.8 2.8L6.5 10.2a1 1 0 0 1-1.4-1.4L9.5 4.5',
  close: 'm4.5 4.5 7 7m0-7-7 7',
} as const
export type IconName = keyof typeof paths

export const Icon = ({ name }: { name: IconName }) => (
  <svg class="i" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d={paths[name]} />
  </svg>
)

/** A button that is only an icon; its name shows on hover and is read aloud. */
export const IconButton = ({ name, label, class: more = '', onClick }: { name: IconName; label: string; class?: string; onClick: () => void }) => (
  <button type="button" class={`ib ${more}`} aria-label={label} title={label} onClick={onClick}>
    <Icon name={name} />
  </button>
)

const mouths = [
  'M5.2 11.3c.5-1.4 1.5-2.1 2.8-2.1s2.3.7 2.8 2.1zM6 6.2v.5M10 6.2v.5',
  'M5.8 10.5c.6-.5 1.3-.8 2.2-.8s1.6.3 2.2.8M6 6.4v.5M10 6.4v.5',
  'M5.8 10.2h4.4M6 6.4v.5M10 6.4v.5',
  'M5.6 9.6c.6.8 1.4 1.1 2.4 1.1s1.8-.3 2.4-1.1M6 6.4v.5M10 6.4v.5',
  'M5.2 9.2c.5 1.4 1.5 2.1 2.8 2.1s2.3-.7 2.8-2.1zM6 6.2v.5M10 6.2v.5',
] as const

/** @param score 1–5 */
export const Face = ({ score }: { score: number }) => (
  <svg class="i face5" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <circle cx="8" cy="8" r="5.8" />
    <path d={mouths[score - 1] ?? mouths[2]} />
  </svg>
)
