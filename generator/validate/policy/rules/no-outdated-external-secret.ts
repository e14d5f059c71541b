// External Secrets Operator stopped serving its beta versions: the object is then refused, and its Secret never made.

import { groupOf, versionOf } from '../../../manifest/resource.ts'
import { definePolicyRule } from '../define-policy-rule.ts'

const movedKinds: ReadonlySet<string> = new Set([
  'ExternalSecret',
  'ClusterExternalSecret',
  'SecretStore',
  'ClusterSecretStore',
])

/** Accident class X4: v1beta1 is no longer served since External Secrets Operator 0.17 (external-secrets/external-secrets#5477). */
export const noOutdatedExternalSecret = definePolicyRule({
  code: 'policy/no-outdated-external-secret',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: 'ExternalSecrets and their stores use external-secrets.io/v1.',
  kinds: [...movedKinds],
  appliesTo: resource => movedKinds.has(resource.kind) && groupOf(resource.apiVersion) === 'external-secrets.io',
  *check(resource) {
    if (versionOf(resource.apiVersion) === 'v1') return
    yield {
      at: { resource, pointer: '/apiVersion' },
      message: `"${resource.apiVersion}" is no longer served by current releases of External Secrets Operator`,
      help: 'Change apiVersion to external-secrets.io/v1; the fields are the same.',
    }
  },
})
