// One name, one value: the later of two equal names wins silently, and `kubectl apply` merges such lists by name.

import { child, pointer } from '../../../manifest/pointer.ts'
import { asList, asMap, asString } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { containersIn, hasPod, podKinds } from '../pods.ts'

/** `env` is a list merged by name: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables */
export const noDuplicateEnv = definePolicyRule({
  code: 'policy/no-duplicate-env',
  severity: 'warning',
  summary: 'A container sets each environment variable once.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource) {
    for (const container of containersIn(resource)) {
      const entries = asList(container.spec['env'])
      const first = new Map<string, number>()
      for (let index = 0; index < entries.length; index++) {
        const name = asString(asMap(entries[index])['name'])
        if (name === undefined) continue
        const earlier = first.get(name)
        if (earlier === undefined) {
          first.set(name, index)
          continue
        }
        yield {
          at: { resource, pointer: child(container.pointer, 'env', index, 'name') },
          message: `container "${container.name}" sets "${name}" twice`,
          help: 'Keep one of the two entries: only the last one counts, and applying merges them by name.',
          related: [
            { at: { resource, pointer: container.pointer + pointer('env', earlier, 'name') }, note: 'set here first' },
          ],
        }
      }
    }
  },
})
