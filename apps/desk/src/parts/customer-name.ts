import type { CustomerSummary } from '@otklik/contract/views'
import type { Translate } from '../texts/texts.ts'

/** What a customer is called: the name, or a short stable number. */
export const customerName = (customer: Pick<CustomerSummary, 'name' | 'number'>, t: Translate): string =>
  customer.name ?? t('customer.visitor', { number: customer.number })

export const isKnownRegion = (region: string): boolean => region !== '' && region !== 'unknown'

/** The region among the words of a line; where the place is short an unknown one is not worth it. */
export const regionWords = (region: string): readonly string[] => (isKnownRegion(region) ? [region] : [])

/** A length of time in words: `18 с`, `4 мин`. */
export const wordDuration = (seconds: number, t: Translate): string => {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 90) return t('duration.seconds', { value: whole })
  if (whole < 5400) return t('duration.minutes', { value: Math.round(whole / 60) })
  return t('duration.hours', { value: Math.round(whole / 3600) })
}
