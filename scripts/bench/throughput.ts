// What validating one large environment costs, schema validation beside all other rules, over the same objects in one run.
// Schema validation is the schema and the API server's own rules; all rules are references, policy, pod security, admission and
// Argo CD, and the graph they ask. Prints the table; scripts/bench.ts runs it bundled, as the program is.

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { buildGraph } from '../../generator/graph/build-graph.ts'
import { resourceSet } from '../../generator/manifest/resource-set.ts'
import type { Resource } from '../../generator/manifest/resource.ts'
import { ruleFamilies } from '../../generator/validate/rule-families.ts'
import { runRules } from '../../generator/validate/run-rules.ts'
import { openCatalog, type SchemaCatalog } from '../../generator/validate/schema/catalog.ts'
import { createSchemaChecker } from '../../generator/validate/schema/schema-checker.ts'
import { fleetProfile as profile, syntheticFleet } from './policy.ts'

const schemas = path.join(import.meta.dirname, '..', '..', 'schemas')

/** Stage to milliseconds of processor time, in the order they run. */
type StageTimes = ReadonlyMap<string, number>

/** One cold run over objects that nothing has looked at before. */
function timeStages(objects: readonly Resource[]): StageTimes {
  const times = new Map<string, number>()
  const timed = (stage: string, work: () => void): void => {
    const start = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(start)
    times.set(stage, (user + system) / 1000)
  }
  const resources = resourceSet(objects)
  const context = { profile, resources, graph: buildGraph(resources) }
  const checker = createSchemaChecker(committed(), { versions: profile.kubernetes })
  timed('schema', () => {
    for (const object of objects) checker.check(object)
  })
  for (const { family, rules } of ruleFamilies) {
    timed(family === 'schema' ? 'API-server rules' : family, () => runRules(rules, context))
  }
  return times
}

/** Schema validation and all rules of a run, and what the latter costs of the former. */
function sums(times: StageTimes): { readonly schema: number; readonly rules: number; readonly ratio: number } {
  const schemaStages = ['schema', 'API-server rules']
  const sum = (wanted: boolean): number =>
    [...times].reduce((total, [stage, time]) => total + (schemaStages.includes(stage) === wanted ? time : 0), 0)
  const [schema, rules] = [sum(true), sum(false)]
  return { schema, rules, ratio: rules / schema }
}

function committed(): SchemaCatalog {
  return openCatalog(name => {
    const file = path.join(schemas, name)
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined
  })
}

/** The table: every stage, both sums, and their ratio. */
function formatStages(times: StageTimes, objects: number): readonly string[] {
  const { schema, rules, ratio } = sums(times)
  return [
    ...[...times].map(([stage, time]) => `${stage.padEnd(19)}${time.toFixed(0)} ms`),
    `schema validation  ${schema.toFixed(0)} ms: schema and API-server rules, ${objects} objects`,
    `all other rules    ${rules.toFixed(0)} ms, with the graph they ask: ${ratio.toFixed(2)} × schema validation`,
  ]
}

const objects = syntheticFleet(Number(process.argv[2] ?? 1000))
console.log(formatStages(timeStages(objects), objects.length).join('\n'))
