// Promises of every expression: it never throws, the checker and the evaluator agree, times survive being written.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  boolType,
  dynType,
  intType,
  listType,
  mapType,
  objectType,
  stringType,
} from '../../../generator/validate/cel/cel-type.ts'
import { compare, equals } from '../../../generator/validate/cel/equality.ts'
import { compileExpression } from '../../../generator/validate/cel/expression.ts'
import { parseExpression } from '../../../generator/validate/cel/parse-expression.ts'
import { formatDuration, formatTimestamp, parseDuration, parseTimestamp } from '../../../generator/validate/cel/time.ts'
import { celMap } from '../../../generator/validate/cel/cel-map.ts'
import { Duration, Timestamp, Uint, type CelValue } from '../../../generator/validate/cel/values.ts'

const person = objectType('person', name => ({ name: stringType, age: intType, tags: listType(stringType) })[name])
const types = { self: person, names: listType(stringType), sizes: mapType(stringType, intType), any: dynType }

function compiled(text: string): string {
  const expression = compileExpression(text, Object.keys(types), { types })
  return 'error' in expression ? expression.error : 'fine'
}

describe('types', () => {
  test.each([
    'self.age > 3 && self.name != "a"',
    'self.age < 3.0 || self.age < 3u || any == 3',
    'names.all(n, n.startsWith("a"))',
    'names.all(i, n, i >= 0 && n != "")',
    'sizes.exists(k, sizes[k] > 1)',
    'sizes.transformList(k, v, k + string(v)) == names',
    'sizes.?a.orValue(0) > 1',
    '{"a": 1}.size() == [1, 2].size()',
    'names.map(n, n.size()).sum() > 3',
    '[] + names == names',
    'any.whatever.it.says[0] == "x"',
    'type(any) == string',
    '"%s %d".format([self.name, self.age]) != ""',
    'names.filter(n, n == self.name).first().hasValue()',
    'optional.of(self.name).optMap(n, n.size()).orValue(0) == 1',
    '1 == 1 in [true] && 1 < 2 == true',
    'true ? (false ? 1 : 2) == 1 : false ? true : false',
    'self.age in [?optional.of(3)]',
    '"%s".format([["a", any ? self.name : "b"][0]]) == "a"',
    'duration("1h") > duration("1m") && timestamp("2026-01-01T00:00:00Z") + duration("1h") > timestamp(0)',
  ])('%s', text => {
    expect(compiled(text)).toBe('fine')
  })

  test.each([
    ['self.nme', "undefined field 'nme'"],
    ['has(self.nme)', "undefined field 'nme'"],
    ['self.name.first', "type 'string' does not support field selection"],
    ['self.age == "3"', "found no matching overload for '_==_' applied to '(int, string)'"],
    ['self.age == 3.0', "found no matching overload for '_==_' applied to '(int, double)'"],
    ['self.age + 1.0', "found no matching overload for '_+_' applied to '(int, double)'"],
    ['self.name.startsWith(1)', "found no matching overload for 'startsWith' applied to 'string.(int)'"],
    ['self.name && true', "found no matching overload for '_&&_' applied to '(string, bool)'"],
    ['names.all(n, n.size())', "found no matching overload for '_&&_' applied to '(bool, int)'"],
    ['names.exists(n, m == n)', "undeclared reference to 'm'"],
    [
      'self.age.exists(a, true)',
      "expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)",
    ],
    ['names["a"]', "found no matching overload for '_[_]' applied to '(list(string), string)'"],
    ['unknown(1)', "undeclared reference to 'unknown'"],
    ['1 in names', "found no matching overload for '_in_' applied to '(int, list(string))'"],
    ['[1, "a"].size() == 2', "expected type 'int' but found 'string'"],
    ['{"a": 1, "b": true}.size() == 2', "expected type 'int' but found 'bool'"],
    ['self.name.matches("(")', 'invalid matches argument'],
    ['true ? 1 : "a"', "found no matching overload for '_?_:_' applied to '(bool, int, string)'"],
    ['1 == 2 < 3', "found no matching overload for '_<_' applied to '(bool, int)'"],
    ['true ? true ? 1 : 2 : 3', "a conditional between '?' and ':' needs parentheses"],
    ['!-self.age', "'!' and '-' after each other need parentheses"],
    ['int("many") > 3', 'cannot convert string to int'],
    ['self.name.find("(") == ""', 'invalid find argument'],
    ['matches("(", "a")', 'invalid matches argument'],
    ['self.name == null', "found no matching overload for '_==_' applied to '(string, null)'"],
  ])('%s', (text, error) => {
    expect(compiled(text)).toBe(error)
  })

  test('the result has to be what is wanted', () => {
    const compile = (text: string): unknown => compileExpression(text, ['any'], { types, results: [boolType] })
    expect(compile('1 + 1')).toEqual({ error: 'must evaluate to bool, not int' })
    // As the API server has it: dyn may be a bool, and is refused all the same.
    expect(compile('any.x')).toEqual({ error: 'must evaluate to bool, not dyn' })
    expect(compile('any.x ? true : false')).toMatchObject({ type: boolType })
    expect(compile('any == 1')).toMatchObject({ type: boolType })
  })

  test('without types nothing is checked', () => {
    expect(compileExpression('1 + "a"', [])).not.toHaveProperty('error')
  })
})

describe('whatever is written', () => {
  const word = fc.constantFrom(
    ...'self self.a self.? self[0] [ ] ( ) { } ? : , . .? [? == != < && || ! - + * / % in 1 2u 3.5 "a" \'b\' b"c" null true'.split(
      ' ',
    ),
    'x',
    'has(',
    'size(',
    '.all(x,',
    '.map(x,',
    '.matches("',
    'duration("1h")',
    'optional.none()',
    'type(',
    'int(',
    '\n',
    ' ',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(word, { maxLength: 12 }).map(words => words.join(' ')),
  )

  test('no expression makes the tool fail', () => {
    fc.assert(
      fc.property(text, source => {
        const expression = compileExpression(source, ['self'])
        if ('error' in expression) return typeof expression.error === 'string'
        const result = expression.evaluate({ self: celMap([['a', [1n, 2n]]]) })
        return 'value' in result || typeof result.error === 'string'
      }),
      { numRuns: 2000 },
    )
  })

  test('what the checker accepts has no unknown name and no wrong type left', () => {
    fc.assert(
      fc.property(text, source => {
        const expression = compileExpression(source, ['self'], {
          types: { self: mapType(stringType, listType(intType)) },
        })
        if ('error' in expression) return true
        const result = expression.evaluate({ self: celMap([['a', [1n, 2n]]]) })
        return 'value' in result || !/undeclared reference/.test(result.error)
      }),
      { numRuns: 2000 },
    )
  })

  test('deep nesting is refused, not a crash', () => {
    expect(parseExpression('('.repeat(8000))).toHaveProperty('error')
    expect(() => compileExpression(`${'['.repeat(4000)}${']'.repeat(4000)}`, [])).not.toThrow()
    expect(() => compileExpression(`${'!'.repeat(9000)}true`, [])).not.toThrow()
    expect(() => compileExpression(Array(4000).fill('1').join('+'), [], { types: {} })).not.toThrow()
  })
})

describe('times', () => {
  const nanos = fc.bigInt({ min: -62_135_596_800n * 1_000_000_000n, max: 253_402_300_799n * 1_000_000_000n })

  test('a timestamp survives being written, in any zone', () => {
    fc.assert(
      fc.property(nanos, fc.integer({ min: -14 * 60, max: 14 * 60 }), (value, offset) => {
        const early = value < -62_135_000_000n * 1_000_000_000n || value > 253_402_200_000n * 1_000_000_000n
        const written = new Timestamp(value, early ? 0 : offset)
        return parseTimestamp(formatTimestamp(written))?.nanos === value
      }),
    )
  })

  test('a duration survives being written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), value => {
        return parseDuration(formatDuration(new Duration(value)))?.nanos === value
      }),
    )
  })

  test.each(['2026-02-30T00:00:00Z', '2026-01-01', '2026-01-01T24:00:00Z', '2026-01-01T00:00:00', ''])(
    '"%s" is no timestamp',
    text => {
      expect(parseTimestamp(text)).toBeUndefined()
    },
  )
})

describe('equality and order', () => {
  const scalar: fc.Arbitrary<CelValue> = fc.oneof(
    fc.bigInt({ min: -9n, max: 9n }),
    fc.bigInt({ min: 0n, max: 9n }).map(value => new Uint(value)),
    fc.integer({ min: -9, max: 9 }),
    fc.constantFrom('a', 'b', '\u{1f600}', '\uffff'),
    fc.boolean(),
    fc.constant(null),
  )
  const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }))

  test('equality holds both ways, and with itself', () => {
    fc.assert(fc.property(value, value, (a, b) => equals(a, a) && equals(a, b) === equals(b, a)))
  })

  test('what is neither less nor greater is equal', () => {
    fc.assert(
      fc.property(scalar, scalar, (a, b) => {
        const order = compare(a, b)
        return order === undefined || (order === 0) === equals(a, b)
      }),
    )
  })

  test('strings are ordered by code point', () => {
    expect(compare('\uffff', '\u{1f600}')).toBeLessThan(0)
  })
})
