/** What can be done only once: erasing somebody, joining two into one. */
import { useMutation, type UseMutationOptions } from '@tanstack/react-query'
import { useRef } from 'react'

/**
 * A mutation that asks once for each thing. The second of two quick presses comes before the page knows of the first, or
 * after it was done, while the dialog is on its way out: it does nothing. What failed may be asked again.
 */
export const useOneShot = <Data, Thing extends string>({ onError, ...options }: UseMutationOptions<Data, Error, Thing>) => {
  const asked = useRef(new Set<Thing>())
  const { mutate, ...mutation } = useMutation({
    ...options,
    onError: (error, thing, ...more) => {
      asked.current.delete(thing)
      return onError?.(error, thing, ...more)
    },
  })
  return {
    ...mutation,
    once: (thing: Thing) => {
      if (asked.current.has(thing)) return
      asked.current.add(thing)
      mutate(thing)
    },
  }
}
