/** Words of the sentence that are days, and months. */
import { Button } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { IconButton } from '../parts/icon-button.tsx'
import { useTexts } from '../texts/texts.ts'
import { addDays, addMonths, isDay, isMonth } from './days.ts'
import { Word } from './sentence.tsx'
import { wordDay, wordMonth } from './words.ts'

interface Choice {
  readonly name: string
  readonly value: string | null
}

/** A field of the browser's own, and what is chosen most. */
const DateForm = ({ type, label, value, max, choices, onDone }: {
  type: 'date' | 'month'
  label: string
  value: string
  max?: string
  choices: readonly Choice[]
  onDone: (value: string | null) => void
}) => {
  const { t } = useTexts()
  const [typed, setTyped] = useState(value)
  const isRight = type === 'date' ? isDay(typed) : isMonth(typed)
  const submit = (happened: FormEvent) => {
    happened.preventDefault()
    if (isRight) onDone(typed)
  }
  return (
    <form className="word-date" onSubmit={submit}>
      <div className="row">
        <input type={type} aria-label={label} value={typed} {...(max === undefined ? {} : { max })} data-autofocus onChange={(happened) => setTyped(happened.currentTarget.value)} />
        <Button type="submit" variant="filled" disabled={!isRight}>
          {t('common.show')}
        </Button>
      </div>
      {choices.map(({ name, value: chosen }) => (
        <button key={name} type="button" className="word-choice" onClick={() => onDone(chosen)}>
          {name}
        </button>
      ))}
    </form>
  )
}

/** The day, with a step back and ahead beside it. */
export const DayWord = ({ date, today, onChange }: { date: string; today: string; onChange: (date: string) => void }) => {
  const { t, language } = useTexts()
  return (
    <span className="clause">
      <Word label={t('reports.chooseDate')} value={wordDay(date, language)} wide>
        {(close) => (
          <DateForm
            type="date"
            label={t('reports.date')}
            value={date}
            max={today}
            choices={[{ name: t('reports.today'), value: today }, { name: t('reports.yesterday'), value: addDays(today, -1) }]}
            onDone={(chosen) => {
              close()
              if (chosen !== null) onChange(chosen)
            }}
          />
        )}
      </Word>
      <span className="word-steps">
        <IconButton icon="back" label={t('reports.dayBefore')} onClick={() => onChange(addDays(date, -1))} />
        <IconButton icon="right" label={t('reports.dayAfter')} disabled={date >= today} onClick={() => onChange(addDays(date, 1))} />
      </span>
    </span>
  )
}

/** The day beside it, or none. */
export const BesideWord = ({ date, compareWith, onChange }: { date: string; compareWith: string | null; onChange: (date: string | null) => void }) => {
  const { t, language } = useTexts()
  return (
    <span className="clause">
      {t('reports.beside')}{' '}
      <Word label={t('reports.chooseBeside')} value={compareWith === null ? t('reports.besideNothing') : wordDay(compareWith, language)} wide>
        {(close) => (
          <DateForm
            type="date"
            label={t('reports.date')}
            value={compareWith ?? addDays(date, -7)}
            choices={[
              { name: t('reports.weekBefore'), value: addDays(date, -7) },
              { name: t('reports.dayBefore'), value: addDays(date, -1) },
              { name: t('reports.besideNothing'), value: null },
            ]}
            onDone={(chosen) => {
              close()
              onChange(chosen)
            }}
          />
        )}
      </Word>
    </span>
  )
}

export const MonthWord = ({ month, today, onChange }: { month: string; today: string; onChange: (month: string) => void }) => {
  const { t, language } = useTexts()
  const now = today.slice(0, 7)
  return (
    <span className="clause">
      <Word label={t('reports.chooseMonth')} value={wordMonth(month, language)} wide>
        {(close) => (
          <DateForm
            type="month"
            label={t('reports.month')}
            value={month}
            max={now}
            choices={[0, -1, -2].map((back) => ({ name: wordMonth(addMonths(now, back), language), value: addMonths(now, back) }))}
            onDone={(chosen) => {
              close()
              if (chosen !== null) onChange(chosen)
            }}
          />
        )}
      </Word>
      <span className="word-steps">
        <IconButton icon="back" label={t('reports.monthBack')} onClick={() => onChange(addMonths(month, -1))} />
        <IconButton icon="right" label={t('reports.monthAhead')} disabled={month >= now} onClick={() => onChange(addMonths(month, 1))} />
      </span>
    </span>
  )
}

/** From one day to another. */
export const PeriodWords = ({ from, to, today, onChange }: { from: string; to: string; today: string; onChange: (from: string, to: string) => void }) => {
  const { t, language } = useTexts()
  const choices = [1, 7, 30].map((count) => ({ count, name: t('reports.lastDays', { count }) }))
  const word = (which: 'from' | 'to', value: string) => (
    <Word label={t('reports.choosePeriod')} value={wordDay(value, language)} wide>
      {(close) => (
        <DateForm
          type="date"
          label={t(`reports.${which}`)}
          value={value}
          max={today}
          choices={choices.map(({ count, name }) => ({ name, value: `last ${count}` }))}
          onDone={(chosen) => {
            close()
            const last = /^last (\d+)$/.exec(chosen ?? '')
            if (last) onChange(addDays(today, 1 - Number(last[1])), today)
            else if (chosen !== null) onChange(which === 'from' ? chosen : from > chosen ? chosen : from, which === 'to' ? chosen : to < chosen ? chosen : to)
          }}
        />
      )}
    </Word>
  )
  return (
    <span className="clause">
      {t('reports.from')} {word('from', from)} {t('reports.to')} {word('to', to)}
    </span>
  )
}
