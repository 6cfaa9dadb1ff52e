/** Line icons of the product's set, 16×16. */
const paths = {
  down: 'M3.5 8h9',
  send: 'M8 13V3.500M4 7.300l4-4 4 4',
  chat: 'M2.500 4.200c0-.9.700-1.700 1.700-1.700h7.600c1 0 1.700.8 1.700 1.700v5c0 1-.7 1.700-1.700 1.700H7.300L4.500 13.500v-2.600h-.3c-1 0-1.700-.7-1.700-1.700z',
  accepted: 'm3.600 8.600 2.900 2.900 6-7',
  read: 'm1.600 8.700 2.700 2.700 5.600-6.600M7.500 10.700l.7.7 5.900-6.600',
  clock: 'M8 2.600a5.400 5.400 0 1 0 0 10.800a5.400 5.400 0 0 0 0-10.800M8 5.200V8l1.900 1.200',
  failed: 'M8 2.600a5.400 5.400 0 1 0 0 10.800a5.400 5.400 0 0 0 0-10.800M8 5.300v3.300M8 10.500v.2',
  end: 'M6.300 3H4.200c-.7 0-1.200.5-1.200 1.200v7.600c0 .7.5 1.200 1.200 1.200h2.100M10 5.200 12.800 8 10 10.800M12.500 8H6.500',
} as const
export type IconName = keyof typeof paths

export const Icon = ({ name }: { name: IconName }) => (
  <svg class="i" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d={paths[name]} />
  </svg>
)

const mouths = [
  'M5.500 11c.6-1.100 1.400-1.600 2.500-1.600s1.900.5 2.500 1.600M6 6.400v.5M10 6.400v.5',
  'M5.800 10.500c.6-.5 1.300-.8 2.200-.8s1.600.3 2.200.8M6 6.400v.5M10 6.400v.5',
  'M5.800 10.200h4.400M6 6.400v.5M10 6.400v.5',
  'M5.600 9.600c.6.8 1.400 1.100 2.400 1.100s1.800-.3 2.400-1.100M6 6.400v.5M10 6.400v.5',
  'M5.200 9.200c.5 1.400 1.500 2.100 2.800 2.100s2.300-.7 2.800-2.100zM6 6.200v.5M10 6.200v.5',
] as const

/** @param score 1–5 */
export const Face = ({ score }: { score: number }) => (
  <svg class="i face5" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <circle cx="8" cy="8" r="5.8" />
    <path d={mouths[score - 1] ?? mouths[2]} />
  </svg>
)
