// The rules in a CustomResourceDefinition's schemas, each with the place it stands at: whether they compile under the types there, and
// whether the server would find them too costly.

import { pointer } from '../../manifest/pointer.ts'
import { asList, asMap, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { releaseForNew } from '../cel/releases.ts'
import { ruleFaults } from '../cel/rule-faults.ts'
import { decodeDefinedSchema } from './custom-schema.ts'
import { costFindings } from './rule-costs.ts'
import type { SchemaNode, ValidationRule } from './schema-node.ts'
import type { VersionSchemas } from './version-schemas.ts'
import { minorVersion } from './versions.ts'
import type { RawFinding } from './walk.ts'

interface Level {
  readonly schema: YamlMap
  readonly node: SchemaNode
  readonly at: string
  readonly root: boolean
  readonly uncorrelated: boolean
  readonly release: string
}

/** What is wrong with the rules of every version of a definition. */
export function ruleFindings(spec: YamlMap, version: VersionSchemas): readonly RawFinding[] {
  return asList(spec['versions']).flatMap((entry, index) => {
    const schema = asMap(asMap(entry)['schema'])['openAPIV3Schema']
    if (!isMap(schema)) return []
    const node = decodeDefinedSchema(schema, version)
    if (node.ruled !== true) return []
    const at = pointer('spec', 'versions', index, 'schema', 'openAPIV3Schema')
    const release = releaseForNew(version.version)
    const level = { schema, node, at, root: true, release }
    const minor = Number(minorVersion(version.version).split('.')[1])
    return [
      ...levelFindings({ ...level, uncorrelated: false }),
      ...costFindings({ ...level, minor, path: '', often: 1n, around: [] }),
    ]
  })
}

const rulesKey = 'x-kubernetes-validations'

function* levelFindings(level: Level): Generator<RawFinding> {
  const { schema, node, at, root, uncorrelated, release } = level
  for (const [index, value] of asList(schema[rulesKey]).entries()) {
    // What is not a rule at all is found by the schema of the definition.
    if (!isRule(value)) continue
    for (const { field, message, help } of ruleFaults(value, { node, root, uncorrelated, release })) {
      yield { code: 'schema/invalid-rule', pointer: at + pointer(rulesKey, index, field), message, help }
    }
  }
  yield* childFindings(level)
}

function isRule(value: YamlValue): value is YamlValue & ValidationRule {
  return isMap(value) && typeof value['rule'] === 'string'
}

function* childFindings({ schema, node, at, uncorrelated, release }: Level): Generator<RawFinding> {
  const properties = node.shape?.().properties
  for (const [name, child] of Object.entries(asMap(schema['properties']))) {
    yield* childLevel(child, properties?.get(name), `${at}/properties${pointer(name)}`, { uncorrelated, release })
  }
  yield* childLevel(schema['additionalProperties'], node.values, `${at}/additionalProperties`, {
    uncorrelated,
    release,
  })
  const keyless = uncorrelated || node.keys === undefined
  yield* childLevel(schema['items'], node.items, `${at}/items`, { uncorrelated: keyless, release })
  // Rules of a branch see the types outside it.
  for (const [index, branch] of asList(schema['allOf']).entries()) {
    yield* childLevel(branch, node, `${at}/allOf/${index}`, { uncorrelated, release })
  }
}

function* childLevel(
  schema: YamlValue | undefined,
  node: SchemaNode | undefined,
  at: string,
  inherited: Pick<Level, 'uncorrelated' | 'release'>,
): Generator<RawFinding> {
  if (isMap(schema) && node !== undefined) {
    yield* levelFindings({ schema, node, at, root: node.embedded === true, ...inherited })
  }
}
