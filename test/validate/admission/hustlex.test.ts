// HustleX's own policies: its environments pass them, and an object that breaks one does not.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renderPlatform } from '../../../generator/generate/render-platform.ts'
import { buildGraph } from '../../../generator/graph/build-graph.ts'
import type { Resource } from '../../../generator/manifest/resource.ts'
import { resourceSet } from '../../../generator/manifest/resource-set.ts'
import type { YamlMap } from '../../../generator/manifest/value.ts'
import hustlex from '../../../generator/platform/hustlex.ts'
import { admissionRules } from '../../../generator/validate/admission/registry.ts'
import { runRules } from '../../../generator/validate/run-rules.ts'

const { environments } = renderPlatform(hustlex, readFileSync('generator/platform/releases.yaml', 'utf8')).value
const production = environments.find(({ name }) => name === 'production')

function findings(change: (resource: Resource) => Resource): readonly string[] {
  if (production === undefined) throw new Error('HustleX has no production')
  const resources = resourceSet(production.resources.map(change))
  return runRules(admissionRules, { resources, profile: production.profile, graph: buildGraph(resources) }).map(
    ({ code, message }) => `${code} ${message}`,
  )
}

function edited(kind: string, edit: (object: YamlMap) => YamlMap): (resource: Resource) => Resource {
  return resource => (resource.kind === kind ? { ...resource, object: edit(resource.object) } : resource)
}

test('production passes', () => {
  expect(findings(resource => resource)).toEqual([])
})

test.each([
  {
    name: 'a StatefulSet without protection',
    change: edited('StatefulSet', object => ({
      ...object,
      metadata: { ...(object['metadata'] as YamlMap), annotations: {} },
    })),
    expected: [/^admission\/denied .*"hustlex-kept-data"/],
  },
  {
    name: 'a moving tag',
    change: edited(
      'StatefulSet',
      object => JSON.parse(JSON.stringify(object).replace('postgres:16-alpine', 'postgres')) as YamlMap,
    ),
    expected: [/^admission\/denied .*"hustlex-fixed-images"/],
  },
  {
    name: 'no memory limit',
    change: edited(
      'StatefulSet',
      object => JSON.parse(JSON.stringify(object).replaceAll('"limits"', '"claims"')) as YamlMap,
    ),
    expected: [/^admission\/denied .*"hustlex-bounded-memory"/],
  },
])('$name is refused', ({ change, expected }) => {
  const found = findings(change)
  expect(found).toHaveLength(expected.length)
  for (const [index, pattern] of expected.entries()) expect(found[index]).toMatch(pattern)
})
