import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { renderPlatform } from '../../../generator/generate/render-platform.ts'
import { buildGraph } from '../../../generator/graph/build-graph.ts'
import { resourceSet } from '../../../generator/manifest/resource-set.ts'
import hustlex from '../../../generator/platform/hustlex.ts'
import { policyRules } from '../../../generator/validate/policy/registry.ts'
import { runRules } from '../../../generator/validate/run-rules.ts'

const rendered = renderPlatform(hustlex, readFileSync('generator/platform/releases.yaml', 'utf8')).value

describe('no rule contradicts the tree this tool generates', () => {
  test('there are environments, and their Applications are known', () => {
    expect(rendered.environments.map(({ name }) => name)).toEqual(expect.arrayContaining(['staging', 'production']))
    for (const { profile } of rendered.environments) expect(profile.ignoredFields).toBeDefined()
  })

  test.each(rendered.environments.map(environment => ({ name: environment.name, environment })))(
    '$name',
    ({ environment }) => {
      const { resources, profile } = environment
      expect(resources.length).toBeGreaterThan(15)
      const set = resourceSet(resources)
      const found = runRules(policyRules, {
        profile,
        resources: set,
        graph: buildGraph(set),
      })
      expect(
        found.map(
          ({ code, resource, message }) => `${code} ${resource?.kind ?? ''}/${resource?.name ?? ''}: ${message}`,
        ),
      ).toEqual([])
    },
  )

  test('production has an autoscaler whose replicas only Argo CD leaves alone', () => {
    const production = rendered.environments.find(({ name }) => name === 'production')
    const set = resourceSet(production?.resources ?? [])
    const profile = { ...(production?.profile ?? { production: true, kubernetes: ['1.34'] }), ignoredFields: [] }
    const found = runRules(policyRules, { profile, resources: set, graph: buildGraph(set) })
    expect(found.map(({ code }) => code)).toEqual(['policy/no-replicas-with-autoscaler'])
  })
})
