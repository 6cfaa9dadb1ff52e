/** What a template may name, and what it names in vain. */
import { templateVariables, unknownVariables } from '@otklik/contract/templates'
import { useTexts, type Translate } from '../texts/texts.ts'

/** The remark on words that name what nobody fills in; undefined where all is known. */
export const variablesRemark = (words: string, t: Translate): string | undefined => {
  const unknown = unknownVariables(words)
  return unknown.length === 0 ? undefined : t('templates.unknownVariables', { count: unknown.length, list: unknown.join(' ') })
}

export const VariablesHint = () => {
  const { t, language } = useTexts()
  return (
    <p className="t3 s12">
      {t('templates.variables', { list: Object.values(templateVariables).map((names) => `{{${names[language === 'ru' ? 0 : 1]}}}`).join(' ') })}
    </p>
  )
}
