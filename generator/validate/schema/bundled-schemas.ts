// The kinds whose bundled schemas are known to lack rules that their CustomResourceDefinitions have (CEL, fields that exclude each other).
// A report names those it met: what was held to such a schema was not held to everything. docs/bundled-schemas.md says more.

import { groupOf } from '../../manifest/resource.ts'

/** By group: every kind, or some. */
const lacking: Readonly<Record<string, 'all' | readonly string[]>> = {
  'extensions.istio.io': 'all',
  'networking.istio.io': 'all',
  'security.istio.io': 'all',
  'telemetry.istio.io': 'all',
  'external-secrets.io': ['ClusterSecretStore', 'SecretStore'],
  'gateway.networking.x-k8s.io': 'all',
  'monitoring.coreos.com': 'all',
  'traefik.io': 'all',
}

/** Whether the bundled schema of a kind says less than its definition. */
export function lacksRules(apiVersion: string, kind: string): boolean {
  const group = groupOf(apiVersion)
  const kinds = Object.hasOwn(lacking, group) ? lacking[group] : undefined
  return kinds === 'all' || kinds?.includes(kind) === true
}

const mostNamed = 5

/** What to say of the kinds that were met. */
export function lackingSentence(kinds: readonly string[]): string {
  const sorted = [...new Set(kinds)].sort()
  const more = sorted.length > mostNamed ? ` and ${sorted.length - mostNamed} more` : ''
  const named = `${sorted.slice(0, mostNamed).join(', ')}${more}`
  return `rules (CEL, fields that exclude each other) that the bundled schemas of ${named} lack; "gitops schemas add" the definitions your cluster runs to have them checked`
}
