// Who references, selects, routes to and may talk to whom among the objects of one environment.

import type { Place, Resource } from '../manifest/resource.ts'
import type { ResourceSet } from '../manifest/resource-set.ts'

export type EdgeKind =
  /** A field names the other object (configMapRef, serviceAccountName, scaleTargetRef, roleRef, claimName …). */
  | 'references'
  /** A label selector matches the other object's pods (Service, PodDisruptionBudget, NetworkPolicy → workload). */
  | 'selects'
  /** Traffic is sent on (Ingress, HTTPRoute, IngressRoute → Service). */
  | 'routes'
  /** The first makes the second exist (ExternalSecret → Secret name, Certificate → Secret name). */
  | 'produces'

export interface Edge {
  readonly kind: EdgeKind
  readonly from: Resource
  readonly to: Resource
  /** The field of `from` that makes the edge. */
  readonly at: Place
}

export interface Graph {
  readonly resources: ResourceSet
  readonly edges: readonly Edge[]
  readonly edgesFrom: (resource: Resource) => readonly Edge[]
  readonly edgesTo: (resource: Resource) => readonly Edge[]
}
