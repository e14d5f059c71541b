// R10: a workload's environment names a Service whose pods do not let it in: a connection needs both sides
// (https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation).

import { podKinds, podTemplateOf } from '../../../manifest/pod-template.ts'
import type { Rule } from '../../rule.ts'
import { blockedDependencies } from '../blocked-dependency.ts'

export const ingressBlocksDependency: Rule = {
  code: 'reference/ingress-blocks-dependency',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: 'Ingress policies let in the workloads whose environment variables name the Service.',
  kinds: podKinds,
  appliesTo: resource => podTemplateOf(resource) !== undefined,
  check: (resource, context) => blockedDependencies(resource, 'ingress', context),
}
