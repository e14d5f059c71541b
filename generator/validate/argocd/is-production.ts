// Whether an Application, AppProject or ApplicationSet is about production. Said by a label, or by the words in its names:
// an Argo CD directory holds the objects of every environment side by side, so the run's profile cannot say it.

import type { Resource } from '../../manifest/resource.ts'
import { asMap, asString, isList, isMap, type YamlValue } from '../../manifest/value.ts'

const labels = ['environment', 'env', 'app.kubernetes.io/environment']
const word = /(^|[^a-z0-9])(production|prod|prd|live)([^a-z0-9]|$)/i
const others = /(^|[^a-z0-9])(non-?prod|non-?production|pre-?prod|pre-?production)([^a-z0-9]|$)/i

/** Labels decide where there are any; else project, path, destination and name. */
export function isProduction(resource: Resource): boolean {
  const own = asMap(asMap(resource.object['metadata'])['labels'])
  const label = labels.map(name => asString(own[name])).find(value => value !== undefined)
  if (label !== undefined) return speaksOfProduction(label)
  return [resource.name, ...identifying(resource.object['spec'])].some(speaksOfProduction)
}

export function speaksOfProduction(text: string): boolean {
  return word.test(text) && !others.test(text)
}

const telling = new Set(['project', 'path', 'namespace', 'name', 'server', 'env', 'environment', 'cluster'])

/** Fields in which a word says nothing about the environment: parameters, patches, permissions. */
const silent = new Set([
  'helm',
  'ignoreDifferences',
  'info',
  'kustomize',
  'directory',
  'namespaceResourceBlacklist',
  'namespaceResourceWhitelist',
  'plugin',
  'roles',
  'syncPolicy',
  'syncWindows',
])

/** Strings of the fields that name environments, wherever they stand in a spec. */
function identifying(value: YamlValue | undefined): readonly string[] {
  if (isList(value)) return value.flatMap(identifying)
  if (!isMap(value)) return []
  return Object.entries(value).flatMap(([key, item]) => {
    if (silent.has(key)) return []
    return typeof item === 'string' ? (telling.has(key) ? [item] : []) : identifying(item)
  })
}
