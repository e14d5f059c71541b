// Where pods are described inside an object, for every kind that describes pods. Rules never walk to containers themselves:
// the ones that did, elsewhere, forgot ephemeral or init containers.

import { child, valueAt } from './pointer.ts'
import type { Place, Resource } from './resource.ts'
import { asList, asMap, asString, isMap, type YamlMap, type YamlValue } from './value.ts'

/** Kind to the pointer of its pod (the map that holds `metadata` and `spec`). */
export const podTemplatePointers: ReadonlyMap<string, string> = new Map([
  ['Pod', ''],
  ['PodTemplate', '/template'],
  ['Deployment', '/spec/template'],
  ['StatefulSet', '/spec/template'],
  ['DaemonSet', '/spec/template'],
  ['ReplicaSet', '/spec/template'],
  ['ReplicationController', '/spec/template'],
  ['Job', '/spec/template'],
  ['CronJob', '/spec/jobTemplate/spec/template'],
  ['Rollout', '/spec/template'],
  ['DeploymentConfig', '/spec/template'],
])

/** The kinds that describe pods. */
export const podKinds: readonly string[] = [...podTemplatePointers.keys()]

export interface PodTemplate {
  /** Pointer of the map holding the pod's `metadata` and `spec`. */
  readonly pointer: string
  readonly metadata: YamlMap
  readonly spec: YamlMap
  /** Pointer of the pod's spec. */
  readonly specPointer: string
}

export type ContainerRole = 'init' | 'main' | 'ephemeral'

export interface Container {
  readonly name: string
  readonly image: string
  readonly role: ContainerRole
  readonly spec: YamlMap
  /** The probes and hooks it sets. */
  readonly handlers: readonly ContainerHandler[]
  /** Pointer of the container inside the resource. */
  readonly pointer: string
  /** The `image` field. */
  readonly at: Place
}

const known = new WeakMap<Resource, PodTemplate>()

/** The pod an object describes, or undefined for kinds that describe none (and for objects without one). */
export function podTemplateOf(resource: Resource): PodTemplate | undefined {
  const at = podTemplatePointers.get(resource.kind)
  if (at === undefined) return undefined
  const before = known.get(resource)
  if (before !== undefined) return before
  const template = readPodTemplate(resource, at)
  if (template !== undefined) known.set(resource, template)
  return template
}

function readPodTemplate(resource: Resource, at: string): PodTemplate | undefined {
  const pod = valueAt(resource.object, at)
  if (!isMap(pod) || !isMap(pod['spec'])) return undefined
  return { pointer: at, metadata: asMap(pod['metadata']), spec: pod['spec'], specPointer: child(at, 'spec') }
}

const containerFields: readonly (readonly [field: string, role: ContainerRole])[] = [
  ['initContainers', 'init'],
  ['containers', 'main'],
  ['ephemeralContainers', 'ephemeral'],
]

/** Where the probes and hooks of a container stand: the fields that lead to each. */
const handlerPaths: readonly (readonly string[])[] = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
]

/** A probe or a lifecycle hook. */
export interface ContainerHandler {
  readonly path: readonly string[]
  readonly spec: YamlMap
}

/** The probes and hooks that a container sets. */
export function handlersOf(container: YamlMap): readonly ContainerHandler[] {
  const found: ContainerHandler[] = []
  for (const path of handlerPaths) {
    let spec: YamlValue | undefined = container
    for (const field of path) spec = asMap(spec)[field]
    if (isMap(spec)) found.push({ path, spec })
  }
  return found
}

const knownContainers = new WeakMap<PodTemplate, readonly Container[]>()

/** All containers of an object: init, main and ephemeral ones, in that order. */
export function containersOf(resource: Resource): readonly Container[] {
  const template = podTemplateOf(resource)
  if (template === undefined) return []
  let containers = knownContainers.get(template)
  if (containers === undefined) knownContainers.set(template, (containers = readContainers(resource, template)))
  return containers
}

function readContainers(resource: Resource, template: PodTemplate): readonly Container[] {
  const found: Container[] = []
  for (const [field, role] of containerFields) {
    asList(template.spec[field]).forEach((entry, index) => {
      if (!isMap(entry)) return
      const at = `${template.specPointer}/${field}/${index}`
      found.push({
        name: asString(entry['name']) ?? '',
        image: asString(entry['image']) ?? '',
        role,
        spec: entry,
        handlers: handlersOf(entry),
        pointer: at,
        at: { resource, pointer: `${at}/image` },
      })
    })
  }
  return found
}
