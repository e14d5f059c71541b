// A volume that one node writes cannot follow a rolling update: the new pod waits for it, the old one waits for the new one.

import { describeResource } from '../../../manifest/resource.ts'
import { asMap } from '../../../manifest/value.ts'
import { singleWriterClaims } from '../claims.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { intOrPercent } from '../int-or-percent.ts'
import { replicasOf, specOf } from '../pods.ts'
import { maximumReplicas } from '../surroundings.ts'

/** Accident class W19: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes */
export const noRollingUpdateOfSingleWriterVolume = definePolicyRule({
  code: 'policy/no-rolling-update-of-single-writer-volume',
  severity: 'warning',
  summary: 'A Deployment with a volume that one node writes is recreated, not rolled.',
  kinds: ['Deployment'],
  appliesTo: resource => resource.kind === 'Deployment',
  *check(resource, context) {
    const [claim] = singleWriterClaims(resource, context)
    if (claim === undefined) return
    const related = [{ at: { resource: claim.claim, pointer: '/spec/accessModes' }, note: 'one node at a time' }]
    const replicas = maximumReplicas(resource, context)
    if (replicas > 1) {
      yield {
        at: { resource, pointer: claim.pointer },
        message: `up to "${replicas}" pods share ${describeResource(claim.claim)}, which only one node may mount`,
        help: 'Use a StatefulSet with volumeClaimTemplates, or a volume with ReadWriteMany.',
        related,
      }
      return
    }
    const strategy = asMap(specOf(resource)['strategy'])
    const surge = intOrPercent(
      asMap(strategy['rollingUpdate'])['maxSurge'] ?? '25%',
      Math.max(replicasOf(resource), 1),
      'up',
    )
    if (strategy['type'] === 'Recreate' || surge === 0) return
    yield {
      at: { resource, pointer: '/spec/strategy' },
      message: `a rolling update starts the new pod while the old one holds ${describeResource(claim.claim)}; on another node it waits for ever`,
      help: 'Set spec.strategy.type to Recreate, or use a StatefulSet.',
      related,
    }
  },
})
