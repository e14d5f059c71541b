// A ResourceQuota counts everything at its most: when the last replica does not fit, it is missing just when it is needed.

import {
  compareQuantities,
  formatQuantity,
  parseQuantity,
  quantityOf,
  type Quantity,
} from '../../../manifest/quantity.ts'
import { child, pointer } from '../../../manifest/pointer.ts'
import { describeResource, type Resource } from '../../../manifest/resource.ts'
import { asList, asMap, isMap } from '../../../manifest/value.ts'
import type { Finding, RuleContext } from '../../rule.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { specOf } from '../pods.ts'
import { podsAtMost, quotaUse, quotaResource, unboundedContainers } from '../quota-use.ts'

/** Accident class W21: https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
export const noQuotaOverrun = definePolicyRule({
  code: 'policy/no-quota-overrun',
  severity: 'warning',
  summary: 'What a namespace runs at its most fits into its ResourceQuota.',
  kinds: ['ResourceQuota'],
  appliesTo: resource => resource.kind === 'ResourceQuota' && resource.apiVersion === 'v1',
  *check(quota, context) {
    const spec = specOf(quota)
    if (asList(spec['scopes']).length > 0 || isMap(spec['scopeSelector'])) return
    for (const [name, value] of Object.entries(asMap(spec['hard']))) {
      const hard = quantityOf(value)
      if (hard === undefined) continue
      const at = { resource: quota, pointer: pointer('spec', 'hard', name) }
      const used = usedOf(name, quota, context)
      if (used !== undefined && compareQuantities(used, hard) > 0) {
        yield {
          at,
          message: `"${name}" is limited to "${formatQuantity(hard)}", but what runs here at its most needs "${formatQuantity(used)}"`,
          help: 'Raise the quota, or lower replicas, autoscaler maxima or requests; count the surge of rolling updates too.',
        }
      }
      yield* missing(name, quota, context)
    }
  },
})

/** What the objects of the namespace use of a quota's entry; undefined for entries that cannot be told from manifests. */
function usedOf(name: string, quota: Resource, context: RuleContext): Quantity | undefined {
  const here = context.resources.all.filter(resource => resource.namespace === quota.namespace)
  const measured = quotaResource(name)
  if (measured !== undefined) return quotaUse(here, measured, context)
  if (name === 'pods' || name === 'count/pods')
    return parseQuantity(String(here.reduce((sum, resource) => sum + podsAtMost(resource, context), 0)))
  const counted = countedKinds.get(name)
  return counted === undefined ? undefined : parseQuantity(String(here.filter(({ kind }) => kind === counted).length))
}

const countedKinds: ReadonlyMap<string, string> = new Map([
  ['services', 'Service'],
  ['configmaps', 'ConfigMap'],
  ['secrets', 'Secret'],
  ['persistentvolumeclaims', 'PersistentVolumeClaim'],
  ['count/deployments.apps', 'Deployment'],
  ['count/jobs.batch', 'Job'],
  ['count/cronjobs.batch', 'CronJob'],
])

/** Containers that state no amount of a resource the quota counts: the server refuses their pods. */
function* missing(name: string, quota: Resource, context: RuleContext): Iterable<Finding> {
  const measured = quotaResource(name)
  if (measured === undefined) return
  for (const { resource, container } of unboundedContainers(quota, measured, context)) {
    yield {
      at: { resource, pointer: child(container.pointer, 'resources', measured.field) },
      severity: 'error',
      message: `container "${container.name}" states no ${measured.resource} ${measured.field}, which ${describeResource(quota)} demands of every container: its pods are refused`,
      help: `Set resources.${measured.field}.${measured.resource}, or a default in a LimitRange.`,
      related: [{ at: { resource: quota, pointer: pointer('spec', 'hard', name) }, note: 'counted here' }],
    }
  }
}
