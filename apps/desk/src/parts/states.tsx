/** What a place shows when it has nothing to show: loading, empty, failed. */
import { Button } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import type { Failure } from '../api.ts'
import { useTexts } from '../texts/texts.ts'
import { Icon, type IconName } from './icons.tsx'

/** Grey bars of the size that the content will have. */
export const Skeleton = ({ rows, height = 56 }: { rows: number; height?: number }) => {
  const { t } = useTexts()
  return (
    <div className="skeleton" role="status" aria-label={t('common.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} style={{ height }}>
          <i />
          <span>
            <i />
            <i />
          </span>
        </div>
      ))}
    </div>
  )
}

/** What this place is for and what to do. */
/** @param heading `h1` where nothing else on the page is one */
export const Empty = ({ icon, title, text, heading: Heading = 'h2', children }: {
  icon?: IconName
  title: string
  text?: string
  heading?: 'h1' | 'h2'
  children?: ReactNode
}) => (
  <div className="empty">
    {icon && <Icon name={icon} size={24} />}
    <Heading>{title}</Heading>
    {text && <p>{text}</p>}
    {children}
  </div>
)

/** What happened, and one way to go on. */
export const Failed = ({ title, failure, onRetry }: { title: string; failure: Failure; onRetry?: () => void }) => {
  const { t } = useTexts()
  return (
    <div className="empty" role="alert">
      <Icon name="alert" size={24} />
      <h2>{title}</h2>
      <p>{t(`errors.${failure}`)}</p>
      {onRetry && (
        <Button onClick={onRetry} leftSection={<Icon name="retry" size={14} />}>
          {t('common.retry')}
        </Button>
      )}
    </div>
  )
}

const Broken = () => {
  const { t } = useTexts()
  return (
    <main className="centre">
      <Empty icon="alert" title={t('failed.title')} text={t('failed.text')}>
        <Button variant="filled" onClick={() => location.reload()}>
          {t('failed.reload')}
        </Button>
      </Empty>
    </main>
  )
}

/** Shows a way out when a screen of ours breaks. */
export class Guarded extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }
  static getDerivedStateFromError() {
    return { broken: true }
  }
  override render() {
    return this.state.broken ? <Broken /> : this.props.children
  }
}

/** A line over the work: something is not as usual, and what still works. */
export const Banner = ({ tone, icon, title, text, children }: {
  tone: 'warn' | 'bad' | 'quiet'
  icon?: IconName
  title?: string
  text: string
  children?: ReactNode
}) => (
  <div className="banner" data-tone={tone} role={tone === 'quiet' ? 'note' : 'alert'}>
    {icon && <Icon name={icon} />}
    <p className="grow">
      {title && <b>{title}. </b>}
      {text}
    </p>
    {children}
  </div>
)
