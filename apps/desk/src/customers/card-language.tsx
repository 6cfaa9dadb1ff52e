/** The language that a customer speaks, beside the name: whoever may write the name down may say that it is another one. */
import { Menu } from '@mantine/core'
import type { Language } from '@otklik/contract/fields'
import { routes } from '@otklik/contract/routes'
import type { CustomerView } from '@otklik/contract/views'
import { Icon } from '../parts/icons.tsx'
import { toast, toastFailure } from '../parts/toast.ts'
import { useTexts } from '../texts/texts.ts'
import { useWriteCard } from './use-card.ts'

const choices: readonly (Language | null)[] = ['ru', 'en', null]

export const CardLanguage = ({ customer, mayChange }: { customer: CustomerView; mayChange: boolean }) => {
  const { t } = useTexts()
  const write = useWriteCard(customer.id)
  const nameOf = (language: Language | null) => t(language === null ? 'customer.languageUnknown' : `languages.${language}`)
  const change = async (language: Language | null) => {
    const written = await write({
      find: (card) => ({ language: card.language }),
      base: { language: customer.language },
      put: (api, version) => api.call(routes.speakWithCustomer, { params: { id: customer.id }, body: { language, version } }),
    })
    if (written.ok) return
    if ('failure' in written) toastFailure(t(`errors.${written.failure}`))
    else toast(t('card.conflict'))
  }
  const shown = nameOf(customer.language)
  if (!mayChange) return <span className="t3 s12">{shown}</span>
  const label = `${t('customer.language')}: ${shown}`
  return (
    <Menu withinPortal={false} position="bottom-start" width={180}>
      <Menu.Target>
        <button type="button" className="card-language" aria-label={label} title={label}>
          {shown}
          <Icon name="down" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('customer.speaks')}</Menu.Label>
        <Menu.RadioGroup value={customer.language ?? ''} onChange={(each) => void change(choices.find((choice) => (choice ?? '') === each) ?? null)}>
          {choices.map((each) => (
            <Menu.RadioItem key={each} value={each ?? ''} {...(each ? { lang: each } : {})} checkIcon={<Icon name="check" size={14} />}>
              {nameOf(each)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
