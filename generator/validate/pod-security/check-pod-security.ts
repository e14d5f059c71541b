// The verdict of the Pod Security Standards on one pod: https://kubernetes.io/docs/concepts/security/pod-security-standards/.
// Pure, and usable without a graph or a profile.

import { baselineControls } from './baseline-controls.ts'
import {
  viewPod,
  type Control,
  type ControlCheck,
  type ControlFinding,
  type PodSecurityLevel,
  type SecuredPod,
} from './control.ts'
import { pairedControls } from './paired-controls.ts'
import { minorOfRelease } from './policy-version.ts'
import { restrictedControls } from './restricted-controls.ts'

/** Every control, in the order of the documentation's tables: baseline first. */
export const podSecurityControls: readonly Control[] = [
  ...baselineControls,
  ...pairedControls.filter(({ level }) => level === 'baseline'),
  ...pairedControls.filter(({ level }) => level === 'restricted'),
  ...restrictedControls,
]

export interface PodSecurityViolation extends ControlFinding {
  readonly control: Control
}

/**
 * What the standards forbid in a pod.
 * @param pod metadata and spec of a Pod or of a pod template
 * @param version `latest`, `v1.24` or `1.24`; a version newer than the newest known counts as the newest, as in Kubernetes
 * @returns nothing where the pod is allowed
 */
export function checkPodSecurity(
  pod: SecuredPod,
  level: PodSecurityLevel,
  version: string,
): readonly PodSecurityViolation[] {
  const minor = minorOfRelease(version)
  if (minor === undefined) throw new Error(`"${version}" is not a policy version`)
  const view = viewPod(pod)
  return controlsAt(level, minor).flatMap(({ control, check }) =>
    [...check(view)].map(finding => ({ ...finding, control })),
  )
}

export interface ActiveControl {
  readonly control: Control
  readonly check: ControlCheck
}

const known = new Map<string, readonly ActiveControl[]>()

/** The controls of a level at a policy version: restricted drops each baseline control that an active restricted one replaces. */
export function controlsAt(level: PodSecurityLevel, minor: number): readonly ActiveControl[] {
  const key = `${level}/${minor}`
  const before = known.get(key)
  if (before !== undefined) return before
  const active = activeControls(level, minor)
  known.set(key, active)
  return active
}

function activeControls(level: PodSecurityLevel, minor: number): readonly ActiveControl[] {
  if (level === 'privileged') return []
  const candidates = podSecurityControls
    .filter(control => control.level === 'baseline' || level === 'restricted')
    .flatMap(control => {
      const check = control.versions.findLast(([since]) => since <= minor)?.[1]
      return check === undefined ? [] : [{ control, check }]
    })
  const replaced = new Set(candidates.map(({ control }) => control.overrides))
  return candidates.filter(({ control }) => !replaced.has(control.id))
}
