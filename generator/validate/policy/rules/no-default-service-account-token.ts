// The token of the default ServiceAccount is mounted into every pod that does not decline it, needed or not.

import { child } from '../../../manifest/pointer.ts'
import { asString } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { hasPod, podKinds, podOf } from '../pods.ts'

/** https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting */
export const noDefaultServiceAccountToken = definePolicyRule({
  code: 'policy/no-default-service-account-token',
  severity: { production: 'warning', elsewhere: 'info' },
  summary: 'Pods do not mount the token of the default ServiceAccount.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource, { graph }) {
    const pod = podOf(resource)
    if (pod === undefined || pod.spec['automountServiceAccountToken'] === false) return
    const name = asString(pod.spec['serviceAccountName']) ?? asString(pod.spec['serviceAccount']) ?? ''
    if (name !== '' && name !== 'default') return
    const account = graph.find('ServiceAccount', resource.namespace, 'default', '')
    if (
      account?.object['automountServiceAccountToken'] === false &&
      pod.spec['automountServiceAccountToken'] === undefined
    ) {
      return
    }
    yield {
      at: { resource, pointer: child(pod.specPointer, 'automountServiceAccountToken') },
      message: 'the pod mounts the token of the "default" ServiceAccount',
      help: 'Set automountServiceAccountToken to false, or name a ServiceAccount of its own for a pod that calls the API server.',
    }
  },
})
