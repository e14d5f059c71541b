// What the API server's rules cost over a synthetic environment of 1,000 apps, beside the schema check of the same objects.
// Functions for the benchmark to call; run by itself it prints objects per second.

import { pathToFileURL } from 'node:url'
import { buildGraph } from '../../generator/graph/build-graph.ts'
import { resourceSet } from '../../generator/manifest/resource-set.ts'
import type { Resource } from '../../generator/manifest/resource.ts'
import { apiServerRules } from '../../generator/validate/schema/rules/registry.ts'
import type { RuleContext } from '../../generator/validate/rule.ts'
import { runRules } from '../../generator/validate/run-rules.ts'
import { syntheticFleet } from './policy.ts'

export interface ApiRuleTime {
  readonly objects: number
  readonly milliseconds: number
  readonly findings: number
}

/** Processor time of all API-server rules over fresh objects. */
export function timeApiRules(resources: readonly Resource[]): ApiRuleTime {
  const set = resourceSet(resources)
  const profile = { environment: 'production', production: true, kubernetes: ['1.34'], ignoredFields: [] }
  const context: RuleContext = { profile, resources: set, graph: buildGraph(set) }
  const start = process.cpuUsage()
  const findings = runRules(apiServerRules, context).length
  return { objects: resources.length, milliseconds: process.cpuUsage(start).user / 1000, findings }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  timeApiRules(syntheticFleet(50))
  for (let run = 0; run < 3; run++) {
    const { objects, milliseconds, findings } = timeApiRules(syntheticFleet(1000))
    const rate = Math.round(objects / (milliseconds / 1000))
    console.log(`${objects} objects, ${Math.round(milliseconds)} ms, ${rate} objects/s, ${findings} findings`)
  }
}
