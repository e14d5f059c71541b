// ApplicationSets by themselves: what happens to Applications, and to all they deployed, when a generator returns less.

import { pointer, valueAt } from '../../manifest/pointer.ts'
import { asList, asString } from '../../manifest/value.ts'
import { isApplicationSet } from '../../argocd/simulate/read-argocd.ts'
import type { Rule } from '../rule.ts'
import { applicationSetKinds } from './argo-kinds.ts'
import { isProduction } from './is-production.ts'

export const applicationSetDeletion: Rule = {
  code: 'argocd/application-set-deletion',
  severity: 'info',
  summary: 'An ApplicationSet that loses an element does not delete what runs.',
  kinds: applicationSetKinds,
  appliesTo: isApplicationSet,
  *check(resource) {
    if (valueAt(resource.object, '/spec/syncPolicy/preserveResourcesOnDeletion') === true) return
    const policy = asString(valueAt(resource.object, '/spec/syncPolicy/applicationsSync')) ?? 'sync'
    if (policy === 'create-update' || policy === 'create-only') return
    yield {
      at: { resource, pointer: pointer('spec') },
      severity: isProduction(resource) ? 'warning' : 'info',
      message:
        'when a generator returns less, or an element is renamed, the Applications and everything they deployed are deleted',
      help: 'Set syncPolicy.preserveResourcesOnDeletion to true, or applicationsSync to create-update.',
    }
  },
}

export const applicationSetMissingKey: Rule = {
  code: 'argocd/application-set-missing-key',
  severity: 'warning',
  summary: 'Go templates of an ApplicationSet fail on missing keys.',
  kinds: applicationSetKinds,
  appliesTo: resource => isApplicationSet(resource) && valueAt(resource.object, '/spec/goTemplate') === true,
  *check(resource) {
    const options = asList(valueAt(resource.object, '/spec/goTemplateOptions'))
    if (options.includes('missingkey=error')) return
    yield {
      at: { resource, pointer: pointer('spec', 'goTemplate') },
      message: 'a missing key becomes "<no value>" in the names and paths of the Applications',
      help: 'Set goTemplateOptions: ["missingkey=error"].',
    }
  },
}
