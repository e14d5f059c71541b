// FlowSchemas: which requests of whom belong to which priority level.
// Follows pkg/apis/flowcontrol/validation/validation.go (ValidateFlowSchema); each refusal was seen from an API server of 1.34.

import { dns1123LabelFault, dns1123SubdomainFault } from '../../../manifest/names.ts'
import { at, count, isSet, isTrue, items, text, texts, type Field } from './field.ts'
import {
  quote,
  refuseEmpty,
  refuseFault,
  refuseNameFault,
  refuseOutside,
  refuseSet,
  type Inspection,
} from './inspection.ts'

const name = 'invalid-flow-schema'
/** Only the server's own schema of this name comes first. */
const exempt = 'exempt'
const lastPrecedence = 10_000
/** Names of the server's own schemas to their precedence. */
const mandatory: ReadonlyMap<string, number> = new Map([
  [exempt, 1],
  ['catch-all', lastPrecedence],
])
const verbs = ['get', 'list', 'create', 'update', 'delete', 'deletecollection', 'patch', 'watch', 'proxy']
/** Kind of a subject to the field that describes it. */
const subjectFields: ReadonlyMap<string, string> = new Map([
  ['User', 'user'],
  ['Group', 'group'],
  ['ServiceAccount', 'serviceAccount'],
])

export function inspectFlowSchema(inspection: Inspection): void {
  const { root } = inspection
  const spec = at(root, 'spec')
  const precedence = at(spec, 'matchingPrecedence')
  // Zero is "not set", and the server writes its default.
  if (precedence.value !== 0) {
    refuseOutside(inspection, precedence, { what: 'matchingPrecedence', min: 1, max: lastPrecedence })
  }
  if (precedence.value === 1 && text(at(root, 'metadata', 'name')) !== exempt) {
    inspection.refuse(name, {
      at: precedence,
      message: `only the FlowSchema named "${exempt}" may have matchingPrecedence 1`,
      help: 'Choose a higher number: the lowest that matches a request decides.',
    })
  }
  inspectMandatory(inspection, spec)
  refuseUnknown(inspection, at(spec, 'distinguisherMethod', 'type'), ['ByNamespace', 'ByUser'])
  const level = at(spec, 'priorityLevelConfiguration', 'name')
  refuseEmpty(inspection, level, { what: 'name of the priorityLevelConfiguration' })
  refuseNameFault(inspection, 'invalid-reference-name', {
    field: level,
    what: 'priorityLevelConfiguration',
    check: dns1123SubdomainFault,
  })
  for (const rule of items(at(spec, 'rules'))) inspectRule(inspection, rule)
}

/** Two schemas are the server's own, and are accepted only as it writes them. */
function inspectMandatory(inspection: Inspection, spec: Field): void {
  const own = text(at(inspection.root, 'metadata', 'name'))
  const precedence = mandatory.get(own)
  const isItself =
    at(spec, 'matchingPrecedence').value === precedence && text(at(spec, 'priorityLevelConfiguration', 'name')) === own
  if (precedence === undefined || isItself) return
  inspection.refuse(name, {
    at: spec,
    message: `the FlowSchema "${own}" is the server's own and cannot be changed`,
    help: 'Give the FlowSchema a name of its own.',
  })
}

function inspectRule(inspection: Inspection, rule: Field): void {
  const subjects = at(rule, 'subjects')
  refuseEmpty(inspection, subjects, { what: 'subjects', inSchema: true })
  for (const subject of items(subjects)) inspectSubject(inspection, subject)
  const resources = at(rule, 'resourceRules')
  const urls = at(rule, 'nonResourceRules')
  if (count(resources) + count(urls) === 0) {
    inspection.refuse(name, {
      at: rule,
      message: 'the rule has neither resourceRules nor nonResourceRules',
      help: 'Say which requests the rule is about.',
    })
  }
  for (const one of items(resources)) inspectResourceRule(inspection, one)
  for (const one of items(urls)) inspectUrlRule(inspection, one)
}

function inspectSubject(inspection: Inspection, subject: Field): void {
  const kind = at(subject, 'kind')
  const own = subjectFields.get(text(kind))
  if (own === undefined) return refuseUnknown(inspection, kind, [...subjectFields.keys()])
  if (!isSet(at(subject, own))) refuseEmpty(inspection, at(subject, own), { what: own })
  else refuseEmpty(inspection, at(subject, own, 'name'), { what: `name of the ${own}`, inSchema: true })
  for (const other of subjectFields.values()) {
    if (other !== own) refuseSet(inspection, at(subject, other), `for kind "${text(kind)}"`)
  }
  if (own !== 'serviceAccount') return
  refuseEmpty(inspection, at(subject, own, 'namespace'), { what: 'namespace of the serviceAccount', inSchema: true })
  const account = at(subject, own, 'name')
  if (text(account) !== '*') refuseReference(inspection, account, dns1123SubdomainFault)
  refuseReference(inspection, at(subject, own, 'namespace'), dns1123LabelFault)
}

function inspectResourceRule(inspection: Inspection, rule: Field): void {
  inspectVerbs(inspection, at(rule, 'verbs'))
  for (const key of ['apiGroups', 'resources']) inspectList(inspection, at(rule, key))
  const namespaces = at(rule, 'namespaces')
  if (count(namespaces) === 0 && !isTrue(at(rule, 'clusterScope'))) {
    inspection.refuse(name, {
      at: isSet(namespaces) ? namespaces : rule,
      message: 'the resource rule has neither namespaces nor clusterScope',
      help: 'List namespaces ("*" for all), or set "clusterScope: true".',
    })
  }
  refuseBesideWildcard(inspection, namespaces)
  if (texts(namespaces).includes('*')) return
  for (const field of items(namespaces)) {
    refuseFault(inspection, 'invalid-reference-name', { field, what: 'namespace', check: dns1123LabelFault })
  }
}

function inspectUrlRule(inspection: Inspection, rule: Field): void {
  inspectVerbs(inspection, at(rule, 'verbs'))
  const urls = at(rule, 'nonResourceURLs')
  inspectList(inspection, urls)
  if (texts(urls).includes('*')) return
  for (const url of items(urls)) {
    const fault = urlFault(text(url))
    if (fault !== undefined) inspection.refuse(name, { at: url, message: `URL ${quote(text(url))} ${fault}` })
  }
}

function urlFault(url: string): string | undefined {
  if (url === '/') return undefined
  if (!url.startsWith('/')) return 'must start with "/"'
  if (url.includes(' ')) return 'must not contain blanks'
  if (url.includes('//')) return 'must not contain "//"'
  return !url.includes('*') || /^[^*]*\/\*$/.test(url) ? undefined : 'may have "*" only as its last part'
}

function inspectVerbs(inspection: Inspection, field: Field): void {
  inspectList(inspection, field)
  if (texts(field).includes('*')) return
  for (const verb of items(field)) refuseUnknown(inspection, verb, verbs)
}

/** A list that must not be empty, and in which "*" stands alone. */
function inspectList(inspection: Inspection, field: Field): void {
  refuseEmpty(inspection, field, { what: String(field.key), inSchema: true })
  refuseBesideWildcard(inspection, field)
}

function refuseBesideWildcard(inspection: Inspection, field: Field): void {
  if (count(field) < 2 || !texts(field).includes('*')) return
  inspection.refuse(name, { at: field, message: `${field.key} must not list others beside "*"` })
}

function refuseUnknown(inspection: Inspection, field: Field, allowed: readonly string[]): void {
  if (typeof field.value !== 'string' || allowed.includes(field.value)) return
  inspection.refuse('unsupported-value', {
    at: field,
    message: `${typeof field.key === 'number' ? 'verb' : field.key} is ${quote(field.value)}, allowed: ${allowed.join(', ')}`,
  })
}

function refuseReference(inspection: Inspection, field: Field, check: (value: string) => string | undefined): void {
  refuseNameFault(inspection, 'invalid-reference-name', {
    field,
    what: String(field.key),
    check,
  })
}
