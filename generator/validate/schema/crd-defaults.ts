// Defaults in the schemas of a CustomResourceDefinition, held to the rules (x-kubernetes-validations) that stand with them.
// Follows apiextensions-apiserver/pkg/apiserver/schema/defaulting/validation.go: once as a new value, once as one that stays.

import { pointer } from '../../manifest/pointer.ts'
import { asMap, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { releaseForNew } from '../cel/releases.ts'
import { evaluateSchemaRule } from '../cel/schema-rules.ts'
import type { Problem } from './crd-problem.ts'
import { decodeFragment } from './custom-schema.ts'
import { evaluateRules, hasRules } from './evaluate-rules.ts'
import type { VersionSchemas } from './version-schemas.ts'

/** @param at pointer of the schema inside the definition */
export function* defaultRuleProblems(schema: YamlMap, at: string, version: VersionSchemas): Generator<Problem> {
  const value: YamlValue | undefined = schema['default']
  if (value !== undefined && value !== null) yield* brokenRules(schema, value, at, version)
  for (const [name, field] of Object.entries(asMap(schema['properties']))) {
    if (isMap(field)) yield* defaultRuleProblems(field, `${at}/properties${pointer(name)}`, version)
  }
  if (isMap(schema['items'])) yield* defaultRuleProblems(schema['items'], `${at}/items`, version)
}

function* brokenRules(schema: YamlMap, value: YamlValue, at: string, version: VersionSchemas): Generator<Problem> {
  const node = decodeFragment(schema, version)
  if (!hasRules(node)) return
  const options = {
    evaluate: evaluateSchemaRule,
    root: schema['x-kubernetes-embedded-resource'] === true,
    release: releaseForNew(version.version),
  }
  const asNew = evaluateRules(node, value, options).findings
  const unchanged = evaluateRules(node, value, { ...options, old: value }).findings
  // What did not change is let through later, and is no more than a warning: as a new value it is looked at above.
  const found = [...asNew, ...unchanged.filter(({ severity }) => severity !== 'warning')]
  for (const { message, pointer: inner } of found) {
    yield {
      at: `${at}/default${inner}`,
      message: `the default breaks a rule of its schema: ${message}`,
      help: 'Correct the default or the rule.',
    }
  }
}
