// A process that hangs without dying is only restarted when somebody asks it whether it lives.

import { child } from '../../../manifest/pointer.ts'
import { asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { hasPod, podKinds } from '../pods.ts'
import { hasHandler } from '../probe-timing.ts'
import { servingContainers } from '../serving-containers.ts'

/** Information only: a process that exits when it is broken needs no liveness probe. */
export const requireLivenessProbe = definePolicyRule({
  code: 'policy/require-liveness-probe',
  severity: 'info',
  summary: 'Containers behind a Service have a liveness probe.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource, context) {
    for (const container of servingContainers(resource, context)) {
      if (hasHandler(asMap(container.spec['livenessProbe']))) continue
      yield {
        at: { resource, pointer: child(container.pointer, 'livenessProbe') },
        message: `container "${container.name}" gets requests from a Service and has no liveness probe`,
        help: 'Add a livenessProbe that fails only when a restart would help, or accept this where the process exits by itself.',
      }
    }
  },
})
