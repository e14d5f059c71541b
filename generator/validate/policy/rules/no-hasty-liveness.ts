// A liveness probe without a startup probe must leave the process time to start, or it restarts for ever.

import { child } from '../../../manifest/pointer.ts'
import { asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { hasPod, podKinds, runningContainersIn } from '../pods.ts'
import { hasHandler, secondsBeforeKill } from '../probe-timing.ts'

const patience = 15

/** Accident class W4: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/ */
export const noHastyLiveness = definePolicyRule({
  code: 'policy/no-hasty-liveness',
  severity: 'warning',
  summary: `Liveness leaves a container at least ${patience} seconds to start, or there is a startup probe.`,
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource) {
    for (const container of runningContainersIn(resource)) {
      const liveness = asMap(container.spec['livenessProbe'])
      if (!hasHandler(liveness) || hasHandler(asMap(container.spec['startupProbe']))) continue
      const seconds = secondsBeforeKill(liveness)
      if (seconds >= patience) continue
      yield {
        at: { resource, pointer: child(container.pointer, 'livenessProbe') },
        message: `container "${container.name}" is killed when it does not answer ${seconds} seconds after its start`,
        help: 'Add a startupProbe, or raise initialDelaySeconds, so that a slow start is not a restart loop.',
      }
    }
  },
})
