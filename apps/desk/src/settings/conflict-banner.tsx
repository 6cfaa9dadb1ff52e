/** Somebody else saved the same thing meanwhile: what happened, that nothing typed is lost, and the two ways on. */
import { Button } from '@mantine/core'
import { Icon } from '../parts/icons.tsx'
import { useTexts } from '../texts/texts.ts'

export const ConflictBanner = ({ loaded, onKeepMine, onTakeTheirs }: {
  /** The newer version is here. */
  loaded: boolean
  onKeepMine: () => void
  onTakeTheirs: () => void
}) => {
  const { t } = useTexts()
  return (
    <div className="banner conflict" data-tone="warn" role="alert">
      <Icon name="alert" />
      <div className="stack grow">
        <p>
          <b>{t('settings.conflict')}</b> {t('settings.conflictText')}
        </p>
        <div className="row">
          <Button variant="filled" loading={!loaded} onClick={onKeepMine}>
            {t('settings.keepMine')}
          </Button>
          <Button onClick={onTakeTheirs}>{t('settings.reload')}</Button>
        </div>
      </div>
    </div>
  )
}
