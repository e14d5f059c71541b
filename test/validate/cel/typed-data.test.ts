// Data under a schema: what expressions see of it, property names, lists that are sets or maps.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { YamlMap, YamlValue } from '../../../generator/manifest/value.ts'
import { joinLists, equals } from '../../../generator/validate/cel/equality.ts'
import { escapeProperty, propertyOf } from '../../../generator/validate/cel/property-names.ts'
import { typedValue } from '../../../generator/validate/cel/typed-data.ts'
import {
  CelError,
  Duration,
  isCelList,
  isCelMap,
  NotEvaluated,
  Timestamp,
  type CelValue,
} from '../../../generator/validate/cel/values.ts'
import { decodeCustomSchema, decodeFragment } from '../../../generator/validate/schema/custom-schema.ts'
import { committedCatalog } from '../schema/committed-catalog.ts'

const version = committedCatalog().version('1.34')
const typed = (schema: YamlMap, value: YamlValue): CelValue => typedValue(decodeFragment(schema, version), value)

describe('scalars', () => {
  const day = 86_400n * 1_000_000_000n
  test.each<[YamlMap, YamlValue, CelValue]>([
    [{ type: 'integer' }, 3, 3n],
    [{ type: 'integer' }, 9007199254740993n, 9007199254740993n],
    [{ type: 'number' }, 3, 3],
    [{ type: 'boolean' }, true, true],
    [{ type: 'string' }, '3', '3'],
    [{ type: 'string', format: 'byte' }, 'YWI=', new Uint8Array([97, 98])],
    [{ type: 'string', format: 'date' }, '1970-01-02', new Timestamp(day)],
    [{ type: 'string', format: 'date-time' }, '1970-01-02T00:00:00.5Z', new Timestamp(day + 500_000_000n)],
    [{ type: 'string', format: 'duration' }, '1m30s', new Duration(90_000_000_000n)],
    [{ type: 'string', format: 'duration' }, '2 days', new Duration(2n * day)],
    [{ 'x-kubernetes-int-or-string': true }, 80, 80n],
    [{ 'x-kubernetes-int-or-string': true }, '80%', '80%'],
    [{ type: 'string', nullable: true }, null, null],
  ])('%o %o', (schema, value, expected) => {
    expect(typed(schema, value)).toEqual(expected)
  })

  test.each<[YamlMap, YamlValue]>([
    [{ type: 'integer' }, '3'],
    [{ type: 'integer' }, 1.5],
    [{ type: 'string' }, 3],
    [{ type: 'string' }, null],
    [{ type: 'string', format: 'byte' }, 'a'],
    [{ type: 'string', format: 'date' }, '2026-02-30'],
    [{ type: 'string', format: 'duration' }, 'soon'],
    [{ type: 'array', items: { type: 'string' } }, 'a'],
    [{ type: 'object' }, []],
    [{ 'x-kubernetes-int-or-string': true }, 1.5],
  ])('%o is no place for %o', (schema, value) => {
    expect(() => typed(schema, value)).toThrow(CelError)
  })
})

describe('objects', () => {
  const schema: YamlMap = {
    type: 'object',
    properties: { a: { type: 'integer', default: 7 }, 'b-c': { type: 'string' }, '9': { type: 'string' } },
  }

  const mapOf = (value: YamlValue): Extract<CelValue, { entryOf: unknown }> => {
    const map = typed(schema, value)
    if (!isCelMap(map)) throw new Error('not a map')
    return map
  }

  test('what the schema does not name, or no identifier can name, is not there', () => {
    const map = mapOf({ 'b-c': 'x', other: 1, '9': 'y' })
    expect(map.keys()).toEqual(['b__dash__c', 'a'])
    expect(map.size).toBe(2)
    expect(map.entryOf('other')).toBeUndefined()
    expect(map.entryOf('9')).toBeUndefined()
  })

  test('a default stands for what is absent or null', () => {
    expect(mapOf({}).entryOf('a')).toEqual({ value: 7n })
    expect(mapOf({ a: null }).entryOf('a')).toEqual({ value: 7n })
    expect(mapOf({ a: 1 }).entryOf('a')).toEqual({ value: 1n })
  })

  test('keys of free maps are not escaped', () => {
    const map = typed({ type: 'object', additionalProperties: { type: 'string' } }, { 'b-c': 'x' })
    expect(isCelMap(map) && map.keys()).toEqual(['b-c'])
  })

  test('a name the server makes up is not known here', () => {
    const node = decodeCustomSchema({ schema: { type: 'object' } }, version)
    const map = typedValue(node, { kind: 'A', metadata: { generateName: 'a-' } }, true)
    const metadata = isCelMap(map) ? map.entryOf('metadata')?.value : undefined
    if (metadata === undefined || !isCelMap(metadata)) throw new Error('no metadata')
    expect(metadata.entryOf('generateName')).toEqual({ value: 'a-' })
    expect(() => metadata.entryOf('name')).toThrow(NotEvaluated)
  })
})

describe('lists', () => {
  const list = (type: string, items: YamlMap, value: YamlValue, keys: readonly string[] = []): CelValue =>
    typed({ type: 'array', items, 'x-kubernetes-list-type': type, 'x-kubernetes-list-map-keys': keys }, value)

  test('order counts in atomic lists alone', () => {
    const items = { type: 'string' }
    expect(equals(list('atomic', items, ['a', 'b']), ['b', 'a'])).toBe(false)
    expect(equals(list('set', items, ['a', 'b']), ['b', 'a'])).toBe(true)
    expect(equals(list('set', items, ['a', 'b']), ['b', 'c'])).toBe(false)
  })

  test('entries with keys are compared by them, and the later one wins', () => {
    const items = { type: 'object', properties: { name: { type: 'string' }, size: { type: 'integer' } } }
    const sizes = (value: CelValue): readonly (CelValue | undefined)[] =>
      isCelList(value) ? value.map(entry => (isCelMap(entry) ? entry.entryOf('size')?.value : undefined)) : []
    const a = list(
      'map',
      items,
      [
        { name: 'a', size: 1 },
        { name: 'b', size: 2 },
      ],
      ['name'],
    )
    const b = list(
      'map',
      items,
      [
        { name: 'b', size: 2 },
        { name: 'a', size: 1 },
      ],
      ['name'],
    )
    const c = list(
      'map',
      items,
      [
        { name: 'c', size: 9 },
        { name: 'a', size: 8 },
      ],
      ['name'],
    )
    expect(equals(a, b)).toBe(true)
    expect(equals(a, c)).toBe(false)
    if (!isCelList(a) || !isCelList(c)) throw new Error('not lists')
    expect(sizes(joinLists(a, c))).toEqual([8n, 2n, 9n])
  })

  test('sets are equal in any order, and joining with a part changes nothing', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.nat(), (names, shift) => {
        const set = list('set', { type: 'string' }, names)
        const at = names.length === 0 ? 0 : shift % names.length
        if (!isCelList(set)) return false
        return (
          equals(set, [...names.slice(at), ...names.slice(0, at)]) && equals(joinLists(set, names.slice(at)), names)
        )
      }),
    )
  })
})

describe('property names', () => {
  test.each([
    ['spec', 'spec'],
    ['namespace', '__namespace__'],
    ['true', '__true__'],
    ['a.b', 'a__dot__b'],
    ['a-b', 'a__dash__b'],
    ['a/b', 'a__slash__b'],
    ['a__b', 'a__underscores__b'],
    ['_true', '_true'],
  ])('%s is %s', (name, escaped) => {
    expect(escapeProperty(name)).toBe(escaped)
    expect(propertyOf(escaped, ['other', name])).toBe(name)
  })

  test.each(['9', 'a b', 'ä', '', 'a@b'])('"%s" has no name', name => {
    expect(escapeProperty(name)).toBeUndefined()
  })

  test.each(['__illegal__', 'a__', 'true', 'in'])('"%s" names nothing', name => {
    expect(propertyOf(name, ['illegal', 'a', 'true', 'in', '__illegal__', 'a__'])).toBeUndefined()
  })

  test('what is escaped can be told back', () => {
    const part = fc.constantFrom('a', 'B', '_', '__', '-', '.', '/', 'in', 'true', 'dot', 'underscores', '9')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), parts => {
        const escaped = escapeProperty(parts.join(''))
        return escaped === undefined || propertyOf(escaped, ['_', '-', 'true', parts.join('')]) === parts.join('')
      }),
    )
  })
})
