// What the schema check costs: opening one version, and documents per second over distinct objects of a synthetic fleet.
// Exports functions for scripts/bench.ts; run alone, it prints a table.

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { openCatalog, type SchemaCatalog } from '../../generator/validate/schema/catalog.ts'
import { createSchemaChecker } from '../../generator/validate/schema/schema-checker.ts'
import { kubernetesVersions } from '../../generator/validate/schema/versions.ts'
import { syntheticObjects } from './references.ts'

const schemas = path.join(import.meta.dirname, '..', '..', 'schemas')

export interface SchemaTimes {
  readonly version: string
  /** Milliseconds from nothing read to the first Deployment checked. */
  readonly load: number
  readonly documents: number
  readonly documentsPerSecond: number
}

/** Times one version: a cold catalog, then `apps` apps of 25 objects, each checked once. */
export function measureSchemas(version: string, apps: number): SchemaTimes {
  const objects = syntheticObjects(apps)
  const first = objects.find(({ kind }) => kind === 'Deployment')
  const begin = performance.now()
  const checker = createSchemaChecker(committed(), { versions: [version] })
  if (first !== undefined) checker.check(first)
  const load = performance.now() - begin
  const start = performance.now()
  let findings = 0
  for (const object of objects) findings += checker.check(object).findings.length
  const seconds = (performance.now() - start) / 1000
  if (findings > 0) throw new Error(`${findings} findings in objects that are clean`)
  return { version, load, documents: objects.length, documentsPerSecond: Math.round(objects.length / seconds) }
}

/** The schemas of this checkout. */
export function committed(): SchemaCatalog {
  return openCatalog(name => {
    const file = path.join(schemas, name)
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined
  })
}

function main(): void {
  for (const version of kubernetesVersions.toReversed()) {
    const { load, documents, documentsPerSecond } = measureSchemas(version, 1000)
    console.log(`${version}  load ${load.toFixed(1)} ms  ${documents} documents  ${documentsPerSecond} documents/s`)
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
