// Which levels of the Pod Security Standards an object is held to, and how strictly.

import type { Severity } from '../../diagnostics/diagnostic.ts'
import type { PodTemplate } from '../../manifest/pod-template.ts'
import type { Resource } from '../../manifest/resource.ts'
import { asMap, asString, type YamlMap } from '../../manifest/value.ts'
import type { Profile } from '../../model/profile.ts'
import { namespaceOf } from '../namespace-of.ts'
import type { RuleContext } from '../rule.ts'
import type { PodSecurityLevel } from './control.ts'
import { minorOfRelease, newestPolicyMinor, parsePolicyVersion } from './policy-version.ts'

export interface PodSecurityDemand {
  readonly level: PodSecurityLevel
  /** Minor version of the policy. */
  readonly minor: number
  readonly severity: Severity
}

export const podSecurityPrefix = 'pod-security.kubernetes.io/'

/** Modes in the order of their weight. */
export const podSecurityModes = [
  ['enforce', 'error'],
  ['warn', 'warning'],
  ['audit', 'info'],
] as const

/**
 * What holds for an object, strictest mode first: what the profile asks for, and what the namespace's labels say. A policy version
 * newer than the cluster counts as the cluster's own, and `latest` is the cluster's version, because that is how far its admission
 * plugin knows the standards.
 */
export function podSecurityDemands(
  resource: Resource,
  template: PodTemplate,
  context: RuleContext,
): readonly PodSecurityDemand[] {
  const { profile } = context
  if (isExempt(resource, template, profile)) return []
  const clusters = clusterMinors(profile)
  const asked = profile.podSecurity ?? 'privileged'
  const labels = asMap(asMap(namespaceOf(resource, context)?.object['metadata'])['labels'])
  return [
    ...(asked === 'privileged' ? [] : clusters.map(minor => ({ level: asked, minor, severity: 'error' as const }))),
    ...podSecurityModes.flatMap(([mode, severity]) =>
      demandsOf(labels, mode, clusters).map(one => ({ ...one, severity })),
    ),
  ]
}

function demandsOf(
  labels: YamlMap,
  mode: string,
  clusters: readonly number[],
): readonly Omit<PodSecurityDemand, 'severity'>[] {
  const level = levelOf(labels, mode)
  if (level === undefined || level === 'privileged') return []
  const written = asString(labels[`${podSecurityPrefix}${mode}-version`]) ?? 'latest'
  const pinned = parsePolicyVersion(written) ?? newestPolicyMinor
  return [...new Set(clusters.map(minor => Math.min(minor, pinned)))].map(minor => ({ level, minor }))
}

/** A label that cannot be read counts as restricted, as in the admission plugin. */
function levelOf(labels: YamlMap, mode: string): PodSecurityLevel | undefined {
  const value = labels[podSecurityPrefix + mode]
  if (value === undefined) return undefined
  return value === 'privileged' || value === 'baseline' ? value : 'restricted'
}

function clusterMinors(profile: Profile): readonly number[] {
  const minors = profile.kubernetes.flatMap(version => minorOfRelease(version) ?? [])
  return minors.length > 0 ? minors : [newestPolicyMinor]
}

/** The exemptions of the admission plugin's configuration that an object can show: namespace and runtime class. */
function isExempt(resource: Resource, { spec }: PodTemplate, { podSecurityExemptions: exempt }: Profile): boolean {
  if (exempt === undefined) return false
  const runtimeClass = asString(spec['runtimeClassName'])
  return (
    (resource.namespace !== undefined && exempt.namespaces?.includes(resource.namespace) === true) ||
    (runtimeClass !== undefined && exempt.runtimeClasses?.includes(runtimeClass) === true)
  )
}
