import { Modal } from '@mantine/core'
import type { Role } from '@otklik/contract/fields'
import { actionsOf, keyGroups, keyMap, type KeyAction, type KeyGroup } from '../keys.ts'
import { KeyCap } from '../parts/key-cap.tsx'
import { useTexts } from '../texts/texts.ts'
import { useCatalogue } from './desk-context.tsx'

interface KeyHelpProps {
  readonly opened: boolean
  readonly groups: readonly KeyGroup[]
  /** What cannot be done here, whatever is open. */
  readonly without?: KeyAction
  readonly onClose: () => void
}

/** The keys of the map that this person may use, by where they work. */
export const KeyHelp = ({ opened, groups, without, onClose }: KeyHelpProps) => {
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
        {groups.map((group) => (
          <section key={group}>
            <h3>{t(`keys.${group}`)}</h3>
            <dl>
              {actionsOf(group).filter((action) => action !== without).map((action) => (
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

/** Of whoever has a desk: those who wait are listed only where agents may choose, the floor only for supervisors. */
export const DeskKeyHelp = ({ role, ...props }: Pick<KeyHelpProps, 'opened' | 'onClose'> & { readonly role: Role }) => {
  const mayPick = useCatalogue().data?.queues.some(({ picking }) => picking) === true
  return <KeyHelp {...props} groups={keyGroups.filter((group) => group !== 'floor' || role === 'supervisor')} {...(mayPick ? {} : { without: 'waiting' })} />
}
