import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { matchTyped } from '../parts/matching.ts'
import { useTexts } from '../texts/texts.ts'
import { zoneOption, zoneOptions } from './time-zones.ts'

/** So many fit on the screen; more letters narrow them down. */
const shownAtMost = 40

/** A time zone, found by city or name, in either keyboard layout. */
export const TimeZoneField = ({ label, value, onChange, error, size = 'sm', disabled = false }: {
  label: string
  value: string
  onChange: (zone: string) => void
  error: string | undefined
  size?: 'sm' | 'md'
  disabled?: boolean
}) => {
  const { t, language } = useTexts()
  const zones = useMemo(() => {
    const known = zoneOptions(language, new Date())
    return known.some((zone) => zone.value === value) ? known : [...known, zoneOption(value, language, new Date())]
  }, [language, value])
  return (
    <Select
      size={size}
      label={label}
      data={zones.map(({ value, label }) => ({ value, label }))}
      value={value}
      onChange={(zone) => zone !== null && onChange(zone)}
      error={error}
      disabled={disabled}
      searchable
      nothingFoundMessage={t('common.nothingFound')}
      filter={({ search }) => matchTyped(zones, zones.some((zone) => zone.label === search)
        ? ''
        : search, (zone) =>
          `${zone.label} ${zone.value} ${zone.name}`).slice(0, shownAtMost).map(({ item }) => ({ value: item.value, label: item.label, disabled: false }))}
      maxDropdownHeight={260}
      selectFirstOptionOnChange
    />
  )
}
