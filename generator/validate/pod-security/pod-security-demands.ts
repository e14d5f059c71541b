// Which levels of the Pod Security Standards an object is held to, and how strictly.

import type { Severity } from '../../diagnostics/diagnostic.ts'
import type { PodTemplate } from '../../manifest/pod-template.ts'
import type { Resource } from '../../manifest/resource.ts'
import { asMap, asString, type YamlMap } from '../../manifest/value.ts'
import type { Profile } from '../../model/profile.ts'
import type { RuleContext } from '../rule.ts'
import type { PodSecurityLevel } from './control.ts'
import { newestPolicyMinor, parsePolicyVersion } from './policy-version.ts'

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
 * What holds for an object, strictest mode first. A policy version newer than the cluster counts as the cluster's own,
 * and `latest` is the cluster's version, because that is how far its admission plugin knows the standards.
 */
export function podSecurityDemands(
  resource: Resource,
  template: PodTemplate,
  { profile, resources }: RuleContext,
): readonly PodSecurityDemand[] {
  if (isExempt(resource, template, profile)) return []
  const clusters = clusterMinors(profile)
  if (profile.podSecurity !== undefined) {
    const { podSecurity: level } = profile
    return clusters.map(minor => ({ level, minor, severity: 'error' }))
  }
  const namespace =
    resource.namespace === undefined ? undefined : resources.find('Namespace', undefined, resource.namespace)
  if (namespace === undefined) return []
  const labels = asMap(asMap(namespace.object['metadata'])['labels'])
  return podSecurityModes.flatMap(([mode, severity]) => {
    const level = levelOf(labels, mode)
    if (level === undefined || level === 'privileged') return []
    const pinned =
      parsePolicyVersion(asString(labels[`${podSecurityPrefix}${mode}-version`]) ?? 'latest') ?? newestPolicyMinor
    return [...new Set(clusters.map(minor => Math.min(minor, pinned)))].map(minor => ({ level, minor, severity }))
  })
}

/** A label that cannot be read counts as restricted, as in the admission plugin. */
function levelOf(labels: YamlMap, mode: string): PodSecurityLevel | undefined {
  const value = labels[podSecurityPrefix + mode]
  if (value === undefined || value === null) return undefined
  return value === 'privileged' || value === 'baseline' ? value : 'restricted'
}

function clusterMinors(profile: Profile): readonly number[] {
  const minors = profile.kubernetes.flatMap(version => parsePolicyVersion(version) ?? [])
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
