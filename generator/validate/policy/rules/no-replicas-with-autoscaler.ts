// Two owners of one number: Git says how many replicas, the autoscaler too. Each sync kills what the other started,
// unless Argo CD is told to leave the field alone.

import { matchesGlob } from '../../../argocd/simulate/glob.ts'
import { groupOf, describeResource, type Resource } from '../../../manifest/resource.ts'
import type { IgnoredField } from '../../../model/profile.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { isReplicated, replicatedKinds, specOf } from '../pods.ts'
import { autoscalersOf } from '../surroundings.ts'

/**
 * Accident class W10: https://argo-cd.readthedocs.io/en/stable/user-guide/best_practices/#leaving-room-for-imperativeness.
 * An error where the Applications are known and none ignores the field; a warning where nothing is known about Argo CD,
 * because the entry may stand in a repository that is not seen here.
 */
export const noReplicasWithAutoscaler = definePolicyRule({
  code: 'policy/no-replicas-with-autoscaler',
  severity: 'error',
  summary: 'An autoscaled workload declares no replicas, or Argo CD leaves that field to the autoscaler.',
  kinds: replicatedKinds,
  appliesTo: isReplicated,
  *check(resource, context) {
    const [autoscaler] = autoscalersOf(resource, context)
    if (autoscaler === undefined || specOf(resource)['replicas'] === undefined) return
    const ignored = context.profile.ignoredFields
    if (ignored?.some(entry => leavesReplicas(entry, resource)) === true) return
    const replicas = String(specOf(resource)['replicas'] as number)
    yield {
      at: { resource, pointer: '/spec/replicas', on: 'key' },
      severity: ignored === undefined ? 'warning' : 'error',
      message: `"${replicas}" replicas are declared, but ${describeResource(autoscaler)} decides how many run: every sync resets them`,
      help: 'Remove spec.replicas, or let the Application ignore /spec/replicas of this object with RespectIgnoreDifferences=true.',
      related: [{ at: { resource: autoscaler, pointer: '/spec/scaleTargetRef' }, note: 'scaled here' }],
    }
  },
})

function leavesReplicas(entry: IgnoredField, { apiVersion, kind, name, namespace }: Resource): boolean {
  return (
    matchesGlob(entry.group, groupOf(apiVersion)) &&
    matchesGlob(entry.kind, kind) &&
    (entry.name === undefined || entry.name === name) &&
    (entry.namespace === undefined || namespace === undefined || entry.namespace === namespace) &&
    entry.jsonPointers.includes('/spec/replicas')
  )
}
