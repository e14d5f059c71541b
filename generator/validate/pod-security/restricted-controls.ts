// The controls that only the restricted level has.
// Behaviour follows kubernetes/kubernetes, staging/src/k8s.io/pod-security-admission/policy/check_*.go, up to 1.37.

import { child, pointer } from '../../manifest/pointer.ts'
import { asMap } from '../../manifest/value.ts'
import {
  inUserNamespace,
  isSet,
  isWindowsPod,
  unless,
  type Control,
  type ControlFinding,
  type PodView,
} from './control.ts'

/** check_allowPrivilegeEscalation.go; since 1.8, not for Windows pods since 1.25. */
const allowPrivilegeEscalation: Control = {
  id: 'allow-privilege-escalation',
  level: 'restricted',
  summary: 'No process of a container gains more privileges than its parent.',
  help: 'Set securityContext.allowPrivilegeEscalation to false on every container.',
  versions: [
    [8, escalating],
    [25, unless(isWindowsPod, escalating)],
  ],
}

function* escalating(pod: PodView): Iterable<ControlFinding> {
  for (const { name, securityContext, pointer: at } of pod.containers) {
    if (securityContext['allowPrivilegeEscalation'] === false) continue
    yield {
      pointer: child(at, 'securityContext', 'allowPrivilegeEscalation'),
      message: isSet(securityContext['allowPrivilegeEscalation'])
        ? `container "${name}" allows privilege escalation`
        : `container "${name}" does not set allowPrivilegeEscalation to false`,
    }
  }
}

/** check_runAsNonRoot.go; not for pods in a user namespace since 1.35. */
const runAsNonRoot: Control = {
  id: 'run-as-non-root',
  level: 'restricted',
  summary: 'Kubernetes refuses to start a container as root.',
  help: 'Set spec.securityContext.runAsNonRoot to true, and remove any false.',
  versions: [
    [0, maybeRoot],
    [35, unless(inUserNamespace, maybeRoot)],
  ],
}

function* maybeRoot(pod: PodView): Iterable<ControlFinding> {
  const podSetting = asMap(pod.spec['securityContext'])['runAsNonRoot']
  if (podSetting === false) {
    yield {
      pointer: pointer('spec', 'securityContext', 'runAsNonRoot'),
      message: 'the pod sets runAsNonRoot to "false"',
    }
  }
  for (const { name, securityContext, pointer: at } of pod.containers) {
    const own = securityContext['runAsNonRoot']
    const place = child(at, 'securityContext', 'runAsNonRoot')
    if (own === false) yield { pointer: place, message: `container "${name}" sets runAsNonRoot to "false"` }
    else if (!isSet(own) && !isSet(podSetting)) {
      yield {
        pointer: place,
        message: `container "${name}" may run as root: neither it nor the pod sets runAsNonRoot to true`,
      }
    }
  }
}

/** check_runAsUser.go; since 1.23, not for pods in a user namespace since 1.35. */
const runAsUser: Control = {
  id: 'run-as-user',
  level: 'restricted',
  summary: 'No container runs as user 0.',
  help: 'Set runAsUser to another number than 0, or remove it where the image names a user.',
  versions: [
    [23, asRoot],
    [35, unless(inUserNamespace, asRoot)],
  ],
}

function* asRoot(pod: PodView): Iterable<ControlFinding> {
  for (const { owner, fields, pointer: at } of pod.contexts) {
    if (fields['runAsUser'] === 0) yield { pointer: child(at, 'runAsUser'), message: `${owner} runs as user "0"` }
  }
}

export const restrictedControls: readonly Control[] = [allowPrivilegeEscalation, runAsNonRoot, runAsUser]
