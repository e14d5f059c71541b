// Who references, selects, routes to and may talk to whom among the objects of one environment.

import type { Reference } from '../manifest/references-of.ts'
import type { Place, Resource } from '../manifest/resource.ts'
import type { ResourceSet } from '../manifest/resource-set.ts'
import type { Dependency } from './dependencies.ts'
import type { ProducedObject } from './produced-objects.ts'
import type { PodSelector, Workload } from './workload.ts'
import type { NetworkPort, NetworkVerdict, PodIdentity, TrafficRules } from './network-traffic.ts'

export type EdgeKind =
  /** A field names the other object (configMapRef, serviceAccountName, scaleTargetRef, roleRef, claimName …). */
  | 'references'
  /** A label selector matches the other object's pods (Service, PodDisruptionBudget, NetworkPolicy → workload). */
  | 'selects'
  /** Traffic is sent on (Ingress, HTTPRoute, IngressRoute → Service). */
  | 'routes'
  /** The first makes the second exist (ExternalSecret → Secret, where the Secret is rendered too). */
  | 'produces'

export interface Edge {
  readonly kind: EdgeKind
  readonly from: Resource
  readonly to: Resource
  /** The field of `from` that makes the edge. */
  readonly at: Place
}

export type { PodSelector, Workload }

export interface Graph {
  readonly resources: ResourceSet
  readonly edges: readonly Edge[]
  readonly edgesFrom: (resource: Resource) => readonly Edge[]
  readonly edgesTo: (resource: Resource) => readonly Edge[]
  /** Every reference an object holds, whether or not the other end is in the tree. */
  readonly referencesFrom: (resource: Resource) => readonly Reference[]
  /** The object a reference names, if it is rendered. */
  readonly resolve: (reference: Reference) => Resource | undefined
  /** Rendered objects of a kind by name; the namespace counts only for namespaced kinds. */
  readonly find: (kind: string, namespace: string | undefined, name: string, group?: string) => Resource | undefined
  /** Objects of a kind and name in any namespace. */
  readonly named: (kind: string, name: string) => readonly Resource[]
  /** The object that a controller will make under this name (ExternalSecret → Secret …). */
  readonly produced: (kind: string, namespace: string | undefined, name: string) => ProducedObject | undefined
  /** Everything of a kind that controllers will make in a namespace. */
  readonly producedIn: (kind: string, namespace: string | undefined) => readonly ProducedObject[]
  readonly workloads: readonly Workload[]
  readonly workloadOf: (resource: Resource) => Workload | undefined
  readonly workloadsIn: (namespace: string | undefined) => readonly Workload[]
  /** Workloads whose pods a selector matches, in render order. */
  readonly matching: (selector: Omit<PodSelector, 'at'> & Partial<PodSelector>) => readonly Workload[]
  /** Workloads a Service, PodDisruptionBudget, NetworkPolicy, PodMonitor or other controller selects; its own template is left out. */
  readonly workloadsSelectedBy: (resource: Resource) => readonly Workload[]
  readonly servicesSelecting: (workload: Resource) => readonly Resource[]
  readonly budgetsFor: (workload: Resource) => readonly Resource[]
  /** NetworkPolicies that select the workload's pods. */
  readonly policiesFor: (workload: Resource) => readonly Resource[]
  /** Who may open connections to the workload's pods. */
  readonly allowedIngress: (workload: Resource) => TrafficRules
  /** To whom the workload's pods may open connections. */
  readonly allowedEgress: (workload: Resource) => TrafficRules
  /** Labels of a namespace: those rendered, and `kubernetes.io/metadata.name`. Others are unknown where the Namespace is not rendered. */
  readonly podIdentity: (workload: Resource) => PodIdentity
  /** Services whose addresses stand in the workload's environment variables. */
  readonly dependenciesOf: (workload: Resource) => readonly Dependency[]
  /** Whether NetworkPolicies let `from` open a connection to `to` on a port: egress of the one, ingress of the other. */
  readonly mayTalk: (from: Resource, to: Resource, port: NetworkPort) => NetworkVerdict
}
