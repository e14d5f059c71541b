// What the API server refuses beyond its schema: fixtures and page of every rule, and no good fixture that another rule refuses.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { child, pointerTokens } from '../../../../generator/manifest/pointer.ts'
import { asMap, isList, type YamlValue } from '../../../../generator/manifest/value.ts'
import { apiServerRules, refusalsOf } from '../../../../generator/validate/schema/rules/registry.ts'
import { schemaCodes } from '../../../../generator/validate/schema/schema-codes.ts'
import { resourcesFromYaml } from '../../../support/resources-from-yaml.ts'
import { describeRuleFixtures, fixtureProfile, runFixture } from '../../../support/rule-fixtures.ts'

const fixtures = 'test/fixtures/schema'

describeRuleFixtures({
  family: 'schema',
  rules: apiServerRules,
  pageFolder: 'generator/validate/schema/rules/pages',
  otherFolders: schemaCodes.map(({ code }) => code.slice('schema/'.length)),
})

describe('a good fixture is good for every rule', () => {
  const names = apiServerRules.map(({ code }) => code.slice('schema/'.length))
  const files = names.flatMap(name =>
    readdirSync(join(fixtures, name))
      .filter(file => /^good-.*\.yaml$/.test(file))
      .map(file => join(fixtures, name, file)),
  )
  test.each(files)('%s', file => {
    const text = readFileSync(file, 'utf8')
    expect(apiServerRules.map(rule => runFixture(rule, text, file)).join('')).toBe('')
  })
})

describe('odd values never throw', () => {
  const files = apiServerRules.flatMap(({ code }) => {
    const folder = join(fixtures, code.slice('schema/'.length))
    return readdirSync(folder)
      .filter(file => file.endsWith('.yaml'))
      .map(file => join(folder, file))
  })
  const objects = files.flatMap(file => resourcesFromYaml(readFileSync(file, 'utf8'), file))
  const odd = fc.constantFrom<YamlValue>(
    null,
    [],
    {},
    '',
    0,
    -1,
    1.5,
    true,
    [null],
    [[]],
    [{}],
    { a: null },
    10n ** 20n,
  )

  test('anywhere in an object', () => {
    fc.assert(
      fc.property(fc.constantFrom(...objects), fc.nat(), odd, (resource, choice, value) => {
        const places = pointersOf(resource.object)
        const place = places[choice % places.length] ?? ''
        const object = asMap(replaced(resource.object, pointerTokens(place), value))
        expect(() => refusalsOf({ ...resource, object }, fixtureProfile)).not.toThrow()
      }),
      { numRuns: 3000 },
    )
  })
})

function pointersOf(value: YamlValue | undefined, base = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => [child(base, key), ...pointersOf(item, child(base, key))])
}

function replaced(value: YamlValue | undefined, tokens: readonly string[], odd: YamlValue): YamlValue {
  const [token, ...rest] = tokens
  if (token === undefined) return odd
  if (isList(value)) return value.map((item, index) => (String(index) === token ? replaced(item, rest, odd) : item))
  return { ...asMap(value), [token]: replaced(asMap(value)[token], rest, odd) }
}

test('several versions: refused by any of them is refused', () => {
  const [resource] = resourcesFromYaml(
    'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n' +
      'spec: { containers: [{ name: web, image: nginx:1.27, env: [{ name: 1ST, value: x }] }] }\n',
  )
  if (resource === undefined) throw new Error('no resource')
  const refusedBy = (...kubernetes: string[]): number => refusalsOf(resource, { ...fixtureProfile, kubernetes }).length
  expect(refusedBy('1.34')).toBe(0)
  expect(refusedBy('1.31')).toBe(1)
  expect(refusedBy('1.31', '1.34')).toBe(1)
})

test('custom resources are held to the syntax of names and labels, and to nothing else', () => {
  const [good, bad] = resourcesFromYaml(
    'apiVersion: example.com/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: -1 }\n---\n' +
      'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: web, labels: { a: b c } }\n',
  )
  if (good === undefined || bad === undefined) throw new Error('no resources')
  expect(refusalsOf(good, fixtureProfile)).toEqual([])
  expect(refusalsOf(bad, fixtureProfile).map(({ rule }) => rule)).toEqual(['invalid-label'])
})
