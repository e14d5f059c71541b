// A sync waits for its hooks. A hook that never ends is a deployment that never ends.

import { definePolicyRule } from '../define-policy-rule.ts'
import { isHook, isJob, specOf } from '../pods.ts'

/** Accident class W22: https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup */
export const requireBoundedJob = definePolicyRule({
  code: 'policy/require-bounded-job',
  severity: 'warning',
  summary: 'Jobs that a sync waits for give up after a time.',
  kinds: ['Job'],
  appliesTo: resource => isJob(resource) && isHook(resource),
  *check(resource) {
    const missing = ['activeDeadlineSeconds', 'backoffLimit'].filter(field => specOf(resource)[field] === undefined)
    if (missing.length === 0) return
    yield {
      at: { resource, pointer: '/spec', on: 'key' },
      message: `the sync waits for this Job, which sets no ${missing.join(' and no ')}`,
      help: 'Set activeDeadlineSeconds and backoffLimit, so that a hook that hangs fails the sync instead of blocking it.',
    }
  },
})
