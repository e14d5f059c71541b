// Raw objects and patches: the escape hatches for what the model has no word for, still typed by Kubernetes' own types.

import type { Deployment, StatefulSet } from 'kubernetes-types/apps/v1.js'
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2.js'
import type { CronJob, Job } from 'kubernetes-types/batch/v1.js'
import type {
  ConfigMap,
  LimitRange,
  Namespace,
  PersistentVolumeClaim,
  ResourceQuota,
  Service,
  ServiceAccount,
} from 'kubernetes-types/core/v1.js'
import type { Ingress, NetworkPolicy } from 'kubernetes-types/networking/v1.js'
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1.js'
import type { Role, RoleBinding } from 'kubernetes-types/rbac/v1.js'

/** Kinds whose raw objects and patches the editor can check. */
interface ObjectTypes {
  readonly ConfigMap: readonly ['v1', ConfigMap]
  readonly CronJob: readonly ['batch/v1', CronJob]
  readonly Deployment: readonly ['apps/v1', Deployment]
  readonly HorizontalPodAutoscaler: readonly ['autoscaling/v2', HorizontalPodAutoscaler]
  readonly Ingress: readonly ['networking.k8s.io/v1', Ingress]
  readonly Job: readonly ['batch/v1', Job]
  readonly LimitRange: readonly ['v1', LimitRange]
  readonly Namespace: readonly ['v1', Namespace]
  readonly NetworkPolicy: readonly ['networking.k8s.io/v1', NetworkPolicy]
  readonly PersistentVolumeClaim: readonly ['v1', PersistentVolumeClaim]
  readonly PodDisruptionBudget: readonly ['policy/v1', PodDisruptionBudget]
  readonly ResourceQuota: readonly ['v1', ResourceQuota]
  readonly Role: readonly ['rbac.authorization.k8s.io/v1', Role]
  readonly RoleBinding: readonly ['rbac.authorization.k8s.io/v1', RoleBinding]
  readonly Service: readonly ['v1', Service]
  readonly ServiceAccount: readonly ['v1', ServiceAccount]
  readonly StatefulSet: readonly ['apps/v1', StatefulSet]
}

type Named = { readonly metadata: { readonly name: string } }

/** An object of a built-in kind, typed by its kind. */
export type BuiltInObject = {
  [Kind in keyof ObjectTypes]: ObjectTypes[Kind][1] & Named & { apiVersion: ObjectTypes[Kind][0]; kind: Kind }
}[keyof ObjectTypes]

type DeepPartial<T> = T extends readonly (infer Item)[]
  ? readonly DeepPartial<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]?: DeepPartial<T[Key]> | null }
    : T

/** A strategic merge patch of a built-in kind: identity, and any part of the rest; `null` removes a field. */
export type BuiltInPatch = {
  [Kind in keyof ObjectTypes]: {
    readonly apiVersion: ObjectTypes[Kind][0]
    readonly kind: Kind
    readonly metadata: Named['metadata'] & DeepPartial<NonNullable<ObjectTypes[Kind][1]['metadata']>>
  } & Omit<DeepPartial<ObjectTypes[Kind][1]>, 'apiVersion' | 'kind' | 'metadata'>
}[keyof ObjectTypes]

/** An object of any other kind: checked against its schema when it is validated, not by the editor. */
export interface CustomObject {
  readonly apiVersion: `${string}.${string}/${string}`
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string } & Readonly<Record<string, unknown>>
  readonly [field: string]: unknown
}
