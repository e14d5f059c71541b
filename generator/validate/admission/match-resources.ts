// Which objects a policy or binding looks at, when they are created.
// k8s.io/apiserver/pkg/admission/plugin/policy/matching and webhook/predicates

import { selectorMatches } from '../../manifest/label-selector.ts'
import { groupOf, versionOf, type Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, isMap, type YamlMap } from '../../manifest/value.ts'
import { isBuiltIn } from './server-defaults.ts'

/** Whether something matches, or on what it depends that is not in sight. */
export type Match = 'yes' | 'no' | { readonly dependsOn: string }

/**
 * @param constraints `spec.matchConstraints` of a policy, or `spec.matchResources` of a binding (an empty one matches everything)
 * @param namespaceLabels labels of the object's Namespace; undefined when it is not in sight
 */
export function matchResource(constraints: YamlMap, resource: Resource, namespaceLabels: YamlMap | undefined): Match {
  const included = constraints['resourceRules'] === undefined ? 'yes' : anyRule(constraints, 'resourceRules', resource)
  if (included === 'no') return 'no'
  const excluded = anyRule(constraints, 'excludeResourceRules', resource)
  if (excluded === 'yes') return 'no'
  const labels = asMap(asMap(resource.object['metadata'])['labels'])
  if (!selectorMatches(asMap(constraints['objectSelector']), labels)) return 'no'
  const inNamespace = matchNamespace(asMap(constraints['namespaceSelector']), resource, labels, namespaceLabels)
  if (inNamespace === 'no') return 'no'
  return [included, excluded, inNamespace].find(one => typeof one === 'object') ?? 'yes'
}

function anyRule(constraints: YamlMap, field: string, resource: Resource): Match {
  const answers = asList(constraints[field])
    .filter(isMap)
    .map(rule => matchRule(rule, resource, constraints['matchPolicy'] !== 'Exact'))
  return answers.find(one => one === 'yes') ?? answers.find(one => one !== 'no') ?? 'no'
}

function matchNamespace(
  selector: YamlMap,
  resource: Resource,
  labels: YamlMap,
  namespaceLabels: YamlMap | undefined,
): Match {
  const holds = (all: YamlMap, name: string): Match => (selectorMatches(selector, withName(all, name)) ? 'yes' : 'no')
  const { namespace } = resource
  if (Object.keys(selector).length === 0) return 'yes'
  if (resource.kind === 'Namespace' && groupOf(resource.apiVersion) === '') return holds(labels, resource.name)
  if (namespace === undefined) return 'yes'
  if (namespaceLabels !== undefined) return holds(namespaceLabels, namespace)
  return onlyNames(selector) ? holds({}, namespace) : { dependsOn: `labels of Namespace "${namespace}"` }
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

function matchRule(rule: YamlMap, { apiVersion, kind, name, namespace }: Resource, equivalent: boolean): Match {
  const resourceNames = asList(rule['resourceNames'])
  const matches =
    includes(rule['operations'], 'CREATE') &&
    includes(rule['apiGroups'], groupOf(apiVersion)) &&
    asList(rule['resources']).some(one => namesResource(asString(one) ?? '', pluralOf(kind))) &&
    scopeMatches(asString(rule['scope']), namespace !== undefined) &&
    (resourceNames.length === 0 || resourceNames.includes(name))
  if (!matches) return 'no'
  if (includes(rule['apiVersions'], versionOf(apiVersion))) return 'yes'
  return equivalent ? matchOtherVersion(asList(rule['apiVersions']), apiVersion) : 'no'
}

/** `pods`, `*`, and with a subresource that stands for all of them, none included: `pods/*`. */
function namesResource(written: string, plural: string): boolean {
  const [resource, subresource = ''] = written.split('/', 2)
  return (resource === '*' || resource === plural) && (subresource === '' || subresource === '*')
}

/** Versions of built-in groups that the server offers beside each other, for kinds people deploy. */
const servedTogether: Readonly<Record<string, readonly string[]>> = {
  autoscaling: ['v1', 'v2'],
  'networking.k8s.io': ['v1', 'v1beta1'],
  'resource.k8s.io': ['v1', 'v1beta1', 'v1beta2'],
}

/** `matchPolicy: Equivalent`: an object is converted to another version that the server has, and the policy sees that one. */
function matchOtherVersion(versions: readonly unknown[], apiVersion: string): Match {
  const group = groupOf(apiVersion)
  const served = isBuiltIn({ apiVersion }) ? (servedTogether[group] ?? []) : versions
  const other = versions.find(version => served.includes(asString(version) ?? ''))
  return other === undefined
    ? 'no'
    : { dependsOn: `how the server converts ${apiVersion} to ${group}/${asString(other)}` }
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
