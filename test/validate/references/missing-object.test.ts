import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../../generator/graph/build-graph.ts'
import { resourceSet } from '../../../generator/manifest/resource-set.ts'
import type { Profile } from '../../../generator/model/profile.ts'
import { referenceRules } from '../../../generator/validate/references/registry.ts'
import { runRules } from '../../../generator/validate/run-rules.ts'
import { resourcesFromYaml } from '../../support/resources-from-yaml.ts'

function severities(text: string, profile: Partial<Profile>): readonly string[] {
  const resources = resourceSet(resourcesFromYaml(text))
  const whole: Profile = { production: true, kubernetes: ['1.34'], ...profile }
  return runRules(referenceRules, { profile: whole, resources, graph: buildGraph(resources) })
    .filter(({ code }) => code.startsWith('reference/dangling-'))
    .map(({ severity }) => severity)
}

const pod = (spec: string, namespace = 'shop'): string =>
  `{ apiVersion: v1, kind: Pod, metadata: { name: a, namespace: ${namespace} }, spec: { ${spec} } }`
const object = (kind: string, name: string, namespace?: string): string =>
  `\n---\n{ apiVersion: v1, kind: ${kind}, metadata: { name: ${name}${namespace === undefined ? '' : `, namespace: ${namespace}`} } }`
const config = pod('containers: [{ envFrom: [{ configMapRef: { name: c } }] }]')
const secret = pod('containers: [{ envFrom: [{ secretRef: { name: s } }] }]')
const sealed = `\n---\n{ apiVersion: bitnami.com/v1alpha1, kind: SealedSecret, metadata: { name: o, namespace: shop } }`
const declared = { externalObjects: [] } as const
const staging = { production: false } as const

describe('how bad a missing object is', () => {
  test.each([
    { name: 'a declared platform in production', text: config, profile: declared, expected: 'error' },
    { name: 'a declared platform in staging', text: config, profile: { ...declared, ...staging }, expected: 'warning' },
    { name: 'an undeclared tree without such objects', text: config, profile: {}, expected: 'warning' },
    {
      name: 'an undeclared tree with such objects',
      text: config + object('ConfigMap', 'o', 'shop'),
      profile: {},
      expected: 'error',
    },
    {
      name: 'such objects in another namespace only',
      text: config + object('ConfigMap', 'o', 'other'),
      profile: {},
      expected: 'warning',
    },
    {
      name: 'that very name in another namespace',
      text: config + object('ConfigMap', 'c', 'other'),
      profile: {},
      expected: 'error',
    },
    {
      name: 'that very name without a namespace',
      text: config + object('ConfigMap', 'c'),
      profile: declared,
      expected: 'warning',
    },
    {
      name: 'such objects in staging',
      text: config + object('ConfigMap', 'o', 'shop'),
      profile: staging,
      expected: 'error',
    },
    { name: 'a Secret of an undeclared tree', text: secret, profile: {}, expected: 'warning' },
    { name: 'a Secret where others are made', text: secret + sealed, profile: {}, expected: 'error' },
    { name: 'a Secret in staging where others are made', text: secret + sealed, profile: staging, expected: 'warning' },
    {
      name: 'a cluster-wide object nobody speaks of',
      text: pod('priorityClassName: p'),
      profile: declared,
      expected: 'info',
    },
    {
      name: 'a cluster-wide object of a rendered kind',
      text: pod('priorityClassName: p') + object('PriorityClass', 'o'),
      profile: {},
      expected: 'error',
    },
  ])('$name', ({ text, profile, expected }) => {
    expect(severities(text, profile)).toEqual([expected])
  })

  test.each([
    { name: 'declared, any namespace', external: { kind: 'ConfigMap', name: 'c' }, expected: 0 },
    {
      name: 'declared in another namespace',
      external: { kind: 'ConfigMap', name: 'c', namespace: 'other' },
      expected: 1,
    },
    { name: 'declared as another kind', external: { kind: 'Secret', name: 'c' }, expected: 1 },
  ])('$name', ({ external, expected }) => {
    expect(severities(config, { externalObjects: [{ ...external, reason: 'made by hand' }] })).toHaveLength(expected)
  })
})
