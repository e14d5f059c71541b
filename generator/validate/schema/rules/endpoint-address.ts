// Addresses a Service may forward to. Follows pkg/apis/core/validation/validation.go (ValidateEndpointIP).

import { contains, parseCidr, type IpAddress } from '../../../manifest/ip.ts'

const refused: readonly (readonly [block: string, what: string])[] = [
  ['0.0.0.0/32', 'unspecified'],
  ['::/128', 'unspecified'],
  ['127.0.0.0/8', 'a loopback address'],
  ['::1/128', 'a loopback address'],
  ['169.254.0.0/16', 'a link-local address'],
  ['fe80::/10', 'a link-local address'],
  ['224.0.0.0/24', 'a link-local multicast address'],
  ['ff02::/16', 'a link-local multicast address'],
]

/** Why an address is none to forward to, or undefined. */
export function endpointFault(address: IpAddress): string | undefined {
  for (const [block, what] of refused) {
    const cidr = parseCidr(block)
    if (cidr !== undefined && contains(cidr, address)) return `must not be ${what}`
  }
  return undefined
}
