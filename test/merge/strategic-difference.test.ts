import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyPatch } from '../../generator/generate/apply-patch.ts'
import type { YamlMap, YamlValue } from '../../generator/manifest/value.ts'
import { jsonDifference } from '../../generator/merge/json-difference.ts'
import { applyJsonPatch } from '../../generator/merge/json-patch.ts'
import { kubernetesSchema } from '../../generator/merge/merge-keys.ts'
import { cloneMap } from '../../generator/merge/mutable.ts'
import { sameData } from '../../generator/merge/same-data.ts'
import { assemblePatch, strategicChanges } from '../../generator/merge/strategic-difference.ts'

const schema = kubernetesSchema('apps/v1', 'Deployment')

function deploymentWith(containers: YamlValue, rest: YamlMap = {}): YamlMap {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { template: { spec: { containers, ...rest } } },
  }
}

describe('strategicChanges', () => {
  test.each([
    {
      name: 'a keyed list element is changed by its key',
      from: deploymentWith([
        { name: 'a', image: 'x' },
        { name: 'b', image: 'y' },
      ]),
      to: deploymentWith([
        { name: 'a', image: 'x' },
        { name: 'b', image: 'z' },
      ]),
      patch: { spec: { template: { spec: { containers: [{ name: 'a' }, { name: 'b', image: 'z' }] } } } },
    },
    {
      name: 'a missing element is deleted by its key',
      from: deploymentWith([
        { name: 'a', image: 'x' },
        { name: 'b', image: 'y' },
      ]),
      to: deploymentWith([{ name: 'a', image: 'x' }]),
      patch: { spec: { template: { spec: { containers: [{ name: 'b', $patch: 'delete' }] } } } },
    },
    {
      name: 'a missing field is removed with null',
      from: deploymentWith([{ name: 'a', image: 'x', command: ['run'] }]),
      to: deploymentWith([{ name: 'a', image: 'x' }]),
      patch: { spec: { template: { spec: { containers: [{ name: 'a', command: null }] } } } },
    },
    {
      name: 'a list without merge keys is replaced',
      from: deploymentWith([{ name: 'a', image: 'x', args: ['1', '2'] }]),
      to: deploymentWith([{ name: 'a', image: 'x', args: ['1'] }]),
      patch: { spec: { template: { spec: { containers: [{ name: 'a', args: ['1'] }] } } } },
    },
    { name: 'nothing differs', from: deploymentWith([]), to: deploymentWith([]), patch: {} },
  ])('$name', ({ from, to, patch }) => {
    const changes = strategicChanges(from, to, schema)
    expect(assemblePatch(changes ?? [])).toEqual(patch)
    expect(applyPatch(from, assemblePatch(changes ?? []))).toEqual(to)
  })

  test('a null to keep cannot be said in a strategic merge patch', () => {
    expect(strategicChanges({ data: {} }, { data: { a: null } }, undefined)).toBeUndefined()
  })
})

const scalar = fc.oneof(fc.string({ maxLength: 4 }), fc.integer(), fc.boolean())
const key = fc.constantFrom('a', 'b', 'spec', 'name', '~x/y')
const data: fc.Arbitrary<YamlMap> = fc.letrec<{ map: YamlMap; value: YamlValue }>(tie => ({
  value: fc.oneof({ weight: 4, arbitrary: scalar }, fc.array(tie('value'), { maxLength: 3 }), tie('map')),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4 }) as fc.Arbitrary<YamlMap>,
})).map

const container = fc.record(
  {
    name: fc.constantFrom('a', 'b', 'c'),
    image: fc.constantFrom('x', 'y'),
    args: fc.array(fc.constantFrom('1', '2'), { maxLength: 2 }),
    env: fc.uniqueArray(fc.record({ name: fc.constantFrom('E', 'F'), value: fc.constantFrom('1', '2') }), {
      selector: variable => variable.name,
      maxLength: 2,
    }),
  },
  { requiredKeys: ['name', 'image'] },
)
const deployment = fc
  .tuple(
    fc.uniqueArray(container, { selector: one => one.name, minLength: 1, maxLength: 3 }),
    fc.record(
      { nodeSelector: fc.dictionary(fc.constantFrom('zone', 'disk'), fc.constantFrom('1', '2')) },
      { requiredKeys: [] },
    ),
  )
  .map(([containers, rest]) => deploymentWith(containers as unknown as YamlValue, rest as YamlMap))

describe('applying a difference gives what was wanted', () => {
  test('as a strategic merge patch wherever there is one, for workloads', () => {
    let said = 0
    fc.assert(
      fc.property(deployment, deployment, (from, to) => {
        const changes = strategicChanges(from, to, schema)
        if (changes === undefined) return
        said++
        expect(applyPatch(from, assemblePatch(changes))).toEqual(to)
      }),
      { numRuns: 1000 },
    )
    expect(said).toBeGreaterThan(500)
  })

  test('as a JSON patch, for any data', () => {
    fc.assert(
      fc.property(data, data, (from, to) => {
        const outcome = applyJsonPatch(cloneMap(from), jsonDifference(from, to) as never)
        const result = 'value' in outcome ? outcome.value : outcome
        expect(sameData(result as YamlValue, to)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
