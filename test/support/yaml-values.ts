// Values that are hard to write as YAML, for property tests of printer and reader.

import fc from 'fast-check'
import { compareKeys } from '../../generator/manifest/yaml/key-order.ts'
import type { YamlValue } from '../../generator/manifest/value.ts'

const words = [
  'yes', 'No', 'on', 'off', 'y', 'n', 'true', 'TRUE', 'null', '~', '', '0755', '0o17', '0x1F', '1e3', '1_000', '.5', '.inf', '-.INF', '.nan',
  '2001-01-01', '2001-1-1T1:2:3Z', '2001-12-14 21:59:43.10', '1:30', '190:20:30.15', '<<', '=', '0b101', '0b+1', '+1', '-1', '1.', '1e400',
  '99999999999999999999', '9223372036854775808', '-9223372036854775809', '--- a', '...', '- a', '? a', ': a', 'a: b', 'a #b', '@x', '`x', '%x',
  'a:', '{}', '[]', '{a', 'a,b', '-', '?', ':', '--', 'a-', '#', '# a', "it's", '"q"', 'a\\b', 'key=value', 'http://x/y?z=1#f', 'image:tag',
  '{{ .Values.x }}', '* * * * *', '0 3 * * *', '100m', '1Gi', '08', '1__0', '_1', '+.5', '.5e3', '0x', '0O17', '0B1', 'constructor', '__proto__',
] // prettier-ignore

const pieces = [
  ...Array.from('abzAZ019_-./:#,[]{}&*!|>\'"%@`?=~+<^$;\\() \n\t'),
  '  ',
  ' ',
  '\n',
  'é',
  '日',
  '😀',
  ' ',
  '\u2028',
  '٣',
  '² ',
  'word ',
]

/** Strings that another reader or writer would trip over. */
export const anyString: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...words) },
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map(parts => parts.join('')) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom('a', 'bc', ' ', 'word', 'é', "'", ' #', '  ', ': ', '日本', 'lorem ipsum '), { minLength: 15, maxLength: 60 }).map(parts => parts.join('')) },
  { weight: 2, arbitrary: fc.array(fc.constantFrom('a', ' b', '\n', 'line of text', '\n\n', '  indented', ': x', '#', '-'), { maxLength: 9 }).map(parts => parts.join('')) },
) // prettier-ignore

/** Kustomize drops a key `<<`, even a quoted one: no test of printing wants it. */
const anyKey = anyString.filter(text => text !== '<<')

export const anyNumber: fc.Arbitrary<number> = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(
    0,
    -0,
    1e6,
    1e20,
    1e21,
    1.5,
    1234567.5,
    1e-7,
    0.0001,
    0.00001,
    1e18,
    2 ** 53,
    2 ** 63,
    2 ** 64,
    -(2 ** 63),
    1e100,
  ),
)

/** A value as JSON knows it, without nulls in lists (kustomize refuses them) and without empty keys. */
export const anyValue: fc.Arbitrary<YamlValue> = fc
  .letrec<{ value: YamlValue }>(tie => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'medium' },
      anyString,
      anyString,
      anyNumber,
      fc.boolean(),
      fc.constant(null),
      fc.array(
        tie('value').filter(value => value !== null),
        { maxLength: 4 },
      ),
      fc.dictionary(anyKey, tie('value'), { maxKeys: 6 }).filter(isOrdered),
    ),
  }))
  .value.map(value => JSON.parse(JSON.stringify(value)) as YamlValue)

/** Whether the printing order of the keys is one: kustomize's rule has cycles, which it prints in a random order. */
function isOrdered(map: object): boolean {
  const keys = Object.keys(map).toSorted(compareKeys)
  return keys.every((key, index) => keys.slice(index + 1).every(later => compareKeys(key, later) < 0))
}
