import { expect, test } from 'vitest'
import { contains, isStrictlyInside, parseCidr, parseIp, type Cidr } from '../../generator/manifest/ip.ts'

function cidr(text: string): Cidr {
  const block = parseCidr(text)
  if (block === undefined) throw new Error(text)
  return block
}

test.each([
  ['10.0.0.1', 4, true],
  ['010.0.0.1', 4, false],
  ['::', 6, true],
  ['2001:db8::1', 6, true],
  ['1:2:3:4:5:6:7:8', 6, true],
  ['::ffff:10.0.0.1', 4, false],
  ['64:ff9b::10.0.0.1', 6, true],
])('%s is IPv%d (strict: %s)', (text, family, strict) => {
  expect(parseIp(text)).toMatchObject({ family, strict })
})

test.each([
  '',
  '1.2.3',
  '1.2.3.256',
  '1.2.3.4.5',
  'a.b.c.d',
  ':::',
  '1::2::3',
  '1:2:3:4:5:6:7',
  '12345::',
  '1.2.3.4:80',
  'fe80::1%eth0',
  '1:2:3:4:5:6:7:8:9',
])('not an address: %j', text => expect(parseIp(text)).toBeUndefined())

test.each(['10.0.0.0/8', '0.0.0.0/0', '::/0', '2001:db8::/32', '192.168.1.1/24'])('%s is a block', text =>
  expect(parseCidr(text)).toBeDefined(),
)
test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/-1', '::/129', '10.0.0.0/', 'x/8'])('%j is no block', text =>
  expect(parseCidr(text)).toBeUndefined(),
)

test('inside', () => {
  expect(isStrictlyInside(cidr('10.1.0.0/16'), cidr('10.0.0.0/8'))).toBe(true)
  expect(isStrictlyInside(cidr('10.0.0.0/8'), cidr('10.0.0.0/8'))).toBe(false)
  expect(isStrictlyInside(cidr('11.0.0.0/16'), cidr('10.0.0.0/8'))).toBe(false)
  expect(isStrictlyInside(cidr('2001:db8:1::/48'), cidr('2001:db8::/32'))).toBe(true)
  const address = parseIp('10.2.3.4')
  expect(address !== undefined && contains(cidr('10.0.0.0/8'), address)).toBe(true)
})
