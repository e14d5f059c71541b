// IP addresses and CIDR blocks. k8s.io/apiserver/pkg/cel/library/ip.go and cidr.go

import { parseCidr, parseIp, type Cidr, type IpAddress } from '../../../manifest/ip.ts'
import type { CelFunction } from '../compilation.ts'
import { fail, isOpaque, noOverload, type CelValue, type Opaque } from '../values.ts'

export class IpValue implements Opaque {
  readonly celType = 'net.IP'
  readonly address: IpAddress
  constructor(address: IpAddress) {
    this.address = address
  }
  equals(other: Opaque): boolean {
    return (
      other instanceof IpValue &&
      this.address.family === other.address.family &&
      this.address.bits === other.address.bits
    )
  }
}

export class CidrValue implements Opaque {
  readonly celType = 'net.CIDR'
  readonly block: Cidr
  constructor(block: Cidr) {
    this.block = block
  }
  equals(other: Opaque): boolean {
    if (!(other instanceof CidrValue)) return false
    const { family, bits, prefix } = this.block
    return family === other.block.family && bits === other.block.bits && prefix === other.block.prefix
  }
}

/** Strictly: no zones, no IPv4 in IPv6 clothes, no leading zeros. */
function readIp(text: string): IpAddress | undefined {
  const address = parseIp(text)
  return address?.strict === true ? address : undefined
}

function toIp(value: CelValue): IpAddress {
  if (isOpaque(value) && value instanceof IpValue) return value.address
  if (typeof value !== 'string') return noOverload('ip', [value])
  return readIp(value) ?? fail(`IP Address "${value}" parse error during conversion from string`)
}

function readCidr(text: string): Cidr | undefined {
  const block = parseCidr(text)
  const [address = '', prefix = ''] = text.split('/')
  return block === undefined || readIp(address) === undefined || /^0\d/.test(prefix) ? undefined : block
}

function toCidr(value: CelValue): Cidr {
  if (isOpaque(value) && value instanceof CidrValue) return value.block
  if (typeof value !== 'string') return noOverload('cidr', [value])
  return readCidr(value) ?? fail(`network address parse error during conversion from string: "${value}"`)
}

function width(address: IpAddress): number {
  return address.family === 4 ? 32 : 128
}

/** Whether the first bits of an address are those of a block. */
function lies(address: IpAddress, block: Cidr): boolean {
  const host = BigInt(width(block) - block.prefix)
  return address.family === block.family && address.bits >> host === block.bits >> host
}

function inAny(...blocks: readonly string[]): (address: IpAddress) => boolean {
  let parsed: readonly Cidr[] | undefined
  return address => (parsed ??= blocks.flatMap(block => parseCidr(block) ?? [])).some(block => lies(address, block))
}

const unspecified = inAny('0.0.0.0/32', '::/128')
const loopback = inAny('127.0.0.0/8', '::1/128')
const multicast = inAny('224.0.0.0/4', 'ff00::/8')
const linkLocalMulticast = inAny('224.0.0.0/24', 'ff02::/16')
const linkLocalUnicast = inAny('169.254.0.0/16', 'fe80::/10')
const broadcast = inAny('255.255.255.255/32')

function isGlobalUnicast(address: IpAddress): boolean {
  return ![unspecified, loopback, multicast, linkLocalUnicast, broadcast].some(test => test(address))
}

/** As netip prints it: IPv6 in lower case with the longest run of zeros left out. */
export function formatIp({ family, bits }: IpAddress): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map(shift => String((bits >> shift) & 255n)).join('.')
  const groups = Array.from({ length: 8 }, (_, index) => ((bits >> BigInt(112 - 16 * index)) & 0xffffn).toString(16))
  const [start, length] = longestZeros(groups)
  if (length < 2) return groups.join(':')
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`
}

function longestZeros(groups: readonly string[]): readonly [start: number, length: number] {
  let best: readonly [number, number] = [0, 0]
  for (let start = 0; start < groups.length; start++) {
    let end = start
    while (groups[end] === '0') end++
    if (end - start > best[1]) best = [start, end - start]
  }
  return best
}

function onIp(name: string, apply: (address: IpAddress) => CelValue): CelFunction {
  return (value = null) =>
    isOpaque(value) && value instanceof IpValue ? apply(value.address) : noOverload(name, [value])
}

function onCidr(name: string, apply: (block: Cidr, other: CelValue) => CelValue): CelFunction {
  return (value = null, other = null) =>
    isOpaque(value) && value instanceof CidrValue ? apply(value.block, other) : noOverload(name, [value])
}

function masked(block: Cidr): Cidr {
  const host = BigInt(width(block) - block.prefix)
  return { ...block, bits: (block.bits >> host) << host }
}

function isText(name: string, test: (text: string) => boolean): CelFunction {
  return (text = null) => (typeof text === 'string' ? test(text) : noOverload(name, [text]))
}

export const netFunctions: Readonly<Record<string, CelFunction>> = {
  ip: (text = null) => (typeof text === 'string' ? new IpValue(toIp(text)) : noOverload('ip', [text])),
  isIP: isText('isIP', text => readIp(text) !== undefined),
  'ip.isCanonical': (text = null) =>
    typeof text === 'string' ? formatIp(toIp(text)) === text : noOverload('ip.isCanonical', [text]),
  '.family': onIp('family', ({ family }) => BigInt(family)),
  '.isUnspecified': onIp('isUnspecified', unspecified),
  '.isLoopback': onIp('isLoopback', loopback),
  '.isLinkLocalMulticast': onIp('isLinkLocalMulticast', linkLocalMulticast),
  '.isLinkLocalUnicast': onIp('isLinkLocalUnicast', linkLocalUnicast),
  '.isGlobalUnicast': onIp('isGlobalUnicast', isGlobalUnicast),
  cidr: (text = null) => (typeof text === 'string' ? new CidrValue(toCidr(text)) : noOverload('cidr', [text])),
  isCIDR: isText('isCIDR', text => readCidr(text) !== undefined),
  '.containsIP': onCidr('containsIP', (block, other) => lies(toIp(other), block)),
  '.containsCIDR': onCidr('containsCIDR', (block, other) => {
    const inner = toCidr(other)
    return inner.prefix >= block.prefix && lies(masked(inner), block)
  }),
  '.ip': onCidr('ip', block => new IpValue(block)),
  '.masked': onCidr('masked', block => new CidrValue(masked(block))),
  '.prefixLength': onCidr('prefixLength', ({ prefix }) => BigInt(prefix)),
}

/** `string()` of an address or a block. */
export function netText(value: CelValue): string | undefined {
  if (!isOpaque(value)) return undefined
  if (value instanceof IpValue) return formatIp(value.address)
  return value instanceof CidrValue ? formatCidr(value.block) : undefined
}

export function formatCidr(block: Cidr): string {
  return `${formatIp(block)}/${block.prefix}`
}
