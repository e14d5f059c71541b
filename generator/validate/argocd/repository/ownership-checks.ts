// Objects with more than one owner: two Applications that fight over one object, or one that renders it twice.

import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import { describeResource, resourceKey, type Resource } from '../../../manifest/resource.ts'
import { asList, asMap, asString } from '../../../manifest/value.ts'
import { cascadeFinalizer } from '../../../argocd/application.ts'
import { annotationValues, syncOptionsAnnotation } from '../../../argocd/simulate/hooks.ts'
import { ownershipOf, type OwnedObject } from '../../../argocd/simulate/ownership.ts'
import { syncOptionsOf } from '../../../argocd/simulate/read-argocd.ts'
import { isProduction } from '../is-production.ts'
import { report, some, type Check, type Repository } from './repository.ts'

/** One finding per pair of Applications. */
export const checkSharedObjects: Check = function* (repository) {
  const pairs = new Map<string, OwnedObject[][]>()
  for (const owned of ownershipOf(repository.applications, repository.scopeOf, repository.input.clusters).values()) {
    const owners = [...new Set(owned.map(each => each.owner))]
    const [first, second] = owners
    if (first === undefined || second === undefined) continue
    const key = `${resourceKey(first.application)} ${resourceKey(second.application)}`
    pairs.set(key, [...(pairs.get(key) ?? []), [...owned]])
  }
  for (const shared of pairs.values()) yield* sharedBy(shared)
}

function* sharedBy(shared: readonly (readonly OwnedObject[])[]): Iterable<Diagnostic> {
  const [one] = shared
  const first = one?.[0]
  const second = one?.find(each => each.owner !== first?.owner)
  if (first === undefined || second === undefined) return
  const objects = shared.flatMap(each => each[0]?.resource ?? [])
  yield report({
    code: 'argocd/shared-object',
    severity: 'error',
    at: { resource: second.owner.application, pointer: '/spec' },
    message: `${some(objects.map(describeResource))} ${objects.length === 1 ? 'belongs' : 'belong'} to Application "${first.owner.application.name}" too; they overwrite each other, and when one drops an object the other loses it`,
    help: 'Let one Application own the object, or give them different namespaces or clusters.',
    related: [
      { at: { resource: first.owner.application, pointer: '/spec' }, note: 'the other owner' },
      { at: { resource: first.resource, pointer: '' }, note: 'rendered for the one' },
      { at: { resource: second.resource, pointer: '' }, note: 'rendered for the other' },
    ],
  })
}

/** Within one Application the last rendering of an object wins (controller/state.go, RepeatedResourceWarning). */
export const checkRepeatedObjects: Check = function* (repository) {
  for (const deployed of repository.applications) {
    for (const owned of ownershipOf([deployed], repository.scopeOf).values()) {
      const [first, second] = owned
      if (first === undefined || second === undefined) continue
      yield report({
        code: 'argocd/repeated-object',
        severity: 'error',
        at: { resource: deployed.application, pointer: '/spec' },
        message: `${describeResource(first.resource)} is rendered ${owned.length} times, and the last one wins`,
        help: 'Render the object once.',
        related: owned.map(({ resource }) => ({ at: { resource, pointer: '' }, note: 'rendered here' })),
      })
    }
  }
}

/** Kinds whose deletion takes data, or everything else, with them. */
const stateful = new Set([
  'Namespace',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'StatefulSet',
  'CustomResourceDefinition',
])

/** Production Applications that delete everything when they are deleted. */
export const checkCascadingDeletion: Check = function* ({ applications }: Repository) {
  for (const { application, resources, complete } of applications) {
    const finalizers = asList(asMap(application.object['metadata'])['finalizers']).map(value => asString(value) ?? '')
    const index = finalizers.findIndex(finalizer => finalizer.startsWith(cascadeFinalizer))
    // What an ApplicationSet generates cascades by its own settings, and is reported there.
    if (index < 0 || !isProduction(application) || isGenerated(application)) continue
    const guarded = syncOptionsOf(application.object).some(isGuard)
    const exposed = guarded ? [] : resources.filter(resource => stateful.has(resource.kind) && !isGuarded(resource))
    if (exposed.length === 0 && (complete || guarded)) continue
    yield report({
      code: 'argocd/cascading-deletion',
      severity: 'warning',
      at: { resource: application, pointer: `/metadata/finalizers/${index}` },
      message: `deleting this production Application deletes ${exposed.length === 0 ? 'all it deployed, which is not evaluated' : some(exposed.map(describeResource))}`,
      help: 'Remove the finalizer, or annotate stateful objects with argocd.argoproj.io/sync-options: Delete=confirm.',
    })
  }
}

function isGenerated({ source }: Resource): boolean {
  return source.pointer?.endsWith('/spec/template') === true
}

function isGuard(option: string): boolean {
  return option === 'Delete=false' || option === 'Delete=confirm'
}

function isGuarded(resource: Resource): boolean {
  return annotationValues(resource, syncOptionsAnnotation).some(isGuard)
}
