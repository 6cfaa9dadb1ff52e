/** What `/` opens above the composer: templates that fit the typed letters. The field keeps the focus and the keys. */
import type { DeskTemplate } from '@otklik/contract/templates'
import type { ContactId } from '@otklik/model/ids'
import { useEffect, useId, useRef } from 'react'
import { KeyCap } from '../parts/key-cap.tsx'
import { performAction } from '../parts/use-keys.ts'
import { useDeskState } from '../desk/desk-context.tsx'
import { useTexts } from '../texts/texts.ts'
import { hasBoth, otherLanguageOf, otherOf } from './fill.ts'

/** All there are, or why they are not known. */
export type KnownTemplates = readonly DeskTemplate[] | 'loading' | 'failed'

export const TemplateMenu = ({ id, items, known, index, contactId, wordsOf, onChoose }: {
  id: string
  items: readonly DeskTemplate[]
  known: KnownTemplates
  index: number
  /** Whose customer the words are for. */
  contactId: ContactId
  wordsOf: (template: DeskTemplate) => string
  /** @param isOther its words in the language that the customer does not speak */
  onChoose: (template: DeskTemplate, isOther?: boolean) => void
}) => {
  const { t, language } = useTexts()
  const spoken = useDeskState(({ contacts }) => contacts.get(contactId)?.customer.language) ?? language
  const chosen = useRef<HTMLLIElement>(null)
  useEffect(() => {
    // Newer browsers answer with a promise, which is no clean-up.
    void chosen.current?.scrollIntoView({ block: 'nearest' })
  }, [index])
  const areNone = typeof known !== 'string' && known.length === 0
  const remark = typeof known === 'string' ? known : items.length === 0 && !areNone ? 'nothing' : null
  const marked = items[index]
  const otherLanguage = otherOf(spoken)
  const takeOther = t(`templates.takeIn.${otherLanguage}`)
  const asIs = <span className="no-phone">. {t('templates.sentAsIs')}</span>
  return (
    <>
      <ul id={id} role="listbox" aria-label={t('templates.title')} className="template-menu">
        {items.map((template, at) => {
          const words = wordsOf(template)
          const other = otherLanguageOf(template, spoken)
          return (
            <li
              key={template.id}
              id={`${id}-${at}`}
              ref={at === index ? chosen : undefined}
              role="option"
              aria-selected={at === index}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(template)}
            >
              <span className="line">
                <b className="cut" title={template.name}>
                  {template.name}
                </b>
                <span className="aside">
                  {template.macro && (
                    <span className="cut" title={t('templates.closesWith', { name: template.macro.dispositionName })}>
                      {t('templates.closesWith', { name: template.macro.dispositionName })}
                    </span>
                  )}
                  {other && (
                    <span className="tag" title={t('templates.onlyIn', { language: t(`languages.${other}`) })}>
                      <span aria-hidden="true">{other.toUpperCase()}</span>
                      <span className="hidden-text">{t('templates.onlyIn', { language: t(`languages.${other}`) })}</span>
                    </span>
                  )}
                  {!template.shared && <span className="tag">{t('templates.own')}</span>}
                  {/* For a finger; who has keys presses what the foot says. */}
                  {hasBoth(template) && (
                    <span
                      className="tag take-other"
                      title={takeOther}
                      aria-hidden="true"
                      onClick={(event) => {
                        event.stopPropagation()
                        onChoose(template, true)
                      }}
                    >
                      {otherLanguage.toUpperCase()}
                    </span>
                  )}
                </span>
              </span>
              <span className="cut t3 s12 words" title={words}>
                {words}
              </span>
            </li>
          )
        })}
        {remark && (
          <li id={`${id}-0`} role="option" aria-selected={false} aria-disabled className="t3">
            {t(`templates.${remark}`)}
            {asIs}
          </li>
        )}
        {areNone && (
          <li id={`${id}-0`} role="option" aria-selected={false} onMouseDown={(event) => event.preventDefault()} onClick={() => performAction('templates')}>
            <span className="line">
              <span className="t3">
                {t('templates.noneYet')}
                {asIs}
              </span>
              <span className="aside act">
                {t('templates.add')} <KeyCap action="templates" withAlt />
              </span>
            </span>
          </li>
        )}
      </ul>
      {items.some(hasBoth) && (
        <p className="template-foot no-phone" data-off={!marked || !hasBoth(marked)}>
          <kbd className="key">Shift Enter</kbd> {takeOther}
        </p>
      )}
    </>
  )
}

export const useMenuId = () => `templates-${useId()}`
