// K9: kustomize put a content hash into the name of a ConfigMap or Secret, but a field it does not know as a reference keeps the
// bare name (kustomize api/internal/konfig/builtinpluginconsts/namereference.go; kubernetes-sigs/kustomize#4674).

import { pointer } from '../../../manifest/pointer.ts'
import { hasReferenceFields } from '../../../manifest/references-of.ts'
import { groupOf, type Resource } from '../../../manifest/resource.ts'
import { isList, isMap, type YamlValue } from '../../../manifest/value.ts'
import type { Finding, Rule, RuleContext } from '../../rule.ts'
import { existsElsewhere } from '../always-there.ts'
import { hashedKey, hashedNameFor, hashedObjects } from '../hashed-name.ts'

export const bareHashedName: Rule = {
  code: 'reference/bare-hashed-name',
  severity: 'error',
  summary: 'Names of generated ConfigMaps and Secrets carry their hash wherever they are used.',
  appliesIn: ({ graph }) => hashedObjects(graph).size > 0,
  appliesTo: ({ kind, apiVersion }) => hasReferenceFields(kind) || isCustom(apiVersion),
  *check(resource, context) {
    const seen = new Set<string>()
    for (const reference of context.graph.referencesFrom(resource)) {
      const { at, kind, namespace, name, group, optional } = reference
      const meant = hashedNameFor(reference, context.graph)
      if (meant === undefined || context.graph.resolve(reference) !== undefined) continue
      if (context.graph.produced(kind, namespace, name) !== undefined) continue
      if (existsElsewhere(kind, namespace, name, group, context.profile)) continue
      seen.add(at.pointer)
      yield { ...bareName(at, name, meant), ...(optional ? { severity: 'warning' as const } : {}) }
    }
    if (isCustom(resource.apiVersion)) yield* unknownFields(resource, context, seen)
  },
}

function bareName(at: Finding['at'], name: string, meant: Resource): Finding {
  return {
    at,
    message: `"${name}" is the name of ${meant.kind} "${meant.name}" without its hash`,
    help: 'Tell kustomize about the field (configurations: nameReference), or set disableNameSuffixHash for this generator.',
    related: [{ at: { resource: meant, pointer: '/metadata/name' }, note: 'the object that is rendered' }],
  }
}

function isCustom(apiVersion: string): boolean {
  const group = groupOf(apiVersion)
  return group.includes('.') && !group.endsWith('.k8s.io') ? true : group === 'gateway.networking.k8s.io'
}

/** Strings of a custom resource below a field that speaks of secrets or config maps. */
function* unknownFields(resource: Resource, context: RuleContext, seen: ReadonlySet<string>): Iterable<Finding> {
  for (const { text, path, kindBeside } of strings(resource.object['spec'], ['spec'])) {
    const at = { resource, pointer: pointer(...path) }
    const kind = kindBeside ?? kindMeant(path)
    if (kind === undefined || seen.has(at.pointer)) continue
    const meant = hashedObjects(context.graph).get(hashedKey(kind, resource.namespace, text))
    if (meant === undefined || context.graph.find(kind, resource.namespace, text) !== undefined) continue
    if (context.graph.produced(kind, resource.namespace, text) !== undefined) continue
    if (existsElsewhere(kind, resource.namespace, text, '', context.profile)) continue
    yield bareName(at, text, meant)
  }
}

function kindMeant(path: readonly (string | number)[]): 'Secret' | 'ConfigMap' | undefined {
  const words = path.filter(token => typeof token === 'string').join('/')
  if (/secret/i.test(words)) return 'Secret'
  return /config-?map/i.test(words) ? 'ConfigMap' : undefined
}

interface Text {
  readonly text: string
  readonly path: readonly (string | number)[]
  /** What a name is the name of, where a field beside it says so: `{ kind: Secret, name: … }`. */
  readonly kindBeside?: 'Secret' | 'ConfigMap'
}

function* strings(value: YamlValue | undefined, path: readonly (string | number)[]): Iterable<Text> {
  if (typeof value === 'string') yield { text: value, path }
  else if (isList(value)) {
    for (const [index, item] of value.entries()) yield* strings(item, [...path, index])
  } else if (isMap(value)) {
    const { kind } = value
    for (const [field, item] of Object.entries(value)) {
      if (field === 'name' && typeof item === 'string' && (kind === 'Secret' || kind === 'ConfigMap')) {
        yield { text: item, path: [...path, field], kindBeside: kind }
      } else yield* strings(item, [...path, field])
    }
  }
}
