// Namespaces that another part of the same run brings: a kustomization of namespaces, a loose file, or an Application that creates
// its destination with labels (managedNamespaceMetadata). Their labels decide about pods and admission wherever the pods stand.

import { syncOptionsOf } from '../argocd/simulate/read-argocd.ts'
import { groupOf, toResource, type Resource } from '../manifest/resource.ts'
import { asMap, asString, isMap, type YamlMap } from '../manifest/value.ts'
import { sameData } from '../merge/same-data.ts'
import type { CheckSet } from './check-sets.ts'

/**
 * The sets, each knowing the Namespaces that its objects live in and other sets render. Where two disagree about labels (one name in
 * two clusters), neither is taken.
 */
export function withSharedNamespaces(sets: readonly CheckSet[]): readonly CheckSet[] {
  const byName = new Map<string, Resource | 'ambiguous'>()
  for (const namespace of sets.flatMap(({ resources }) => resources).flatMap(namespacesOf)) {
    const known = byName.get(namespace.name)
    if (known === undefined) byName.set(namespace.name, namespace)
    else if (known === 'ambiguous' || !sameData(labelsOf(known), labelsOf(namespace)))
      byName.set(namespace.name, 'ambiguous')
  }
  return byName.size === 0 ? sets : sets.map(set => withNamespaces(set, byName))
}

function withNamespaces(set: CheckSet, byName: ReadonlyMap<string, Resource | 'ambiguous'>): CheckSet {
  const own = new Set(set.resources.filter(isNamespace).map(({ name }) => name))
  const used = new Set(set.resources.flatMap(({ namespace }) => namespace ?? []))
  const shared = [...used].flatMap(name => {
    const found = own.has(name) ? undefined : byName.get(name)
    return found === undefined || found === 'ambiguous' ? [] : [found]
  })
  if (shared.length === 0) return set
  const { admissionObjects = [] } = set.profile
  return { ...set, profile: { ...set.profile, admissionObjects: [...admissionObjects, ...shared] } }
}

function isNamespace({ kind, apiVersion }: Resource): boolean {
  return kind === 'Namespace' && groupOf(apiVersion) === ''
}

function labelsOf({ object }: Resource): YamlMap {
  return asMap(asMap(object['metadata'])['labels'])
}

/** The object itself, or the Namespace that an Application creates with labels of its own. */
function namespacesOf(resource: Resource): readonly Resource[] {
  if (isNamespace(resource)) return [resource]
  if (resource.kind !== 'Application' || groupOf(resource.apiVersion) !== 'argoproj.io') return []
  const spec = asMap(resource.object['spec'])
  const name = asString(asMap(spec['destination'])['namespace'])
  const metadata = asMap(spec['syncPolicy'])['managedNamespaceMetadata']
  if (name === undefined || !isMap(metadata) || !syncOptionsOf(resource.object).includes('CreateNamespace=true'))
    return []
  const { labels = {} } = metadata
  const made = toResource({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }, resource.source)
  return made === undefined ? [] : [made]
}
