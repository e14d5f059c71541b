// What a control of the Pod Security Standards is, and the view of a pod that its checks read.

import { asList, asMap, asString, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { jsonText } from '../../manifest/json-text.ts'

export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted'

/** A pod as the standards see it: a Pod, or the template of anything that makes pods. */
export interface SecuredPod {
  readonly metadata: YamlMap
  readonly spec: YamlMap
}

/** One place in a pod that a control forbids. */
export interface ControlFinding {
  /** Pointer inside the pod (the map that holds `metadata` and `spec`). */
  readonly pointer: string
  readonly message: string
}

/** A pod with its containers and security contexts, which every control looks at. */
export interface PodView extends SecuredPod {
  /** All containers: init (native sidecars too), main and ephemeral ones. */
  readonly containers: readonly SecuredContainer[]
  /** The pod's security context, then those of its containers, whether or not they are set. */
  readonly contexts: readonly SecurityContext[]
}

export type ControlCheck = (pod: PodView) => Iterable<ControlFinding>

export interface Control {
  /** Name of the control, as upstream calls it, in kebab case: `run-as-non-root`. */
  readonly id: string
  readonly level: 'baseline' | 'restricted'
  readonly summary: string
  /** What to do about a finding. */
  readonly help: string
  /** Baseline control that this restricted one replaces, from the first of its versions on. */
  readonly overrides?: string
  /** From which minor version of the policy (1.x) on which check holds, oldest first. */
  readonly versions: readonly (readonly [minor: number, check: ControlCheck])[]
}

/** A container with its place in the pod. */
export interface SecuredContainer {
  readonly name: string
  readonly spec: YamlMap
  readonly securityContext: YamlMap
  readonly pointer: string
}

const lists = ['initContainers', 'containers', 'ephemeralContainers'] as const

/** A security context of a pod: the pod's own, or a container's. */
export interface SecurityContext {
  /** `pod` or `container "api"`. */
  readonly owner: string
  readonly fields: YamlMap
  /** Pointer of the `securityContext` map. */
  readonly pointer: string
}

/** Reads what all controls look at, once per pod. */
export function viewPod({ metadata, spec }: SecuredPod): PodView {
  const containers = readContainers(spec)
  const contexts = [
    { owner: 'pod', fields: asMap(spec['securityContext']), pointer: '/spec/securityContext' },
    ...containers.map(container => ({
      owner: `container "${container.name}"`,
      fields: container.securityContext,
      pointer: `${container.pointer}/securityContext`,
    })),
  ]
  return { metadata, spec, containers, contexts }
}

function readContainers(spec: YamlMap): readonly SecuredContainer[] {
  return lists.flatMap(list =>
    asList(spec[list]).flatMap((entry, index) =>
      isMap(entry)
        ? [
            {
              name: asString(entry['name']) ?? '',
              spec: entry,
              securityContext: asMap(entry['securityContext']),
              pointer: `/spec/${list}/${index}`,
            },
          ]
        : [],
    ),
  )
}

/** Kubernetes reads an explicit null as an absent field. */
export function isSet(value: YamlValue | undefined): value is Exclude<YamlValue, null> {
  return value !== undefined && value !== null
}

/** Pods that declare Windows as their operating system: exempt from Linux-only controls since policy version 1.25. */
export function isWindowsPod(pod: SecuredPod): boolean {
  return asMap(pod.spec['os'])['name'] === 'windows'
}

/** Pods in a user namespace of their own: some controls are relaxed for them since policy version 1.35. */
export function inUserNamespace(pod: SecuredPod): boolean {
  return pod.spec['hostUsers'] === false
}

/** The check, for pods that are not exempt. */
export function unless(exempt: (pod: SecuredPod) => boolean, check: ControlCheck): ControlCheck {
  return pod => (exempt(pod) ? [] : check(pod))
}

/** Text of a scalar for a message. */
export function shown(value: YamlValue | undefined): string {
  return typeof value === 'string' ? value : jsonText(value)
}
