// A Deployment left beside the Rollout that replaced it runs a second set of the same pods.

import { selectorMatches } from '../../../manifest/label-selector.ts'
import { describeResource, groupOf, type Resource } from '../../../manifest/resource.ts'
import { asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { podOf, replicasOf, specOf } from '../pods.ts'

/** Accident class X16: https://argo-rollouts.readthedocs.io/en/stable/migrating/ */
export const noDeploymentBesideRollout = definePolicyRule({
  code: 'policy/no-deployment-beside-rollout',
  severity: 'error',
  summary: 'A Deployment does not run beside the Rollout that replaced it.',
  kinds: ['Deployment'],
  appliesTo: resource => resource.kind === 'Deployment',
  *check(deployment, { resources }) {
    if (replicasOf(deployment) === 0) return
    for (const rollout of resources.ofKind('Rollout')) {
      if (groupOf(rollout.apiVersion) !== 'argoproj.io' || rollout.namespace !== deployment.namespace) continue
      const reference = asMap(specOf(rollout)['workloadRef'])
      const refersHere = reference['kind'] === 'Deployment' && reference['name'] === deployment.name
      if (refersHere ? scalesDown(reference['scaleDown']) : !claimsPods(rollout, deployment)) continue
      yield {
        at: { resource: deployment, pointer: '/spec/replicas' },
        message: `${describeResource(rollout)} ${refersHere ? 'takes its pods from this Deployment' : 'selects the same pods'}, and the Deployment still runs "${replicasOf(deployment)}" of its own`,
        help: refersHere
          ? 'Set workloadRef.scaleDown, or replicas: 0.'
          : 'Delete the Deployment when the Rollout is healthy, or set replicas: 0.',
        related: [{ at: { resource: rollout, pointer: '/metadata/name' }, note: 'the Rollout' }],
      }
    }
  },
})

function scalesDown(value: unknown): boolean {
  return value === 'onsuccess' || value === 'progressively'
}

function claimsPods(rollout: Resource, deployment: Resource): boolean {
  const selector = asMap(specOf(rollout)['selector'])
  const labels = asMap(podOf(deployment)?.metadata['labels'])
  return Object.keys(selector).length > 0 && selectorMatches(selector, labels)
}
