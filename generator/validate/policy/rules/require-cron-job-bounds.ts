// A CronJob that is slower than its schedule piles up, and one with a tiny starting deadline may never start.

import { definePolicyRule } from '../define-policy-rule.ts'
import { specOf } from '../pods.ts'

/** https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy and #starting-deadline */
export const requireCronJobBounds = definePolicyRule({
  code: 'policy/require-cron-job-bounds',
  severity: 'info',
  summary: 'A CronJob says whether runs may overlap, and has a starting deadline the controller can keep.',
  kinds: ['CronJob'],
  appliesTo: resource => resource.kind === 'CronJob',
  *check(resource) {
    const { concurrencyPolicy, startingDeadlineSeconds } = specOf(resource)
    if (concurrencyPolicy === undefined) {
      yield {
        at: { resource, pointer: '/spec/concurrencyPolicy' },
        message: 'concurrencyPolicy is not set: runs that take longer than the schedule overlap',
        help: 'Set concurrencyPolicy to Forbid or Replace, or to Allow if overlapping runs are meant.',
      }
    }
    if (typeof startingDeadlineSeconds === 'number' && startingDeadlineSeconds < 10) {
      yield {
        at: { resource, pointer: '/spec/startingDeadlineSeconds' },
        severity: 'warning',
        message: `the starting deadline of "${startingDeadlineSeconds}" seconds is shorter than the controller's own interval of 10: runs may never start`,
        help: 'Set startingDeadlineSeconds to 10 or more.',
      }
    }
  },
})
