/**
 * Where the demo's customers are. A browser tells its time zone, and the server makes the region of it
 * (packages/model/src/region.ts); some browsers tell none.
 */
import { regionOfTimeZone } from '@otklik/model/region'
import type { Language } from './texts/shape.ts'

/** Time zone → share of the customers; `null`: unknown. More than half are of Moscow (DOMAIN.md). */
export const regionShares: readonly (readonly [zone: string | null, share: number])[] = [
  ['Europe/Moscow', 0.55], ['Europe/Samara', 0.08], ['Asia/Yekaterinburg', 0.12], ['Asia/Novosibirsk', 0.08], ['Asia/Krasnoyarsk', 0.05], ['Asia/Irkutsk', 0.05],
  ['Asia/Vladivostok', 0.03], [null, 0.04],
]

export const regionNames = (language: Language): Readonly<Record<string, number>> =>
  Object.fromEntries(regionShares.map(([zone, share]) => [regionOfTimeZone(zone, language), share]))
