// IP addresses and CIDR blocks, read as leniently as the API server reads them (leading zeros in IPv4 are allowed, as
// k8s.io/utils/net ParseIPSloppy does), with the strict reading beside it. No name resolution, no allocation.

export interface IpAddress {
  readonly family: 4 | 6
  readonly bits: bigint
  /** Whether every API server version reads it: no leading zeros, no IPv4 address in IPv6 clothes. */
  readonly strict: boolean
}

export interface Cidr extends IpAddress {
  readonly prefix: number
}

/** The address a text stands for, or undefined. */
export function parseIp(text: string): IpAddress | undefined {
  if (text.includes(':')) return parseIpv6(text)
  const bits = ipv4Bits(text)
  if (bits === undefined) return undefined
  return { family: 4, bits, strict: !/(^|\.)0\d/.test(text) }
}

/** The block a text stands for (`10.0.0.0/8`), or undefined. Bits after the prefix may be set. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/')
  if (slash < 0) return undefined
  const address = parseIp(text.slice(0, slash))
  const length = text.slice(slash + 1)
  if (address === undefined || !/^\d{1,3}$/.test(length)) return undefined
  const prefix = Number(length)
  if (prefix > widthOf(address)) return undefined
  const strict = address.strict && !/^0\d/.test(length) && networkOf({ ...address, prefix }) === address.bits
  return { ...address, prefix, strict }
}

/** Whether `inner` lies inside `outer` and is smaller than it. */
export function isStrictlyInside(inner: Cidr, outer: Cidr): boolean {
  if (inner.family !== outer.family || inner.prefix <= outer.prefix) return false
  return networkOf({ ...inner, prefix: outer.prefix }) === networkOf(outer)
}

/** Whether an address lies in a block. */
export function contains(block: Cidr, address: IpAddress): boolean {
  return block.family === address.family && networkOf({ ...address, prefix: block.prefix }) === networkOf(block)
}

function networkOf(block: Cidr): bigint {
  const host = BigInt(widthOf(block) - block.prefix)
  return (block.bits >> host) << host
}

function widthOf({ family }: IpAddress): number {
  return family === 4 ? 32 : 128
}

function ipv4Bits(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every(part => /^\d+$/.test(part) && Number(part) <= 255)) return undefined
  return parts.reduce((bits, part) => (bits << 8n) | BigInt(Number(part)), 0n)
}

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half, index) => groupsOf(half, index === halves.length - 1))
  if (head === undefined) return undefined
  if (halves.length === 1) return head.length === 8 ? toAddress(head) : undefined
  if (tail === undefined || head.length + tail.length > 7) return undefined
  return toAddress([...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail])
}

function groupsOf(text: string, mayEndInIpv4: boolean): readonly number[] | undefined {
  if (text === '') return []
  const parts = text.split(':')
  const groups: number[] = []
  for (const [index, part] of parts.entries()) {
    const ipv4 = mayEndInIpv4 && index === parts.length - 1 && part.includes('.') ? ipv4Bits(part) : undefined
    if (ipv4 !== undefined) groups.push(Number(ipv4 >> 16n), Number(ipv4 & 0xffffn))
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16))
    else return undefined
  }
  return groups
}

function toAddress(groups: readonly number[]): IpAddress {
  const bits = groups.reduce((sum, group) => (sum << 16n) | BigInt(group), 0n)
  // Go (and so the API server) holds ::ffff:a.b.c.d as the IPv4 address.
  return bits >> 32n === 0xffffn
    ? { family: 4, bits: bits & 0xffffffffn, strict: false }
    : { family: 6, bits, strict: true }
}
