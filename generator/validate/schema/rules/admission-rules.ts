// Which requests webhooks and admission policies look at.
// Follows pkg/apis/admissionregistration/validation/validation.go (validateRuleWithOperations, validateResources,
// validateMatchConditions). Whether expressions compile is the admission family's question.

import { qualifiedNameFault } from '../../../manifest/names.ts'
import { at, count, isMistyped, isSet, items, mapOf, optionalText, text, texts, type Field } from './field.ts'
import { quote, refuseEmpty, refuseFault, type Inspection } from './inspection.ts'
import type { RuleName } from './rule-names.ts'

const operations = new Set(['*', 'CREATE', 'UPDATE', 'DELETE', 'CONNECT'])
const maxConditions = 64

/** Operations, groups, versions and resources of one rule. */
export function inspectOperations(inspection: Inspection, rule: Field, name: RuleName): void {
  if (mapOf(rule) === undefined) return
  for (const key of ['operations', 'apiGroups', 'apiVersions', 'resources']) {
    const field = at(rule, key)
    if (isMistyped(field, 'list')) continue
    if (count(field) === 0) {
      inspection.refuse(name, { at: isSet(field) ? field : rule, message: `a rule has no ${key}` })
    } else if (key !== 'resources' && count(field) > 1 && texts(field).includes('*')) {
      inspection.refuse(name, { at: field, message: `${key} must not list others beside "*"` })
    }
  }
  refuseEmpty(inspection, at(rule, 'scope'), { what: 'scope', inSchema: true })
  refuseUnknownOperations(inspection, rule, name)
  for (const field of items(at(rule, 'apiVersions'))) refuseEmpty(inspection, field, { what: 'API version' })
  inspectResources(inspection, at(rule, 'resources'), name)
}

function refuseUnknownOperations(inspection: Inspection, rule: Field, name: RuleName): void {
  for (const field of items(at(rule, 'operations'))) {
    if (optionalText(field) === undefined || operations.has(text(field))) continue
    inspection.refuse(name, {
      at: field,
      message: `operation is ${quote(text(field))}, allowed: ${[...operations].join(', ')}`,
    })
  }
}

function inspectResources(inspection: Inspection, field: Field, name: RuleName): void {
  const resources = texts(field)
  for (const resource of items(field)) refuseEmpty(inspection, resource, { what: 'resource' })
  const last = resources.filter(resource => resource !== '' && !resource.includes('/')).at(-1)
  const fault =
    resources.length > 1 && resources.includes('*/*')
      ? 'must not list others beside "*/*"'
      : resources.includes('*') && last !== undefined && last !== '*'
        ? 'must not list resources beside "*"'
        : overlap(resources)
  if (fault !== undefined) inspection.refuse(name, { at: field, message: `resources ${fault}` })
}

/** A subresource that an earlier wildcard already covers. */
function overlap(resources: readonly string[]): string | undefined {
  const seen = new Set<string>()
  for (const entry of resources) {
    const slash = entry.indexOf('/')
    if (slash < 0) continue
    const resource = entry.slice(0, slash)
    const subresource = entry.slice(slash + 1)
    const cover = [`${resource}/*`, `*/${subresource}`].find(wildcard => seen.has(wildcard))
    if (cover !== undefined) return `must not list "${entry}" beside "${cover}"`
    if (subresource === '*' || resource === '*') seen.add(entry)
  }
  return undefined
}

/** `matchConditions`: names and expressions. */
export function inspectMatchConditions(inspection: Inspection, conditions: Field, name: RuleName): void {
  if (count(conditions) > maxConditions) {
    inspection.refuse(name, {
      at: conditions,
      message: `${count(conditions)} match conditions are set, at most ${maxConditions} are allowed`,
    })
  }
  const names = new Set<string>()
  for (const condition of items(conditions)) {
    const field = at(condition, 'name')
    refuseFault(inspection, name, { field, what: 'match condition', check: qualifiedNameFault })
    if (names.has(text(field))) {
      inspection.refuse('duplicate-entry', {
        at: field,
        message: `match condition ${quote(text(field))} is named twice`,
      })
    }
    names.add(text(field))
    const expression = at(condition, 'expression')
    if (text(expression).trim() !== '' || !isSet(expression) || isMistyped(expression, 'string')) continue
    inspection.refuse('missing-value', { at: expression, message: 'expression must not be empty' })
  }
}
