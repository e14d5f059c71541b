// Annotations of Applications that other programs read: Kargo and the notifications controller.

import { asMap } from '../../manifest/value.ts'
import { annotationOf, isApplication } from '../../argocd/simulate/read-argocd.ts'
import type { Finding, Rule } from '../rule.ts'
import { annotationPlace } from './annotation-place.ts'
import { applicationKinds } from './argo-kinds.ts'

const stageAnnotation = 'kargo.akuity.io/authorized-stage'

export const kargoStage: Rule = {
  code: 'argocd/kargo-stage',
  severity: 'error',
  summary: 'The Kargo stage that may promote is written as project:stage.',
  kinds: applicationKinds,
  appliesTo: resource => isApplication(resource) && annotationOf(resource.object, stageAnnotation) !== undefined,
  *check(resource) {
    const stage = annotationOf(resource.object, stageAnnotation) ?? ''
    if (/^[^:\s*]+:[^:\s*]+$/.test(stage)) return
    yield {
      at: annotationPlace(resource, stageAnnotation),
      message: `"${stage}" is not of the form project:stage, so Kargo refuses to promote into this Application`,
      help: 'Write the Kargo project and stage, without wildcards.',
    }
  },
}

const subscription = /^notifications\.argoproj\.io\/subscribe\.([^.]+)\.(.+)$/

/** notifications_catalog/triggers. */
const catalogue = new Set([
  'on-created',
  'on-deleted',
  'on-deployed',
  'on-health-degraded',
  'on-sync-failed',
  'on-sync-running',
  'on-sync-status-unknown',
  'on-sync-succeeded',
])

export const notificationSubscription: Rule = {
  code: 'argocd/notification-subscription',
  severity: 'warning',
  summary: 'Notification subscriptions name a trigger and a service.',
  annotated: true,
  appliesTo: resource =>
    Object.keys(asMap(asMap(resource.object['metadata'])['annotations'])).some(key =>
      key.startsWith('notifications.argoproj.io/'),
    ),
  *check(resource) {
    for (const key of Object.keys(asMap(asMap(resource.object['metadata'])['annotations']))) {
      if (!key.startsWith('notifications.argoproj.io/')) continue
      const wrong = subscriptionMistake(key)
      if (wrong !== undefined) yield { at: { ...annotationPlace(resource, key), on: 'key' }, ...wrong }
    }
  },
}

function subscriptionMistake(key: string): Omit<Finding, 'at'> | undefined {
  if (key === 'notifications.argoproj.io/subscriptions' || /\/notified\./.test(key)) return undefined
  const [, trigger] = subscription.exec(key) ?? []
  const help = 'Write notifications.argoproj.io/subscribe.<trigger>.<service>.'
  if (trigger === undefined) {
    // The short form, without a trigger, subscribes a service to the default triggers.
    return /^notifications\.argoproj\.io\/subscribe\.[^.]+$/.test(key)
      ? undefined
      : { message: `"${key}" subscribes to nothing, so no message is ever sent`, help }
  }
  if (catalogue.has(trigger) || !/^on[-_]/i.test(trigger)) return undefined
  return {
    severity: 'info',
    message: `trigger "${trigger}" is not in Argo CD's catalogue, so it must be defined in argocd-notifications-cm`,
    help: 'Check the spelling, or define the trigger.',
  }
}
