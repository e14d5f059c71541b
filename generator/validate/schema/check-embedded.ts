// An object inside a custom resource (x-kubernetes-embedded-resource): its apiVersion, kind, name and labels are held to syntax as those
// of any object. Follows apiextensions-apiserver/pkg/apiserver/schema/objectmeta/validation.go.

import {
  dns1035LabelFault,
  labelValueFault,
  pathSegmentFault,
  qualifiedNameFault,
  type NameCheck,
} from '../../manifest/names.ts'
import { asMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { quote, report, type Walk } from './walk.ts'

export function checkEmbedded(object: YamlMap, walk: Walk): void {
  const metadata = asMap(object['metadata'])
  checkText(walk, ['apiVersion'], object['apiVersion'], versionFault)
  checkText(walk, ['kind'], object['kind'], kindFault)
  if (metadata['name'] !== '') checkText(walk, ['metadata', 'name'], metadata['name'], pathSegmentFault)
  for (const [key, value] of Object.entries(asMap(metadata['labels']))) {
    checkText(walk, ['metadata', 'labels', key], key, qualifiedNameFault)
    checkText(walk, ['metadata', 'labels', key], value, labelValueFault)
  }
  for (const key of Object.keys(asMap(metadata['annotations']))) {
    checkText(walk, ['metadata', 'annotations', key], key.toLowerCase(), qualifiedNameFault)
  }
}

function checkText(walk: Walk, place: readonly string[], value: YamlValue | undefined, check: NameCheck): void {
  const fault = typeof value === 'string' ? check(value) : undefined
  if (fault === undefined) return
  walk.path.push(...place)
  report(walk, 'schema/constraint', {
    message: `${quote(value ?? null)} ${fault}`,
    help: 'Write the object as it would be applied on its own.',
  })
  walk.path.length -= place.length
}

function versionFault(value: string): string | undefined {
  if (value === '') return 'must not be empty'
  return value.split('/').length > 2 ? 'must be a group and a version' : undefined
}

function kindFault(value: string): string | undefined {
  return value === '' ? 'must not be empty' : dns1035LabelFault(value.toLowerCase())
}
