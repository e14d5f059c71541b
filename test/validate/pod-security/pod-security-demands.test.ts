import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../../generator/graph/build-graph.ts'
import { resourceSet } from '../../../generator/manifest/resource-set.ts'
import type { Profile } from '../../../generator/model/profile.ts'
import { runRules } from '../../../generator/validate/run-rules.ts'
import { podSecurityRules } from '../../../generator/validate/pod-security/registry.ts'
import { resourcesFromYaml } from '../../support/resources-from-yaml.ts'

const baseProfile: Profile = { production: true, kubernetes: ['1.34'] }

function found(
  labels: string,
  profile: Partial<Profile> = {},
  spec = 'hostNetwork: true, runtimeClassName: gvisor',
): readonly string[] {
  const resources = resourceSet(
    resourcesFromYaml(`
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { ${labels} } }
---
apiVersion: v1
kind: Pod
metadata: { name: api, namespace: shop }
spec: { ${spec}, containers: [] }
`),
  )
  const context = { profile: { ...baseProfile, ...profile }, resources, graph: buildGraph(resources) }
  return runRules(podSecurityRules, context).map(
    ({ code, severity, message }) => `${severity} ${code.slice(13)} ${message.slice(-15)}`,
  )
}

const label = (mode: string, value: string): string => `pod-security.kubernetes.io/${mode}: ${value}`
const probe = 'initContainers: [{ name: a, startupProbe: { httpGet: { host: a } } }]'

describe('what an object is held to', () => {
  test.each([
    { name: 'no label', labels: '', expected: [] },
    { name: 'privileged', labels: label('enforce', 'privileged'), expected: [] },
    { name: 'enforce', labels: label('enforce', 'baseline'), expected: ['error host-namespaces baseline v1.34)'] },
    { name: 'warn', labels: label('warn', 'baseline'), expected: ['warning host-namespaces baseline v1.34)'] },
    { name: 'audit', labels: label('audit', 'baseline'), expected: ['info host-namespaces baseline v1.34)'] },
    {
      name: 'one finding, of the strictest mode',
      labels: [label('audit', 'baseline'), label('enforce', 'baseline'), label('warn', 'baseline')].join(', '),
      expected: ['error host-namespaces baseline v1.34)'],
    },
    {
      name: 'an older version',
      labels: `${label('enforce', 'baseline')}, ${label('enforce-version', 'v1.20')}`,
      expected: ['error host-namespaces baseline v1.20)'],
    },
    {
      name: 'a version newer than the cluster is the cluster’s',
      labels: `${label('enforce', 'baseline')}, ${label('enforce-version', 'v1.36')}`,
      expected: ['error host-namespaces baseline v1.34)'],
    },
    {
      name: 'the profile asks for more than the namespace',
      labels: label('enforce', 'privileged'),
      profile: { podSecurity: 'baseline' } as const,
      expected: ['error host-namespaces baseline v1.34)'],
    },
    {
      name: 'the namespace enforces more than the profile asks for: the cluster would refuse the pod all the same',
      labels: `${label('enforce', 'baseline')}, ${label('enforce-version', 'v1.20')}`,
      profile: { podSecurity: 'privileged' } as const,
      expected: ['error host-namespaces baseline v1.20)'],
    },
    {
      name: 'an exempt namespace',
      labels: label('enforce', 'baseline'),
      profile: { podSecurityExemptions: { namespaces: ['shop'] } },
      expected: [],
    },
    {
      name: 'an exempt runtime class',
      labels: label('enforce', 'baseline'),
      profile: { podSecurityExemptions: { runtimeClasses: ['gvisor'] } },
      expected: [],
    },
  ])('$name', ({ labels, profile, expected }) => {
    expect(found(labels, profile)).toEqual(expected)
  })

  test('latest is as new as the cluster', () => {
    const labels = label('enforce', 'baseline')
    expect(found(labels, { kubernetes: ['1.33'] }, probe)).toEqual([])
    expect(found(labels, { kubernetes: ['1.33', '1.34'] }, probe)).toHaveLength(1)
  })

  test('a label that cannot be read counts as restricted', () => {
    expect(found(label('enforce', 'base')).some(line => line.includes('host-namespaces'))).toBe(true)
  })
})
