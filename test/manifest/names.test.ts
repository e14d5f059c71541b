import { describe, expect, test } from 'vitest'
import {
  byteLength,
  configKeyFault,
  dns1035LabelFault,
  dns1123LabelFault,
  dns1123SubdomainFault,
  environmentNameFault,
  httpHeaderFault,
  labelValueFault,
  pathSegmentFault,
  percentFault,
  portNameFault,
  qualifiedNameFault,
  relaxedEnvironmentNameFault,
  underscoreSubdomainFault,
  wildcardSubdomainFault,
  type NameCheck,
} from '../../generator/manifest/names.ts'

const a63 = 'a'.repeat(63)
const tables: readonly [name: string, check: NameCheck, good: readonly string[], bad: readonly string[]][] = [
  [
    'dns1123LabelFault',
    dns1123LabelFault,
    ['a', '0', 'a-b', '1a', a63],
    ['', 'A', '-a', 'a-', 'a.b', 'a_b', `${a63}a`, 'ä'],
  ],
  ['dns1035LabelFault', dns1035LabelFault, ['a', 'a-0'], ['', '0a', '1', 'a.b', 'A', 'a-']],
  [
    'dns1123SubdomainFault',
    dns1123SubdomainFault,
    ['a.b-c.0', `${a63}a`, 'a'.repeat(253)],
    ['', 'a..b', '.a', 'a.', 'a_b', 'A.b', 'a'.repeat(254)],
  ],
  [
    'underscoreSubdomainFault',
    underscoreSubdomainFault,
    ['_sip._tcp.example.com', 'a_b.c'],
    ['__a.b', 'a_', 'A_b', ''],
  ],
  [
    'wildcardSubdomainFault',
    wildcardSubdomainFault,
    ['*.example.com'],
    ['*', '*.', '*.*.example.com', 'a.*.com', 'example.com'],
  ],
  [
    'qualifiedNameFault',
    qualifiedNameFault,
    ['a', 'App_1.2', 'example.com/App', 'a/b'],
    ['', '/a', 'a/', 'a/b/c', 'Example.com/a', '-a', 'a-', a63 + 'a', 'a b'],
  ],
  ['labelValueFault', labelValueFault, ['', 'A_b.c-1', a63], ['a b', '-a', 'a.', `${a63}a`, 'a/b', 'a:b']],
  [
    'portNameFault',
    portNameFault,
    ['http', 'http-2', '8a'],
    ['', '8080', 'HTTP', 'a--b', '-a', 'a-', 'a'.repeat(16), 'a_b'],
  ],
  ['pathSegmentFault', pathSegmentFault, ['system:masters', 'A b'], ['.', '..', 'a/b', 'a%b']],
  ['environmentNameFault', environmentNameFault, ['A_B', 'a.b-c', '_x', '.a'], ['', '1A', 'a b', '..', '..a', 'a=b']],
  ['relaxedEnvironmentNameFault', relaxedEnvironmentNameFault, ['1A', 'a b', '!', '~'], ['', 'a=b', 'ä', '\t']],
  [
    'configKeyFault',
    configKeyFault,
    ['a', 'A.b_c-1', '.dockerconfigjson', '...a'.slice(2)],
    ['', 'a/b', '..', '.', '..a', 'a b', 'a'.repeat(254)],
  ],
  ['httpHeaderFault', httpHeaderFault, ['X-Header'], ['', 'a b', 'a_b']],
  ['percentFault', percentFault, ['0%', '150%'], ['', '%', '-1%', '1.5%', '10']],
]

describe.each(tables)('%s', (_name, check, good, bad) => {
  test.each(good)('accepts %j', value => expect(check(value)).toBeUndefined())
  test.each(bad)('refuses %j', value => expect(check(value)).toMatch(/^must /))
})

test('bytes, not characters, are counted', () => {
  expect(byteLength('aä€😀')).toBe(Buffer.byteLength('aä€😀'))
})
