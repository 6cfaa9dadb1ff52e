/** What the demo says, in both languages: the centre's names, what customers and agents write, and its own lines. */
import type { Dialogue, Language, Terminal, Words } from './shape.ts'
import { dialogues as englishDialogues } from './en/dialogues.ts'
import { terminal as englishTerminal } from './en/terminal.ts'
import { words as englishWords } from './en/words.ts'
import { dialogues as russianDialogues } from './ru/dialogues.ts'
import { terminal as russianTerminal } from './ru/terminal.ts'
import { words as russianWords } from './ru/words.ts'

export interface Texts {
  readonly words: Words
  readonly dialogues: readonly Dialogue[]
  readonly terminal: Terminal
}

const texts: Readonly<Record<Language, Texts>> = {
  ru: { words: russianWords, dialogues: russianDialogues, terminal: russianTerminal },
  en: { words: englishWords, dialogues: englishDialogues, terminal: englishTerminal },
}

export const textsOf = (language: Language): Texts => texts[language]
