// A pod that gets requests must say when it can answer them: without readiness it counts as available the moment it starts.

import { child } from '../../../manifest/pointer.ts'
import { asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { hasPod, podKinds } from '../pods.ts'
import { hasHandler } from '../probe-timing.ts'
import { servingContainers } from '../serving-containers.ts'

/** Accident class W2: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/ */
export const requireReadinessProbe = definePolicyRule({
  code: 'policy/require-readiness-probe',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: 'Containers behind a Service have a readiness probe.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource, context) {
    for (const container of servingContainers(resource, context)) {
      if (hasHandler(asMap(container.spec['readinessProbe']))) continue
      yield {
        at: { resource, pointer: child(container.pointer, 'readinessProbe') },
        message: `container "${container.name}" gets requests from a Service and has no readiness probe`,
        help: 'Add a readinessProbe that succeeds when the container can answer requests.',
      }
    }
  },
})
