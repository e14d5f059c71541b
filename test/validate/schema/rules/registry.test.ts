// What the API server refuses beyond its schema: fixtures and page of every rule, and no good fixture that another rule refuses.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { asMap } from '../../../../generator/manifest/value.ts'
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

describe('odd values', () => {
  const odd = ['null', '[]', '{}', '""', '0', 'true', '[null]', '[[]]', '[{}]', '{ a: null }']
  const kinds = ['v1 Pod', 'v1 Service', 'apps/v1 Deployment', 'apps/v1 StatefulSet', 'batch/v1 CronJob', 'v1 Secret']
  const fields = ['spec', 'metadata', 'data', 'template']
  test.each(kinds)('%s never throws', kind => {
    const [apiVersion, name] = kind.split(' ')
    for (const field of fields) {
      for (const value of odd) {
        const [resource] = resourcesFromYaml(`apiVersion: ${apiVersion}\nkind: ${name}\nmetadata: { name: web }\n`)
        if (resource === undefined) throw new Error('no resource')
        const [odder] = resourcesFromYaml(
          `apiVersion: v1\nkind: A\nmetadata: { name: a }\nvalue: { ${field}: ${value} }\n`,
        )
        const changed = { ...resource, object: { ...resource.object, ...asMap(odder?.object['value']) } }
        expect(() => refusalsOf(changed, fixtureProfile)).not.toThrow()
      }
    }
  })
})

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
