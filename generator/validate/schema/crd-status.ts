// The subresource status of a version of a CustomResourceDefinition, and what the root of its schema may hold beside it.
// Follows apiextensions-apiserver/pkg/apis/apiextensions/validation/validation.go (ValidateCustomResourceDefinitionValidation,
// allowedFieldsAtRootSchema).

import { pointer } from '../../manifest/pointer.ts'
import { asMap, isMap, type YamlMap } from '../../manifest/value.ts'
import type { Problem } from './crd-problem.ts'

const rootKeywords: ReadonlySet<string> = new Set([
  'description',
  'type',
  'format',
  'title',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'pattern',
  'maxItems',
  'minItems',
  'uniqueItems',
  'multipleOf',
  'required',
  'items',
  'properties',
  'externalDocs',
  'example',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-validations',
])

/** @param at pointer of the version inside the definition */
export function* statusProblems(entry: YamlMap, at: string): Generator<Problem> {
  const status = asMap(entry['subresources'])['status']
  if (!isMap(status)) return
  if (Object.keys(status).length > 0) {
    yield {
      at: `${at}/subresources/status`,
      message: 'the subresource status has no fields of its own',
      help: 'Write "status: {}"; its fields stand in the schema.',
    }
  }
  for (const [keyword, value] of Object.entries(asMap(asMap(entry['schema'])['openAPIV3Schema']))) {
    if (rootKeywords.has(keyword) || value === false || value === '') continue
    yield {
      at: `${at}/schema/openAPIV3Schema${pointer(keyword)}`,
      message: `"${keyword}" is not allowed at the root of the schema beside the subresource status`,
      help: 'Move it to the schema of a field, such as spec, or write a rule (x-kubernetes-validations).',
    }
  }
}
