import { Empty } from './parts/states.tsx'
import { Link } from 'react-router'
import { useTexts } from './texts/texts.ts'

export const NotFound = () => {
  const { t } = useTexts()
  return (
    <main className="centre">
      <Empty heading="h1" icon="search" title={t('notFound.title')} text={t('notFound.text')}>
        <Link to="/">{t('notFound.do')}</Link>
      </Empty>
    </main>
  )
}
