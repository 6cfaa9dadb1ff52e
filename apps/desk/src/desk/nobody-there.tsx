import { Icon } from '../parts/icons.tsx'
import { useTexts } from '../texts/texts.ts'

/** The customer would wait for somebody who is not at work. */
export const NobodyThere = ({ onBreak }: { onBreak: number }) => {
  const { t } = useTexts()
  return (
    <p className="warning" role="alert">
      <Icon name="alert" size={14} />
      {t(onBreak > 0 ? 'transfer.breakWarning' : 'transfer.nobodyWarning')}
    </p>
  )
}
