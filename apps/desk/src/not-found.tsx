import { Empty } from './parts/states.tsx'
import { Link } from 'react-router'
import { useTexts } from './texts/texts.ts'

/** @param elsewhere the page is there, for other roles */
export const NotFound = ({ elsewhere = false }: { elsewhere?: boolean }) => {
  const { t } = useTexts()
  return (
    <main className="centre">
      <Empty heading="h1" icon="search" title={t(elsewhere ? 'notFound.elsewhere' : 'notFound.title')} text={t(elsewhere ? 'notFound.elsewhereText' : 'notFound.text')}>
        <Link to="/">{t('notFound.do')}</Link>
      </Empty>
    </main>
  )
}
