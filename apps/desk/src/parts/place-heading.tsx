import { useMediaQuery } from '@mantine/hooks'
import type { ReactNode } from 'react'

/**
 * What an open contact or form is called: below the list's heading; the page's first where the list makes room for it.
 * @param alone the width up to which it does
 */
export const PlaceHeading = ({ alone, className, title, children }: { alone: number; className?: string; title?: string; children: ReactNode }) => {
  const isAlone = useMediaQuery(`(max-width: ${alone}px)`, false, { getInitialValueInEffect: false })
  return (
    <h2 className={className} title={title} aria-level={isAlone ? 1 : 2}>
      {children}
    </h2>
  )
}
