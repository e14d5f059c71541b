// PersistentVolumeClaims, on their own and in templates.
// Follows pkg/apis/core/validation/validation.go (ValidatePersistentVolumeClaimSpec).

import { dns1123LabelFault, dns1123SubdomainFault } from '../../../manifest/names.ts'
import { quantityOf } from '../../../manifest/quantity.ts'
import { at, count, isMistyped, isSet, items, mapOf, text, texts, type Field } from './field.ts'
import {
  quote,
  refuseEmpty,
  refuseFault,
  refuseNameFault,
  refuseUnsupported,
  requireSpec,
  type Inspection,
} from './inspection.ts'
import { inspectSelector } from './selector.ts'

const name = 'invalid-volume-claim'
const keptSources = ['/PersistentVolumeClaim', 'snapshot.storage.k8s.io/VolumeSnapshot']
/** Before, the server ignores attributes classes (gate VolumeAttributesClass). */
const attributesClassSince = 34

export function inspectVolumeClaim(inspection: Inspection): void {
  const spec = requireSpec(inspection)
  if (spec === undefined) return
  inspectClaimSpec(inspection, spec)
}

/** The spec of a claim, wherever it stands. */
export function inspectClaimSpec(inspection: Inspection, spec: Field): void {
  inspectAccessModes(inspection, spec)
  inspectSelector(inspection, at(spec, 'selector'))
  inspectStorage(inspection, spec)
  for (const key of ['storageClassName', 'volumeAttributesClassName']) {
    if (key === 'volumeAttributesClassName' && inspection.oldest < attributesClassSince) continue
    refuseNameFault(inspection, 'invalid-reference-name', {
      field: at(spec, key),
      what: key,
      check: dns1123SubdomainFault,
    })
  }
  inspectVolumeMode(inspection, spec)
  inspectSources(inspection, spec)
}

/** `volumeMode` of a claim or a volume: an empty text is no default. */
export function inspectVolumeMode(inspection: Inspection, spec: Field): void {
  refuseUnsupported(inspection, 'unsupported-value', {
    field: at(spec, 'volumeMode'),
    what: 'volumeMode',
    allowed: ['Filesystem', 'Block'],
  })
}

/** `accessModes` of a claim or a volume. */
export function inspectAccessModes(inspection: Inspection, spec: Field): void {
  const field = at(spec, 'accessModes')
  const modes = texts(field)
  if (isMistyped(field, 'list')) return
  if (count(field) === 0) {
    inspection.refuse('invalid-access-mode', {
      at: isSet(field) ? field : spec,
      message: 'accessModes is missing',
      help: 'List at least one of ReadWriteOnce, ReadOnlyMany, ReadWriteMany, ReadWriteOncePod.',
    })
  }
  for (const mode of items(field)) refuseEmpty(inspection, mode, { what: 'access mode', inSchema: true })
  if (!modes.includes('ReadWriteOncePod') || modes.every(mode => mode === 'ReadWriteOncePod')) return
  inspection.refuse('invalid-access-mode', {
    at: field,
    message: '"ReadWriteOncePod" must not be combined with other access modes',
  })
}

function inspectStorage(inspection: Inspection, spec: Field): void {
  const field = at(spec, 'resources', 'requests', 'storage')
  if (isMistyped(at(spec, 'resources'), 'map') || isMistyped(at(spec, 'resources', 'requests'), 'map')) return
  if (!isSet(field)) {
    inspection.refuse(name, {
      at: spec,
      message: 'the claim requests no storage',
      help: 'Set resources.requests.storage.',
    })
    return
  }
  const amount = quantityOf(field.value)
  if (amount === undefined || amount.nanos > 0n) return
  inspection.refuse(name, { at: field, message: `storage request ${quote(field.value)} must be positive` })
}

function inspectSources(inspection: Inspection, spec: Field): void {
  const source = at(spec, 'dataSource')
  const ref = at(spec, 'dataSourceRef')
  const isElsewhere = text(at(ref, 'namespace')) !== ''
  const isRefDropped = isElsewhere && isOwnObject(inspection)
  if (!isRefDropped) {
    refuseNameFault(inspection, name, { field: at(ref, 'namespace'), what: 'namespace', check: dns1123LabelFault })
    inspectSource(inspection, ref)
  }
  if (isDropped(inspection, source)) return
  inspectSource(inspection, source)
  if (mapOf(source) === undefined || mapOf(ref) === undefined || isRefDropped) return
  const isSame = ['apiGroup', 'kind', 'name'].every(key => text(at(source, key)) === text(at(ref, key)))
  if (!isElsewhere && isSame) return
  inspection.refuse(name, {
    at: source,
    on: 'key',
    message: isElsewhere
      ? 'dataSource must not be set beside a dataSourceRef with a namespace'
      : 'dataSource and dataSourceRef must be the same',
    help: 'Remove dataSource.',
  })
}

/**
 * A claim that is no template. Of such claims the server drops a dataSourceRef with a namespace (gate CrossNamespaceVolumeDataSource),
 * without checking it.
 */
function isOwnObject({ resource }: Inspection): boolean {
  return resource.kind === 'PersistentVolumeClaim'
}

/**
 * Of a claim of its own, the server drops a dataSource that is neither a claim nor a snapshot, without checking it
 * (pkg/api/persistentvolumeclaim/util.go, EnforceDataSourceBackwardsCompatibility).
 */
function isDropped(inspection: Inspection, source: Field): boolean {
  const origin = `${text(at(source, 'apiGroup'))}/${text(at(source, 'kind'))}`
  return isOwnObject(inspection) && !keptSources.includes(origin)
}

function inspectSource(inspection: Inspection, source: Field): void {
  if (mapOf(source) === undefined) return
  for (const key of ['name', 'kind']) {
    refuseEmpty(inspection, at(source, key), { what: `${key} of ${source.key}`, inSchema: true })
  }
  const group = at(source, 'apiGroup')
  const kind = at(source, 'kind')
  if (text(group) === '') {
    if (text(kind) === 'PersistentVolumeClaim' || text(kind) === '') return
    inspection.refuse(name, {
      at: kind,
      message: `kind ${quote(text(kind))} of ${source.key} needs an apiGroup; without one only PersistentVolumeClaim is allowed`,
    })
  } else refuseFault(inspection, name, { field: group, what: 'apiGroup', check: dns1123SubdomainFault })
}
