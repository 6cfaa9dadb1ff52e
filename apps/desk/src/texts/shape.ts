/** The shape of one language's texts: the keys of Russian, with the plural forms of its own. */
import type { ru } from './ru.ts'

export type Plural = { readonly other: string; readonly one?: string; readonly few?: string; readonly many?: string }

export type Texts<Source = typeof ru> = {
  readonly [Key in keyof Source]: Source[Key] extends string ? string : Source[Key] extends Plural ? Plural : Texts<Source[Key]>
}
