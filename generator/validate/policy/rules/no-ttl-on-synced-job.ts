// A Job that removes itself is created again by the next sync: it runs for ever.

import { asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { isHook, isJob, specOf } from '../pods.ts'

/** Accident class W22: argoproj/argo-cd#8586, argoproj/argo-cd#13851. */
export const noTtlOnSyncedJob = definePolicyRule({
  code: 'policy/no-ttl-on-synced-job',
  severity: 'error',
  summary: 'Jobs that Argo CD keeps in sync do not delete themselves.',
  kinds: ['Job'],
  appliesTo: resource => isJob(resource) && !isHook(resource),
  *check(resource, { profile }) {
    if (asMap(specOf(resource))['ttlSecondsAfterFinished'] === undefined) return
    // Where nobody declares the environment, nothing says that Argo CD syncs it; its Applications in the same run do.
    const unsynced = profile.assumed === true && profile.argocd === undefined && profile.ignoredFields === undefined
    yield {
      at: { resource, pointer: '/spec/ttlSecondsAfterFinished', on: 'key' },
      ...(unsynced ? { severity: 'info' } : {}),
      message: unsynced
        ? 'the Job deletes itself when it is done: where Argo CD syncs it, the next sync creates and runs it again'
        : 'the Job deletes itself when it is done, and the next sync creates and runs it again',
      help: 'Remove ttlSecondsAfterFinished, or make the Job a sync hook with a hook-delete-policy.',
    }
  },
})
