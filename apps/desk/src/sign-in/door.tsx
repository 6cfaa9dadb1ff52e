import { useEffect, type ReactNode } from 'react'
import { Mark } from '../parts/icons.tsx'
import { useTexts } from '../texts/texts.ts'
import type { Language } from '@otklik/contract/fields'

const languages: readonly Language[] = ['ru', 'en']

/** The page before anybody is inside: the mark, one form, and the language. */
export const Door = ({ title, children, aside }: { title: string; children: ReactNode; aside?: ReactNode }) => {
  const { t, language, change } = useTexts()
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title, t])
  return (
    <div className="door" data-wide={aside !== undefined}>
      <header className="door-head">
        <span className="brand">
          <Mark size={24} />
          {t('app.name')}
        </span>
        <span className="grow" />
        <span className="segments" role="group" aria-label={t('language.title')}>
          {languages.map((each) => (
            <button key={each} type="button" lang={each} aria-pressed={language === each} onClick={() => change(each)}>
              {t(`languages.${each}`)}
            </button>
          ))}
        </span>
      </header>
      {aside}
      <main className="door-main">{children}</main>
    </div>
  )
}
