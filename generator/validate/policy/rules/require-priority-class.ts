// Where an environment uses priorities at all, a workload without one stands wherever the default puts it.

import { child } from '../../../manifest/pointer.ts'
import type { ResourceSet } from '../../../manifest/resource-set.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { hasPod, podKinds, podOf } from '../pods.ts'

const usesPriorities = new WeakMap<ResourceSet, boolean>()

/** https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/ */
export const requirePriorityClass = definePolicyRule({
  code: 'policy/require-priority-class',
  severity: 'info',
  summary: 'Where some workloads of an environment have a priority, all of them do.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource, { resources }) {
    const pod = podOf(resource)
    if (pod === undefined || pod.spec['priorityClassName'] !== undefined || !someHavePriority(resources)) return
    yield {
      at: { resource, pointer: child(pod.specPointer, 'priorityClassName') },
      message: 'other workloads here have a priorityClassName, this one has none',
      help: 'Set priorityClassName, so that it is a decision who gives way when nodes are full.',
    }
  },
})

function someHavePriority(resources: ResourceSet): boolean {
  let known = usesPriorities.get(resources)
  if (known === undefined) {
    known =
      !resources.ofKind('PriorityClass').some(({ object }) => object['globalDefault'] === true) &&
      resources.all.some(resource => podOf(resource)?.spec['priorityClassName'] !== undefined)
    usesPriorities.set(resources, known)
  }
  return known
}
