// Metadata of every object: name, namespace, labels, annotations, owners, finalizers.
// Follows apimachinery pkg/api/validation/objectmeta.go (ValidateObjectMetaAccessor) and each kind's ValidateName function;
// custom resources have DNS subdomains as names (apiextensions-apiserver, registry/customresource/validator.go).
// A namespace on a cluster-scoped object is no finding: the server clears it (apiserver registry/rest/meta.go).

import { isClusterScoped } from '../../../manifest/cluster-scoped-kinds.ts'
import {
  byteLength,
  configKeyFault,
  dns1035LabelFault,
  dns1123LabelFault,
  dns1123SubdomainFault,
  labelValueFault,
  pathSegmentFault,
  qualifiedNameFault,
  type NameCheck,
} from '../../../manifest/names.ts'
import { builtInKindScope } from '../../../manifest/built-in-kinds.ts'
import { groupOf, type Resource } from '../../../manifest/resource.ts'
import { at, count, entries, isSet, isTrue, items, optionalText, text, type Field } from './field.ts'
import { quote, refuseFault, refuseOutside, refuseSet, type Inspection } from './inspection.ts'

const standardFinalizers = ['kubernetes', 'orphan', 'foregroundDeletion']
const maxAnnotationBytes = 256 * 1024

/** `group/kind`, or `group/*`, to the syntax of names; a DNS subdomain for all others. */
const nameChecks: ReadonlyMap<string, NameCheck> = new Map<string, NameCheck>([
  ['/Namespace', dns1123LabelFault],
  ['apps/StatefulSet', dns1123LabelFault],
  ['rbac.authorization.k8s.io/*', pathSegmentFault],
  ['certificates.k8s.io/*', pathSegmentFault],
  ['authorization.k8s.io/*', pathSegmentFault],
  ['authentication.k8s.io/*', pathSegmentFault],
  ['networking.k8s.io/IPAddress', pathSegmentFault],
  ['coordination.k8s.io/LeaseCandidate', configKeyFault],
  ['/Event', pathSegmentFault],
  ['policy/PodDisruptionBudget', pathSegmentFault],
])

/** What the server checks in the metadata of any object. */
export function inspectMetadata(inspection: Inspection): void {
  const metadata = at(inspection.root, 'metadata')
  inspectObjectName(inspection, metadata)
  if (!isClusterScoped(inspection.resource.kind)) {
    const namespace = at(metadata, 'namespace')
    if (text(namespace) !== '') {
      refuseFault(inspection, 'invalid-name', { field: namespace, what: 'namespace', check: dns1123LabelFault })
    }
  }
  inspectLabelsAndAnnotations(inspection, metadata)
  refuseOutside(inspection, at(metadata, 'generation'), { what: 'generation', min: 0 })
  inspectOwners(inspection, at(metadata, 'ownerReferences'))
  inspectFinalizers(inspection, at(metadata, 'finalizers'))
}

/** Labels and annotations of an object, a pod template or a claim template. */
export function inspectLabelsAndAnnotations(inspection: Inspection, metadata: Field): void {
  inspectLabels(inspection, at(metadata, 'labels'))
  inspectAnnotations(inspection, at(metadata, 'annotations'))
}

/** Metadata of a template whose objects are named by the server: labels and annotations alone. */
export function inspectTemplateMetadata(inspection: Inspection, metadata: Field, what: string): void {
  inspectLabelsAndAnnotations(inspection, metadata)
  for (const entry of entries(metadata)) {
    if (!isSet(entry) || entry.key === 'labels' || entry.key === 'annotations') continue
    if (entry.value === '' || entry.value === 0 || (typeof entry.value === 'object' && count(entry) === 0)) continue
    refuseSet(inspection, entry, `on ${what}`)
  }
}

/** A map of labels: labels themselves, node selectors, plain selectors. */
export function inspectLabels(inspection: Inspection, labels: Field): void {
  for (const label of entries(labels)) {
    const key = String(label.key)
    const fault = qualifiedNameFault(key)
    if (fault !== undefined) {
      inspection.refuse('invalid-label', { at: label, on: 'key', message: `label key ${quote(key)} ${fault}` })
    }
    refuseFault(inspection, 'invalid-label', {
      field: label,
      what: `value of label ${quote(key)}`,
      check: labelValueFault,
      help: 'Shorten the value or move it to an annotation, which takes any text.',
    })
  }
}

/** The check of a Service's name: a DNS-1035 label until Kubernetes 1.36 relaxed it. */
export function serviceNameCheck({ oldest }: Inspection): NameCheck {
  return oldest >= 36 ? dns1123LabelFault : dns1035LabelFault
}

function inspectObjectName(inspection: Inspection, metadata: Field): void {
  const { resource } = inspection
  const group = groupOf(resource.apiVersion)
  const key = `${group}/${resource.kind}`
  const check =
    key === '/Service'
      ? serviceNameCheck(inspection)
      : (nameChecks.get(key) ?? nameChecks.get(`${group}/*`) ?? dns1123SubdomainFault)
  const name = at(metadata, 'name')
  const generateName = at(metadata, 'generateName')
  if (optionalText(name) === '' && text(generateName) === '') {
    inspection.refuse('missing-value', { at: name, message: 'name must not be empty', help: 'Name the object.' })
  } else if (text(name) !== '') {
    refuseFault(inspection, 'invalid-name', { field: name, what: `name of the ${resource.kind}`, check })
  }
  if (text(generateName) !== '') {
    refuseFault(inspection, 'invalid-name', {
      field: generateName,
      what: 'generateName',
      check: value => check(value.length > 1 && value.endsWith('-') ? `${value.slice(0, -2)}a` : value),
    })
  }
}

function inspectAnnotations(inspection: Inspection, annotations: Field): void {
  let bytes = 0
  for (const annotation of entries(annotations)) {
    const key = String(annotation.key)
    bytes += byteLength(key) + byteLength(text(annotation))
    const fault = qualifiedNameFault(key.toLowerCase())
    if (fault === undefined) continue
    inspection.refuse('invalid-annotation', {
      at: annotation,
      on: 'key',
      message: `annotation key ${quote(key)} ${fault}`,
    })
  }
  if (bytes <= maxAnnotationBytes) return
  inspection.refuse('invalid-annotation', {
    at: annotations,
    on: 'key',
    message: `annotations have ${bytes} bytes, at most ${maxAnnotationBytes} are allowed`,
    help: 'Move large values to a ConfigMap, or apply on the server side so that no last-applied annotation is written.',
  })
}

function inspectOwners(inspection: Inspection, owners: Field): void {
  let controllers = 0
  for (const owner of items(owners)) {
    for (const key of ['apiVersion', 'kind', 'name', 'uid']) {
      const field = at(owner, key)
      if (optionalText(field) === '') {
        inspection.refuse('invalid-owner-reference', { at: field, message: `${key} of the owner must not be empty` })
      } else if (key === 'apiVersion' && isSet(field) && !/^([^/]*\/)?[^/]+$/.test(text(field))) {
        inspection.refuse('invalid-owner-reference', {
          at: field,
          message: `apiVersion of the owner ${quote(text(field))} must be a version, or a group and a version`,
        })
      }
    }
    if (text(at(owner, 'kind')) === 'Event' && text(at(owner, 'apiVersion')) === 'v1') {
      inspection.refuse('invalid-owner-reference', { at: at(owner, 'kind'), message: 'an Event cannot be an owner' })
    }
    if (!isTrue(at(owner, 'controller'))) continue
    controllers++
    if (controllers === 2) {
      inspection.refuse('invalid-owner-reference', {
        at: at(owner, 'controller'),
        message: 'only one owner may be the controller',
        help: 'Keep "controller: true" on one owner.',
      })
    }
  }
}

function inspectFinalizers(inspection: Inspection, finalizers: Field): void {
  if (count(finalizers) === 0) return
  const check = finalizerCheck(inspection.resource)
  const names = items(finalizers)
  for (const field of names) refuseFault(inspection, 'invalid-finalizer', { field, what: 'finalizer', check })
  const both = ['orphan', 'foregroundDeletion'].map(name => names.find(field => text(field) === name))
  if (both[0] === undefined || both[1] === undefined) return
  inspection.refuse('invalid-finalizer', {
    at: both[1],
    message: 'finalizers "orphan" and "foregroundDeletion" exclude each other',
    help: 'Remove both: whoever deletes the object says what becomes of its dependents.',
  })
}

/** Finalizers of a Namespace: the three standard ones, or qualified by a domain. */
export function inspectNamespace(inspection: Inspection): void {
  for (const field of items(at(inspection.root, 'spec', 'finalizers'))) {
    refuseFault(inspection, 'invalid-finalizer', { field, what: 'finalizer', check: qualifiedFinalizerFault })
  }
}

function qualifiedFinalizerFault(value: string): string | undefined {
  const isStandard = value.includes('/') || standardFinalizers.includes(value)
  return (
    qualifiedNameFault(value) ?? (isStandard ? undefined : 'must be qualified by a domain, such as "example.com/name"')
  )
}

/** Groups and kinds whose finalizers are only held to syntax: those that Kubernetes' own check of names is not asked about. */
const laxFinalizers: ReadonlySet<string> = new Set([
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'coordination.k8s.io',
  'events.k8s.io',
  'Event',
  'PodDisruptionBudget',
  'RuntimeClass',
])

function finalizerCheck({ apiVersion, kind }: Resource): NameCheck {
  const group = groupOf(apiVersion)
  const lax = laxFinalizers.has(group) || laxFinalizers.has(kind) || builtInKindScope(group, kind) === undefined
  return lax ? qualifiedNameFault : qualifiedFinalizerFault
}
