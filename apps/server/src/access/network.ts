/** Whom a limit by address concerns: an IPv4 address, or the /64 that one customer of a provider has. */
import { isIPv6 } from 'node:net'

export const networkOf = (ip: string): string => {
  const plain = ip.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = tail === undefined ? left : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right]
  return `${groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '').toLowerCase()).join(':')}::/64`
}

export const isLoopback = (ip: string): boolean => /^(::ffff:)?127\.|^::1$/i.test(ip)
