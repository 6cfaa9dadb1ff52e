/** What one kind of settings brings: its columns, its empty form, its fields. */
import type { Language } from '@otklik/contract/fields'
import type { ComponentType, ReactNode } from 'react'
import type { FieldErrors } from '../field-errors.ts'
import type { TextKey, Translate } from '../texts/texts.ts'
import type { Draft, Kind, Views } from './kept.ts'

export interface FieldsProps<K extends Kind> {
  readonly draft: Draft<K>
  readonly set: (part: Partial<Draft<K>>) => void
  readonly errors: FieldErrors
  readonly disabled: boolean
}

/** Names of things that rows point to, by id. */
export type NameOf = (kind: Kind, id: string | null) => string

export interface Column<K extends Kind> {
  readonly title: TextKey
  readonly cell: (item: Views[K], context: {
    readonly t: Translate
    readonly language: Language
    readonly nameOf: NameOf
  }) => ReactNode
  /** Left out where the screen is narrow. */
  readonly minor?: boolean
  readonly numeric?: boolean
}

export interface KindOfSettings<K extends Kind> {
  readonly kind: K
  readonly columns: readonly Column<K>[]
  /** A new one, in the language of whoever makes it. */
  readonly empty: (language: Language) => Draft<K>
  readonly draftOf: (item: Views[K]) => Draft<K>
  readonly Fields: ComponentType<FieldsProps<K>>
  /** The draft as it is sent: without what only typing needed. */
  readonly clean?: (draft: Draft<K>) => Draft<K>
  /** What only this kind can say about its fields, by field; takes the place of what the contract says. */
  readonly check?: (draft: Draft<K>, t: Translate) => FieldErrors
  /** Below the form of an item that exists: a link to copy. */
  readonly Extra?: ComponentType<{
    readonly item: Views[K]
    /** What the form shows, saved or not. */
    readonly draft: Draft<K>
    readonly disabled: boolean
  }>
  /** Beside the form where there is room, else below it: a preview. Of a new one (null) only with `besideNew`. */
  readonly Beside?: ComponentType<{ readonly item: Views[K] | null; readonly draft: Draft<K> }>
  readonly besideNew?: true
  /** More forms of the same item; `children` is the first. */
  readonly Parts?: ComponentType<{
    readonly item: Views[K]
    /** The first has unsaved changes. */
    readonly dirty: boolean
    readonly readOnly: boolean
    readonly children: ReactNode
  }>
  /** Other forms of the item that may hold unsaved changes: keys of their drafts. */
  readonly moreDrafts?: (id: string) => string
}
