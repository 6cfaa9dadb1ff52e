import { useEffect } from 'react'
import { useNavigate, useSearchParams } from 'react-router'

/**
 * A page's address as what it says. What the address leaves out is written into it, so that the link that is copied says it.
 * @returns what is looked at, and the way to look at something else; Back leads to what was looked at before
 */
export const useAddress = <Address>(read: (query: URLSearchParams, timeZone: string, now: number) => Address, write: (address: Address) => string, timeZone: string): [Address, (next: Address) => void] => {
  const [query] = useSearchParams()
  const navigate = useNavigate()
  const address = read(query, timeZone, Date.now())
  const written = write(address)
  const isWhole = query.toString() === new URLSearchParams(written).toString()
  useEffect(() => {
    if (!isWhole) void navigate({ search: written }, { replace: true })
  }, [isWhole, written, navigate])
  return [address, (next) => void navigate({ search: write(next) })]
}
