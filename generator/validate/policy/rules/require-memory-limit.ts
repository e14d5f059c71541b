// A memory leak without a limit takes the node down with it; a limit keeps the damage to one container.

import { child } from '../../../manifest/pointer.ts'
import { asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { hasPod, podKinds, podOf, runningContainersIn } from '../pods.ts'

/** https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#how-pods-with-resource-limits-are-run */
export const requireMemoryLimit = definePolicyRule({
  code: 'policy/require-memory-limit',
  severity: { production: 'warning', elsewhere: 'info' },
  summary: 'Containers have a memory limit.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource) {
    const ofPod = asMap(asMap(podOf(resource)?.spec['resources'])['limits'])
    if (Object.hasOwn(ofPod, 'memory')) return
    for (const container of runningContainersIn(resource)) {
      const limits = asMap(asMap(container.spec['resources'])['limits'])
      if (Object.hasOwn(limits, 'memory')) continue
      yield {
        at: { resource, pointer: child(container.pointer, 'resources', 'limits') },
        message: `container "${container.name}" has no memory limit`,
        help: 'Set resources.limits.memory, so that a leak ends with this container and not with the node.',
      }
    }
  },
})
