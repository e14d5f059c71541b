// R10: a workload's own environment names a Service that its egress policies do not let it reach
// (https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation).

import { podKinds, podTemplateOf } from '../../../manifest/pod-template.ts'
import type { Rule } from '../../rule.ts'
import { blockedDependencies } from '../blocked-dependency.ts'

export const egressBlocksDependency: Rule = {
  code: 'reference/egress-blocks-dependency',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: 'Egress policies let a workload reach the Services its environment variables name.',
  kinds: podKinds,
  appliesTo: resource => podTemplateOf(resource) !== undefined,
  check: (resource, context) => blockedDependencies(resource, 'egress', context),
}
