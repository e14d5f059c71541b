// What a platform says about the world outside its tree: versions, installed controllers, objects made elsewhere.
// Every fact is optional; a rule that needs an undeclared fact says so (severity info) or stays silent only when nothing depends on it.

import type { Resource } from '../manifest/resource.ts'

/** An object that exists in the cluster but not in the tree: a reference to it is not dangling. */
export interface ExternalObject {
  readonly kind: string
  /** API group; '' is the core group. Any group where absent. */
  readonly group?: string
  /** Any namespace where absent. */
  readonly namespace?: string
  readonly name: string
  /** Keys of an external ConfigMap or Secret; unknown where absent. */
  readonly keys?: readonly string[]
  /** Why it is not in the tree: shown to reviewers. */
  readonly reason: string
}

/** A kind that may stay unvalidated for want of a schema. */
export interface UnvalidatedKind {
  readonly apiVersion: string
  readonly kind: string
  readonly reason: string
}

/** A finding that is accepted: never a syntax or schema error. */
export interface PolicyException {
  readonly code: string
  /** `Kind/name`; both parts may be `*`. */
  readonly object: string
  /** Every environment where absent. */
  readonly environments?: readonly string[]
  readonly reason: string
  /** ISO date (2027-01-31): the first day on which the exception no longer holds. */
  readonly expires?: string
}

export interface ArgoCdProfile {
  /** Argo CD release, e.g. '3.5'. */
  readonly version?: string
  /** Namespace of the control plane; 'argocd' where absent. */
  readonly namespace?: string
  readonly tracking?: 'annotation' | 'label' | 'annotation+label'
  /** Whether argocd-cm has a Lua health check for Application: without it, waves on child Applications have no effect. */
  readonly applicationHealthCheck?: boolean
  /** Namespaces outside the control plane's where Applications may live. */
  readonly applicationNamespaces?: readonly string[]
  /** Whether kustomize.buildOptions has --enable-helm. */
  readonly enableHelm?: boolean
  /** Whether the Application that owns this environment's objects has the sync option ServerSideApply=true. */
  readonly serverSideApply?: boolean
}

/** Fields of matching objects that Argo CD leaves alone (`ignoreDifferences` together with `RespectIgnoreDifferences=true`). */
export interface IgnoredField {
  /** API group without version; '' is the core group, '*' any. */
  readonly group: string
  readonly kind: string
  /** Any name where absent. */
  readonly name?: string
  /** Any namespace where absent. */
  readonly namespace?: string
  readonly jsonPointers: readonly string[]
}

/** The facts the checks of one environment run against. */
export interface Profile {
  /** Name of the environment; absent when checking files that belong to none. */
  readonly environment?: string
  /** Production: rules are stricter there. */
  readonly production: boolean
  /** Nobody has said so: no platform declares the environment, and no name tells. What is only worse in production then warns. */
  readonly assumed?: boolean
  /** Kubernetes versions to hold objects to, e.g. ['1.34']. At least one. */
  readonly kubernetes: readonly string[]
  readonly externalObjects?: readonly ExternalObject[]
  readonly unvalidatedKinds?: readonly UnvalidatedKind[]
  readonly ingressClasses?: readonly string[]
  readonly gatewayClasses?: readonly string[]
  readonly storageClasses?: readonly string[]
  /** Namespaces that exist without being rendered. */
  readonly namespaces?: readonly string[]
  /** Where the ingress controller's pods run. */
  readonly ingressControllerNamespace?: string
  /** Whether Traefik is told to write the address of its Service into Ingress statuses (`providers.kubernetesIngress.publishedService`). */
  readonly traefikPublishesStatus?: boolean
  /** API groups (without version) of CRDs installed by someone else. */
  readonly installedApiGroups?: readonly string[]
  readonly cloud?: 'aws' | 'gcp' | 'azure' | 'other'
  /** Port(s) of cluster DNS after translation; 53 where absent. */
  readonly dnsPorts?: readonly number[]
  /** Seconds a load balancer or ingress needs to stop sending requests to a terminating pod. */
  readonly drainSeconds?: number
  readonly argocd?: ArgoCdProfile
  /** Fields that Argo CD leaves to controllers, from the Applications of the tree; undefined: nothing is known about Argo CD. */
  readonly ignoredFields?: readonly IgnoredField[]
  /**
   * Objects beside the rendered ones that admission looks at: policies, bindings, parameters and Namespaces that something
   * else brings to the same cluster.
   */
  readonly admissionObjects?: readonly Resource[]
  /** Hold every pod to this Pod Security Standard at least; a namespace that enforces a stricter one still counts. */
  readonly podSecurity?: 'privileged' | 'baseline' | 'restricted'
  /** What the cluster's PodSecurity admission configuration exempts. */
  readonly podSecurityExemptions?: {
    readonly namespaces?: readonly string[]
    readonly runtimeClasses?: readonly string[]
  }
}
