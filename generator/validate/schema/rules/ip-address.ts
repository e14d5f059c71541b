// Addresses and blocks in fields of objects.
// Follows apimachinery pkg/util/validation/ip.go: fields of old take leading zeros in IPv4 until Kubernetes 1.36
// (gate StrictIPCIDRValidation).

import { parseCidr, parseIp, type Cidr, type IpAddress } from '../../../manifest/ip.ts'
import { optionalText, type Field } from './field.ts'
import { quote, type Inspection } from './inspection.ts'

const strictSince = 36

/** Refuses a text that is not an IP address; returns the address where it is one. */
export function refuseIpFault(inspection: Inspection, field: Field, what: string): IpAddress | undefined {
  const value = optionalText(field)
  if (value === undefined) return undefined
  const address = parseIp(value)
  const fault = faultOf(inspection, address, 'an IP address')
  if (fault !== undefined) inspection.refuse('invalid-ip', { at: field, message: `${what} ${quote(value)} ${fault}` })
  return address
}

/** What is wrong with an address block, and the block where it can be read. */
export function readCidr(inspection: Inspection, value: string): { readonly cidr?: Cidr; readonly fault?: string } {
  const cidr = parseCidr(value)
  const fault = faultOf(inspection, cidr, 'an address block such as 10.0.0.0/8')
  return { ...(cidr === undefined ? {} : { cidr }), ...(fault === undefined ? {} : { fault }) }
}

/** Refuses a text that is not an address block; returns the block where it can be read. */
export function refuseCidrFault(inspection: Inspection, field: Field, what: string): Cidr | undefined {
  const value = optionalText(field)
  if (value === undefined) return undefined
  const { cidr, fault } = readCidr(inspection, value)
  if (fault !== undefined) inspection.refuse('invalid-ip', { at: field, message: `${what} ${quote(value)} ${fault}` })
  return cidr
}

/** Refuses a list of blocks that is no block of one family, or one block of each. */
export function refuseSameFamily(inspection: Inspection, list: Field, blocks: readonly (Cidr | undefined)[]): void {
  const families = new Set(blocks.map(block => block?.family))
  if (blocks.length < 2 || (blocks.length === 2 && (families.size === 2 || families.has(undefined)))) return
  inspection.refuse('invalid-ip', {
    at: list,
    message: `${list.key} has more than one block of an address family`,
    help: 'List one block, or an IPv4 block and an IPv6 block.',
  })
}

/** Whether an address is written as Go prints it: lower case, no leading zeros, the longest run of zeros as "::". */
export function isCanonical(written: string, { family, bits, strict }: IpAddress): boolean {
  if (!strict) return false
  return family === 4 || written === printIpv6(bits)
}

function faultOf({ newest }: Inspection, parsed: IpAddress | undefined, what: string): string | undefined {
  if (parsed === undefined) return `is not ${what}`
  if (parsed.strict || newest < strictSince) return undefined
  return 'must be in plain form since Kubernetes 1.36: no leading zeros, no IPv4 in IPv6, no bits behind the prefix'
}

function printIpv6(bits: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((bits >> BigInt(112 - 16 * index)) & 0xffffn).toString(16))
  const zeros = [...groups.join(':').matchAll(/(?:^|(?<=:))0(?::0)+(?=:|$)/g)].map(match => match[0])
  const longest = zeros.reduce((best, run) => (run.length > best.length ? run : best), '')
  const whole = groups.join(':')
  if (longest === '') return whole
  const at = whole.search(new RegExp(`(?:^|(?<=:))${longest}(?=:|$)`))
  const head = whole.slice(0, at).replace(/:$/, '')
  return `${head}::${whole.slice(at + longest.length).replace(/^:/, '')}`
}
