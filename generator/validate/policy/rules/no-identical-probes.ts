// Readiness takes a pod out of traffic, liveness kills it: when both ask the same at the same pace, every hiccup is a restart.

import { child } from '../../../manifest/pointer.ts'
import { asMap, asString, type YamlMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { hasPod, podKinds, runningContainersIn } from '../pods.ts'
import { sameHandler, secondsToFail } from '../probe-timing.ts'

const dependencyHint = /(^|[/_-])(ready|readiness|readyz|db|database|dependencies)([/_.?-]|$)/i

/** Accident class W3; see kube-score's README_PROBES.md on what each probe is for. */
export const noIdenticalProbes = definePolicyRule({
  code: 'policy/no-identical-probes',
  severity: 'warning',
  summary: 'Liveness is not just a copy of readiness.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource) {
    for (const container of runningContainersIn(resource)) {
      const liveness = asMap(container.spec['livenessProbe'])
      const readiness = asMap(container.spec['readinessProbe'])
      const at = { resource, pointer: child(container.pointer, 'livenessProbe') }
      const path = asString(asMap(liveness['httpGet'])['path'])
      if (isCopy(liveness, readiness, container.spec)) {
        yield {
          at,
          message: `container "${container.name}" is killed by the same check, after the same time, that only should take it out of traffic`,
          help: 'Let liveness ask something simpler, or give it more patience than readiness.',
        }
      } else if (path !== undefined && dependencyHint.test(path)) {
        yield {
          at: { resource, pointer: child(container.pointer, 'livenessProbe', 'httpGet', 'path') },
          message: `liveness of container "${container.name}" asks "${path}", which sounds like a check of readiness or of a dependency`,
          help: 'Ask a path that only says whether the process itself is alive.',
        }
      }
    }
  },
})

function isCopy(liveness: YamlMap, readiness: YamlMap, container: YamlMap): boolean {
  return secondsToFail(liveness) <= secondsToFail(readiness) && sameHandler(liveness, readiness, container)
}
