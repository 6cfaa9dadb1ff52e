import type { Channel } from '@otklik/contract/fields'
import { useTexts } from '../texts/texts.ts'
import { Icon, type IconName } from './icons.tsx'

const icons: Record<Channel, IconName> = { webChat: 'chat' }

/** Through which channel: an icon with its name on hover. */
export const ChannelIcon = ({ channel, bare = false }: { channel: Channel; bare?: boolean }) => {
  const { t } = useTexts()
  return (
    <span
      className={bare ? 'channel bare' : 'channel'}
      role="img"
      aria-label={t(`channels.${channel}`)}
      title={t(`channels.${channel}`)}
    >
      <Icon name={icons[channel]} size={bare ? 14 : 16} />
    </span>
  )
}
