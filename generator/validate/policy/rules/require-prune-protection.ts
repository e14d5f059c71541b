// What holds data is not deleted because a line disappeared from Git: Argo CD asks first.

import { asList, asMap, asString } from '../../../manifest/value.ts'
import type { Resource } from '../../../manifest/resource.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { specOf } from '../pods.ts'

const annotation = 'argocd.argoproj.io/sync-options'

/** Accident class S7: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#no-prune-resources */
export const requirePruneProtection = definePolicyRule({
  code: 'policy/require-prune-protection',
  severity: { production: 'error', elsewhere: 'info' },
  summary: 'Argo CD asks before it prunes or deletes what holds data.',
  kinds: ['PersistentVolumeClaim', 'Namespace', 'StatefulSet'],
  appliesTo: holdsData,
  *check(resource, { profile }) {
    const text = asString(asMap(asMap(resource.object['metadata'])['annotations'])[annotation]) ?? ''
    const options = text.split(',').map(option => option.trim())
    const missing = ['Prune', 'Delete'].filter(
      verb => !options.includes(`${verb}=confirm`) && !options.includes(`${verb}=false`),
    )
    if (missing.length === 0) return
    const known = profile.argocd !== undefined || profile.ignoredFields !== undefined
    yield {
      at: { resource, pointer: '/metadata/annotations' },
      ...(known ? {} : { severity: 'info' as const }),
      message: `the ${resource.kind} holds data, and nothing keeps Argo CD from ${missing.map(verb => (verb === 'Prune' ? 'pruning it' : 'deleting it with its Application')).join(' or ')}`,
      help: `Annotate it: ${annotation}: ${missing.map(verb => `${verb}=confirm`).join(',')}.`,
    }
  },
})

function holdsData(resource: Resource): boolean {
  switch (resource.kind) {
    case 'PersistentVolumeClaim':
    case 'Namespace':
      return resource.apiVersion === 'v1'
    case 'StatefulSet':
      return asList(specOf(resource)['volumeClaimTemplates']).length > 0
    default:
      return false
  }
}
