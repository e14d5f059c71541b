// What policy rules ask of a workload: which kinds run pods for how long, their containers, replicas and mounted claims.
// Answers are remembered per object, because some thirty rules ask the same questions.

import { containersOf, podKinds, podTemplateOf, type Container, type PodTemplate } from '../../manifest/pod-template.ts'
import { groupOf, type Resource } from '../../manifest/resource.ts'
import { asMap } from '../../manifest/value.ts'

export { podKinds }

/** Kinds that keep pods running. */
export const longRunningKinds: readonly string[] = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Rollout',
  'DeploymentConfig',
]
/** Kinds with a `replicas` count. */
export const replicatedKinds: readonly string[] = [
  'Deployment',
  'StatefulSet',
  'ReplicaSet',
  'ReplicationController',
  'Rollout',
  'DeploymentConfig',
]
interface Containers {
  readonly all: readonly Container[]
  readonly running: readonly Container[]
  readonly main: readonly Container[]
}
const none: Containers = { all: [], running: [], main: [] }
const known = new WeakMap<Resource, Containers>()

/** Whether the object keeps pods running (not Jobs, not bare Pods). */
export function isLongRunning(resource: Resource): boolean {
  return longRunningKinds.includes(resource.kind)
}

/** Whether the object has a `replicas` count. */
export function isReplicated(resource: Resource): boolean {
  return replicatedKinds.includes(resource.kind)
}

/** The pod an object describes. */
export function podOf(resource: Resource): PodTemplate | undefined {
  return podTemplateOf(resource)
}

/** Whether the object describes a pod. */
export function hasPod(resource: Resource): boolean {
  return podOf(resource) !== undefined
}

/** All containers of the object: init, main, ephemeral. */
export function containersIn(resource: Resource): readonly Container[] {
  return sorted(resource).all
}

/** Main containers and native sidecars: everything that runs as long as the pod does. */
export function runningContainersIn(resource: Resource): readonly Container[] {
  return sorted(resource).running
}

/** Main containers alone. */
export function mainContainersIn(resource: Resource): readonly Container[] {
  return sorted(resource).main
}

function sorted(resource: Resource): Containers {
  const before = known.get(resource)
  if (before !== undefined) return before
  if (!hasPod(resource)) return none
  const all = containersOf(resource)
  const containers = {
    all,
    running: all.filter(container => container.role === 'main' || isSidecar(container)),
    main: all.filter(({ role }) => role === 'main'),
  }
  known.set(resource, containers)
  return containers
}

/** An init container that keeps running (`restartPolicy: Always`, Kubernetes 1.29 and later). */
export function isSidecar(container: Container): boolean {
  return container.role === 'init' && container.spec['restartPolicy'] === 'Always'
}

/** The declared replica count; 1 where none is declared, as the API server defaults it. */
export function replicasOf(resource: Resource): number {
  const replicas = asMap(resource.object['spec'])['replicas']
  return typeof replicas === 'number' ? replicas : 1
}

/** The object's `spec`, or an empty map. */
export function specOf(resource: Resource): ReturnType<typeof asMap> {
  return asMap(resource.object['spec'])
}

/** Whether the object is a Job itself (not a CronJob). */
export function isJob(resource: Resource): boolean {
  return resource.kind === 'Job' && groupOf(resource.apiVersion) === 'batch'
}

/** Whether Argo CD runs the object as a hook of a sync (it reads Helm's annotation too). */
export function isHook(resource: Resource): boolean {
  const annotations = asMap(asMap(resource.object['metadata'])['annotations'])
  return annotations['argocd.argoproj.io/hook'] !== undefined || annotations['helm.sh/hook'] !== undefined
}
