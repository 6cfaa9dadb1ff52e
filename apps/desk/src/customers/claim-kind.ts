/** Whether what is being typed is an address or a number. */
export type ClaimKind = 'phone' | 'email'

/**
 * @param now what it counts as so far
 * @param isChosen somebody has said so by hand
 */
export const claimKindOf = (value: string, now: ClaimKind, isChosen: boolean): ClaimKind => {
  // No number has one, whatever was chosen.
  if (value.includes('@')) return 'email'
  // An address may begin with digits, so whoever has chosen it keeps it.
  return !isChosen && /^[\d\s+()-]*\d[\d\s+()-]*$/.test(value) ? 'phone' : now
}
