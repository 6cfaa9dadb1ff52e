/** How this browser looks and speaks, and the way out: the same for everybody. */
import type { Language } from '@otklik/contract/fields'
import { chooseTheme, themeChoices, useThemeChoice } from '../look/theme-choice.ts'
import { inBothLanguages, useTexts } from '../texts/texts.ts'
import type { Command } from './commands.ts'

const languages: readonly Language[] = ['ru', 'en']
const themeTexts = { system: 'theme.system', light: 'theme.light', dark: 'theme.dark' } as const

export interface AccountCommands {
  readonly themes: readonly Command[]
  readonly languages: readonly Command[]
  readonly signOut: Command
}

export const useAccountCommands = ({ onLanguage, onSignOut }: {
  readonly onLanguage: (language: Language) => void
  readonly onSignOut: () => void
}): AccountCommands => {
  const { t, language } = useTexts()
  const theme = useThemeChoice()
  return {
    themes: themeChoices.map((choice) => ({
      id: `theme ${choice}`,
      name: t(themeTexts[choice]),
      group: t('theme.title'),
      words: inBothLanguages('theme.title', themeTexts[choice], 'palette.also.theme'),
      isOn: theme === choice,
      go: () => chooseTheme(choice),
    })),
    languages: languages.map((each) => ({
      id: `language ${each}`,
      name: t(`languages.${each}`),
      group: t('language.title'),
      words: inBothLanguages('language.title', `palette.also.${each}`),
      isOn: language === each,
      go: () => onLanguage(each),
    })),
    signOut: {
      id: 'signOut',
      name: t('presence.signOut'),
      group: t('palette.command'),
      words: inBothLanguages('presence.signOut', 'palette.also.signOut'),
      go: onSignOut,
    },
  }
}

/** All of them, one after the other. */
export const accountList = ({ themes, languages: spoken, signOut }: AccountCommands): readonly Command[] => [signOut, ...themes, ...spoken]
