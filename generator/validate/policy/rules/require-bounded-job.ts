// A sync waits for its hooks. A hook that never ends is a deployment that never ends; other Jobs only hang by themselves.

import { definePolicyRule } from '../define-policy-rule.ts'
import { isHook, isJob, specOf } from '../pods.ts'

/** Accident class W22: https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup */
export const requireBoundedJob = definePolicyRule({
  code: 'policy/require-bounded-job',
  severity: 'warning',
  summary: 'Jobs give up after a time, those that a sync waits for above all.',
  kinds: ['Job'],
  appliesTo: isJob,
  *check(resource) {
    const hook = isHook(resource)
    const wanted = hook ? ['activeDeadlineSeconds', 'backoffLimit'] : ['activeDeadlineSeconds']
    const missing = wanted.filter(field => specOf(resource)[field] === undefined)
    if (missing.length === 0) return
    yield {
      at: { resource, pointer: '/spec', on: 'key' },
      ...(hook ? {} : { severity: 'info' }),
      message: hook
        ? `the sync waits for this Job, which sets no ${missing.join(' and no ')}`
        : 'this Job may run for ever: it sets no activeDeadlineSeconds',
      help: hook
        ? 'Set activeDeadlineSeconds and backoffLimit, so that a hook that hangs fails the sync instead of blocking it.'
        : 'Set activeDeadlineSeconds, so that a run that hangs fails and can be seen.',
    }
  },
})
