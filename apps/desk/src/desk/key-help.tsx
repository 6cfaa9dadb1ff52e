import { Modal } from '@mantine/core'
import { actionsOf, keyGroups, keyMap } from '../keys.ts'
import { KeyCap } from '../parts/key-cap.tsx'
import { useTexts } from '../texts/texts.ts'

/** Every key of the map, by where it works. */
export const KeyHelp = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('keys.title')}
      size={620}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <p className="t2">{t('keys.text')}</p>
      <div className="key-help">
        {keyGroups.map((group) => (
          <section key={group}>
            <h3>{t(`keys.${group}`)}</h3>
            <dl>
              {actionsOf(group).map((action) => (
                <div key={action}>
                  <dt>{t(keyMap[action].text)}</dt>
                  <dd>
                    <KeyCap action={action} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
