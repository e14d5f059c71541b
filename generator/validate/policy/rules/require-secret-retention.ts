// A Secret that disappears with an entry in the secret store takes the running service with it.

import { groupOf } from '../../../manifest/resource.ts'
import { asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { specOf } from '../pods.ts'

/** Accident class X5: https://external-secrets.io/latest/guides/ownership-deletion-policy/ */
export const requireSecretRetention = definePolicyRule({
  code: 'policy/require-secret-retention',
  severity: { production: 'error', elsewhere: 'info' },
  summary: 'The Secret of an ExternalSecret stays when its source entry is gone.',
  kinds: ['ExternalSecret'],
  appliesTo: resource => resource.kind === 'ExternalSecret' && groupOf(resource.apiVersion) === 'external-secrets.io',
  *check(resource) {
    const target = asMap(specOf(resource)['target'])
    if (target['deletionPolicy'] !== 'Delete') return
    yield {
      at: { resource, pointer: '/spec/target/deletionPolicy' },
      message: 'deletionPolicy "Delete" removes the Secret as soon as its entries are missing from the secret store',
      help: 'Use Retain, so that a mistake in the secret store does not stop running services.',
    }
  },
})
