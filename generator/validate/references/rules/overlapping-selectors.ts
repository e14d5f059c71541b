// R2: two controllers whose selectors match each other's pods count, scale and protect the wrong ones
// (https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector).

import { podSelectorOf } from '../../../graph/pod-selectors.ts'
import { describeSelector } from '../../../manifest/label-selector.ts'
import { describeResource, resourceKey } from '../../../manifest/resource.ts'
import type { Rule } from '../../rule.ts'

const controllers = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Rollout'])

export const overlappingSelectors: Rule = {
  code: 'reference/overlapping-selectors',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: 'The selector of a controller matches its own pods only.',
  kinds: [...controllers],
  appliesTo: ({ kind }) => controllers.has(kind),
  *check(resource, { graph }) {
    const others = graph
      .workloadsSelectedBy(resource)
      .filter(other => controllers.has(other.resource.kind) && resourceKey(other.resource) !== resourceKey(resource))
    const selector = others.length === 0 ? undefined : podSelectorOf(resource)
    if (selector === undefined) return
    const names = others.slice(0, 5).map(other => describeResource(other.resource))
    yield {
      at: selector.at,
      message: `the selector "${describeSelector(selector.selector)}" also matches the pods of ${names.join(' and ')}`,
      help: 'Give each workload a label of its own and put it into selector and template.',
      related: others.slice(0, 5).map(other => ({
        at: { resource: other.resource, pointer: `${other.template.pointer}/metadata/labels` },
        note: 'its pods match too',
      })),
    }
  },
}
