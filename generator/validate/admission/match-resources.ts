// Which objects a policy or binding looks at, when they are created.
// k8s.io/apiserver/pkg/admission/plugin/policy/matching and webhook/predicates

import { selectorMatches } from '../../manifest/label-selector.ts'
import { groupOf, versionOf, type Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, isMap, type YamlMap } from '../../manifest/value.ts'

/** `unknown`: it depends on labels of a Namespace that is not in sight. */
export type Match = 'yes' | 'no' | 'unknown'

/**
 * @param constraints `spec.matchConstraints` of a policy, or `spec.matchResources` of a binding (an empty one matches everything)
 * @param namespaceLabels labels of the object's Namespace; undefined when it is not in sight
 */
export function matchResource(constraints: YamlMap, resource: Resource, namespaceLabels: YamlMap | undefined): Match {
  const rules = asList(constraints['resourceRules']).filter(isMap)
  if (constraints['resourceRules'] !== undefined && !rules.some(rule => ruleMatches(rule, resource, constraints)))
    return 'no'
  const excluded = asList(constraints['excludeResourceRules']).filter(isMap)
  if (excluded.some(rule => ruleMatches(rule, resource, constraints))) return 'no'
  const labels = asMap(asMap(resource.object['metadata'])['labels'])
  if (!selectorMatches(asMap(constraints['objectSelector']), labels)) return 'no'
  return matchNamespace(asMap(constraints['namespaceSelector']), resource, labels, namespaceLabels)
}

function matchNamespace(
  selector: YamlMap,
  resource: Resource,
  labels: YamlMap,
  namespaceLabels: YamlMap | undefined,
): Match {
  if (Object.keys(selector).length === 0) return 'yes'
  if (resource.kind === 'Namespace' && groupOf(resource.apiVersion) === '') {
    return selectorMatches(selector, withName(labels, resource.name)) ? 'yes' : 'no'
  }
  if (resource.namespace === undefined) return 'yes'
  if (namespaceLabels !== undefined) {
    return selectorMatches(selector, withName(namespaceLabels, resource.namespace)) ? 'yes' : 'no'
  }
  return onlyNames(selector) ? (selectorMatches(selector, withName({}, resource.namespace)) ? 'yes' : 'no') : 'unknown'
}

const nameLabel = 'kubernetes.io/metadata.name'

/** Every Namespace carries its name as a label. */
function withName(labels: YamlMap, name: string): YamlMap {
  return { ...labels, [nameLabel]: name }
}

function onlyNames(selector: YamlMap): boolean {
  const keys = [
    ...Object.keys(asMap(selector['matchLabels'])),
    ...asList(selector['matchExpressions']).map(expression => asString(asMap(expression)['key'])),
  ]
  return keys.every(key => key === nameLabel)
}

function ruleMatches(rule: YamlMap, resource: Resource, constraints: YamlMap): boolean {
  const { apiVersion, kind, name, namespace } = resource
  const equivalent = constraints['matchPolicy'] !== 'Exact'
  const resourceNames = asList(rule['resourceNames'])
  return (
    includes(rule['operations'], 'CREATE') &&
    includes(rule['apiGroups'], groupOf(apiVersion)) &&
    (equivalent || includes(rule['apiVersions'], versionOf(apiVersion))) &&
    (includes(rule['resources'], pluralOf(kind)) || asList(rule['resources']).includes('*/*')) &&
    scopeMatches(asString(rule['scope']), namespace !== undefined) &&
    (resourceNames.length === 0 || resourceNames.includes(name))
  )
}

function includes(list: YamlMap[string], wanted: string): boolean {
  return asList(list).some(item => item === '*' || item === wanted)
}

function scopeMatches(scope: string | undefined, namespaced: boolean): boolean {
  return scope === undefined || scope === '*' || (scope === 'Namespaced') === namespaced
}

/** The resource name of a kind, by the rule code generators follow. */
export function pluralOf(kind: string): string {
  const lower = kind.toLowerCase()
  if (lower === 'endpoints') return lower
  if (/(s|x|z|ch|sh)$/.test(lower)) return `${lower}es`
  return /[^aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`
}
