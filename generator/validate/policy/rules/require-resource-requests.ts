// Every container that keeps running says what CPU and memory it needs; the scheduler places pods by nothing else.

import { child } from '../../../manifest/pointer.ts'
import { asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { containersIn, hasPod, isSidecar, podKinds, podOf } from '../pods.ts'

/** A limit without a request is its own request: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
export const requireResourceRequests = definePolicyRule({
  code: 'policy/require-resource-requests',
  severity: { production: 'warning', elsewhere: 'info' },
  summary: 'Containers request CPU and memory.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource) {
    const ofPod = asMap(podOf(resource)?.spec['resources'])
    for (const container of containersIn(resource)) {
      if (container.role === 'ephemeral') continue
      const { requests, limits } = asMap(container.spec['resources'])
      const missing = ['cpu', 'memory'].filter(
        name => ![requests, limits, ofPod['requests'], ofPod['limits']].some(map => Object.hasOwn(asMap(map), name)),
      )
      if (missing.length === 0) continue
      const isBrief = container.role === 'init' && !isSidecar(container)
      yield {
        at: { resource, pointer: child(container.pointer, 'resources') },
        ...(isBrief ? { severity: 'info' as const } : {}),
        message: `${isBrief ? 'init ' : ''}container "${container.name}" requests no ${missing.join(' and no ')}`,
        help: 'Set resources.requests to what the container needs in normal operation.',
      }
    }
  },
})
