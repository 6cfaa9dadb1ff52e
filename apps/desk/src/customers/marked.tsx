import type { Ranges } from '@otklik/contract/customers'

/** A text with the places of what was searched for. */
export const Marked = ({ text, ranges }: { text: string; ranges: Ranges }) => (
  <>
    {ranges.map(([from, to], index) => (
      <span key={from}>
        {text.slice(ranges[index - 1]?.[1] ?? 0, from)}
        <mark>{text.slice(from, to)}</mark>
      </span>
    ))}
    {text.slice(ranges.at(-1)?.[1] ?? 0)}
  </>
)
