// Applications by themselves: where they deploy and how they sync. What needs their project or what they render is checked
// over the whole repository (repository/).

import { pointer, valueAt } from '../../manifest/pointer.ts'
import type { Place, Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, isMap } from '../../manifest/value.ts'
import { cascadeFinalizer } from '../../argocd/application.ts'
import { destinationOfApplication, isApplication, isAutomated, projectOf } from '../../argocd/simulate/read-argocd.ts'
import type { Rule } from '../rule.ts'
import { applicationKinds } from './argo-kinds.ts'
import { isProduction } from './is-production.ts'

function field(resource: Resource, ...tokens: readonly (string | number)[]): Place {
  return { resource, pointer: pointer(...tokens) }
}

export const productionProject: Rule = {
  code: 'argocd/production-project',
  severity: 'error',
  summary: 'Production Applications have a project of their own, not the default one.',
  kinds: applicationKinds,
  appliesTo: resource => isApplication(resource) && isProduction(resource) && projectOf(resource.object) === 'default',
  *check(resource) {
    yield {
      at: field(resource, 'spec', 'project'),
      message:
        'a production Application is in the project "default", which permits any source to deploy anything anywhere',
      help: 'Give it a project with exact sources, destinations and kinds.',
    }
  },
}

export const applicationDestination: Rule = {
  code: 'argocd/application-destination',
  severity: 'error',
  summary: 'A destination names its cluster once: by name or by server.',
  kinds: applicationKinds,
  appliesTo: isApplication,
  *check(resource) {
    const { name, server } = destinationOfApplication(resource.object)
    const at = field(resource, 'spec', 'destination')
    if (name !== '' && server !== '') {
      yield {
        at,
        message: `the destination names its cluster twice, as "${name}" and as "${server}", and Argo CD refuses that`,
        help: 'Keep name or server, not both.',
      }
    }
    // Without any destination the schema speaks.
    if (name === '' && server === '' && isMap(valueAt(resource.object, '/spec/destination'))) {
      yield { at, message: 'the destination names no cluster, and Argo CD refuses that', help: 'Set name or server.' }
    }
  },
}

export const automatedSync: Rule = {
  code: 'argocd/automated-sync',
  severity: 'info',
  summary: 'Automated sync also prunes and heals.',
  kinds: applicationKinds,
  appliesTo: resource => isApplication(resource) && isAutomated(resource.object),
  *check(resource) {
    const automated = asMap(valueAt(resource.object, '/spec/syncPolicy/automated'))
    const missing = [
      ...(automated['prune'] === true ? [] : ['prune: objects that leave Git stay in the cluster']),
      ...(automated['selfHeal'] === true ? [] : ['selfHeal: changes made in the cluster stay until the next commit']),
    ]
    if (missing.length === 0) return
    yield {
      at: field(resource, 'spec', 'syncPolicy', 'automated'),
      severity: isProduction(resource) ? 'warning' : 'info',
      message: `automated sync without ${missing.join('; without ')}`,
      help: 'Set prune and selfHeal to true, or leave automated out.',
    }
  },
}

export const allowEmpty: Rule = {
  code: 'argocd/allow-empty',
  severity: 'error',
  summary: 'The guard against deleting everything stays on.',
  kinds: applicationKinds,
  appliesTo: isApplication,
  *check(resource) {
    if (valueAt(resource.object, '/spec/syncPolicy/automated/allowEmpty') !== true) return
    yield {
      at: field(resource, 'spec', 'syncPolicy', 'automated', 'allowEmpty'),
      message: 'allowEmpty lets a sync that renders nothing delete everything, and nothing else stops it',
      help: 'Remove allowEmpty; to empty an Application on purpose, delete it.',
    }
  },
}

export const syncRetry: Rule = {
  code: 'argocd/sync-retry',
  severity: 'info',
  summary: 'Failed syncs are retried a few times, on the newest revision.',
  kinds: applicationKinds,
  appliesTo: isApplication,
  *check(resource) {
    const retry = valueAt(resource.object, '/spec/syncPolicy/retry')
    if (!isMap(retry)) return
    const limit = retry['limit']
    if (typeof limit === 'number' && limit < 0) {
      yield {
        at: field(resource, 'spec', 'syncPolicy', 'retry', 'limit'),
        severity: isProduction(resource) ? 'warning' : 'info',
        message: `a limit of ${limit} retries for ever`,
        help: 'Set a limit of 3 to 10.',
      }
    }
    if (isAutomated(resource.object) && retry['refresh'] !== true && limit !== 0) {
      yield {
        at: field(resource, 'spec', 'syncPolicy', 'retry'),
        message: 'without refresh, retries go on with the commit that failed while its fix waits',
        help: 'Set retry.refresh to true.',
      }
    }
  },
}

export const previewFinalizer: Rule = {
  code: 'argocd/preview-finalizer',
  severity: 'warning',
  summary: 'Applications of preview environments delete what they deployed.',
  kinds: applicationKinds,
  appliesTo: resource => isApplication(resource) && isPreview(resource),
  *check(resource) {
    const finalizers = asList(asMap(resource.object['metadata'])['finalizers'])
    if (finalizers.some(finalizer => asString(finalizer)?.startsWith(cascadeFinalizer) === true)) return
    yield {
      at: field(resource, 'metadata'),
      message: 'this preview Application leaves all its objects behind when it is deleted',
      help: `Add the finalizer ${cascadeFinalizer}.`,
    }
  },
}

function isPreview(resource: Resource): boolean {
  const label = asString(valueAt(resource.object, '/metadata/labels/environment'))
  return /(^|[^a-z0-9])(preview|ephemeral|pr-?\d+)([^a-z0-9]|$)/i.test(label ?? resource.name)
}
