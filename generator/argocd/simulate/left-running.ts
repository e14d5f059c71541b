// Objects that leave Git and stay in the cluster all the same: before it compares, Argo CD drops every live object that the
// project does not permit (controller/state.go, IsLiveResourcePermitted), so what the project forgets is never pruned.

import { groupOf, type Resource } from '../../manifest/resource.ts'
import type { ScopeOf } from '../resource-scope.ts'
import { placementOf } from './hooks.ts'
import { permitsObject, type KnownClusters, type Verdict } from './project-permission.ts'
import type { DestinationView } from './read-argocd.ts'

export interface LeftRunning {
  readonly resource: Resource
  /** What the project says; `unknown` where that is not decided by Git. */
  readonly verdict: Exclude<Verdict, { permitted: true }>
}

/**
 * Which of the removed objects a sync under this project would leave running instead of pruning.
 * @param removed objects of the last rendering that the new one lacks
 * @param project the AppProject as it will be; a project computed from the new rendering no longer lists their kinds
 */
export function leftRunning(
  removed: readonly Resource[],
  project: Resource,
  {
    destination,
    scopeOf,
    clusters,
  }: { readonly destination: DestinationView; readonly scopeOf: ScopeOf; readonly clusters?: KnownClusters },
): readonly LeftRunning[] {
  return removed.flatMap(resource => {
    if (placementOf(resource).hook) return []
    const object = { ...resource, group: groupOf(resource.apiVersion) }
    const verdict = permitsObject(project.object, object, scopeOf(resource), destination, clusters)
    return verdict.permitted === true ? [] : [{ resource, verdict }]
  })
}
