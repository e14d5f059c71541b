// Roles and bindings. Follows pkg/apis/rbac/validation/validation.go and the defaults in pkg/apis/rbac/v1/defaults.go.

import { hint } from '../../../diagnostics/suggest.ts'
import { dns1123SubdomainFault, pathSegmentFault } from '../../../manifest/names.ts'
import { at, count, isMistyped, isSet, items, mapOf, optionalText, text, type Field } from './field.ts'
import { quote, refuseEmpty, refuseNameFault, type Inspection } from './inspection.ts'
import { inspectSelector } from './selector.ts'

const group = 'rbac.authorization.k8s.io'
const ruleName = 'invalid-role-rule'

export function inspectRole(inspection: Inspection): void {
  const { root, resource } = inspection
  for (const rule of items(at(root, 'rules'))) inspectRule(inspection, rule, resource.kind === 'Role')
  const aggregation = at(root, 'aggregationRule')
  if (mapOf(aggregation) === undefined || resource.kind === 'Role') return
  refuseEmpty(inspection, at(aggregation, 'clusterRoleSelectors'), { what: 'clusterRoleSelectors' })
  for (const selector of items(at(aggregation, 'clusterRoleSelectors'))) inspectSelector(inspection, selector)
}

export function inspectBinding(inspection: Inspection): void {
  const { root, resource } = inspection
  const isCluster = resource.kind === 'ClusterRoleBinding'
  inspectRoleRef(inspection, at(root, 'roleRef'), isCluster ? ['ClusterRole'] : ['Role', 'ClusterRole'])
  for (const subject of items(at(root, 'subjects'))) inspectSubject(inspection, subject, isCluster)
}

function inspectRule(inspection: Inspection, rule: Field, isNamespaced: boolean): void {
  if (mapOf(rule) === undefined) return
  refuseMissingList(inspection, rule, 'verbs', true)
  const urls = at(rule, 'nonResourceURLs')
  if (count(urls) === 0) {
    refuseMissingList(inspection, rule, 'apiGroups')
    refuseMissingList(inspection, rule, 'resources')
    return
  }
  if (isNamespaced) {
    inspection.refuse(ruleName, {
      at: urls,
      on: 'key',
      message: 'nonResourceURLs must not stand in a Role',
      help: 'Use a ClusterRole: URLs belong to no namespace.',
    })
  }
  if (['apiGroups', 'resources', 'resourceNames'].every(key => count(at(rule, key)) === 0)) return
  inspection.refuse(ruleName, {
    at: urls,
    on: 'key',
    message: 'a rule must not name both resources and nonResourceURLs',
    help: 'Make them two rules.',
  })
}

function refuseMissingList(inspection: Inspection, rule: Field, key: string, inSchema = false): void {
  const field = at(rule, key)
  if (count(field) > 0 || isMistyped(field, 'list') || (inSchema && !isSet(field))) return
  inspection.refuse(ruleName, {
    at: isSet(field) ? field : rule,
    message: `a rule has no ${key}`,
    help: key === 'apiGroups' ? 'List the API groups; the core group is "".' : `List the ${key}.`,
  })
}

function inspectRoleRef(inspection: Inspection, ref: Field, kinds: readonly string[]): void {
  if (mapOf(ref) === undefined) return
  const apiGroup = at(ref, 'apiGroup')
  if (text(apiGroup) !== '' && text(apiGroup) !== group) {
    inspection.refuse('invalid-role-ref', {
      at: apiGroup,
      message: `apiGroup of the role is ${quote(text(apiGroup))}, allowed: ${group}`,
    })
  }
  const kind = at(ref, 'kind')
  if (optionalText(kind) !== undefined && !kinds.includes(text(kind))) {
    inspection.refuse('invalid-role-ref', {
      at: kind,
      message: `kind of the role is ${quote(text(kind))}${hint(text(kind), kinds)}`,
    })
  }
  refuseEmpty(inspection, at(ref, 'name'), { what: 'name of the role', inSchema: true })
  refuseNameFault(inspection, 'invalid-role-ref', { field: at(ref, 'name'), what: 'role', check: pathSegmentFault })
}

function inspectSubject(inspection: Inspection, subject: Field, isCluster: boolean): void {
  if (mapOf(subject) === undefined) return
  const kind = text(at(subject, 'kind'))
  const field = at(subject, 'name')
  const apiGroup = at(subject, 'apiGroup')
  refuseEmpty(inspection, field, { what: 'name of the subject', inSchema: true })
  if (kind === 'ServiceAccount') {
    refuseNameFault(inspection, 'invalid-subject', { field, what: 'ServiceAccount', check: dns1123SubdomainFault })
    if (text(apiGroup) !== '') refuseGroup(inspection, apiGroup, '""')
    if (isCluster && text(at(subject, 'namespace')) === '') {
      inspection.refuse('invalid-subject', {
        at: subject,
        message: `ServiceAccount ${quote(text(field))} has no namespace, which a ClusterRoleBinding needs`,
        help: 'Set the namespace of the ServiceAccount.',
      })
    }
  } else if (kind === 'User' || kind === 'Group') {
    if (text(apiGroup) !== '' && text(apiGroup) !== group) refuseGroup(inspection, apiGroup, group)
  } else if (optionalText(at(subject, 'kind')) !== undefined) {
    const kinds = ['ServiceAccount', 'User', 'Group']
    inspection.refuse('invalid-subject', {
      at: at(subject, 'kind'),
      message: `kind of the subject is ${quote(kind)}${hint(kind, kinds)}`,
    })
  }
}

function refuseGroup(inspection: Inspection, field: Field, allowed: string): void {
  inspection.refuse('invalid-subject', {
    at: field,
    message: `apiGroup of the subject is ${quote(text(field))}, allowed: ${allowed}`,
  })
}
