// Files in volumes made from ConfigMaps, Secrets and the downward API.
// Follows pkg/apis/core/validation/validation.go (validateKeyToPath, validateDownwardAPIVolumeFile).

import { at, integer, isSet, items, mapOf, text, type Field } from '../field.ts'
import { quote, refuseEmpty, type Inspection } from '../inspection.ts'
import { inspectFieldRef, inspectResourceFieldRef } from './field-reference.ts'
import { fileNameFault } from './volume-paths.ts'

/** Mode bits out of range: usually octal digits read as a decimal number. */
export function refuseFileMode(inspection: Inspection, field: Field): void {
  const mode = integer(field)
  if (mode === undefined || (mode >= 0 && mode <= 0o777)) return
  inspection.refuse('invalid-file-mode', {
    at: field,
    message: `${field.key} ${quote(mode)} must be between 0 and 0777 (511)`,
    help: 'Write the mode with a leading 0, as in 0644.',
  })
}

/** A path below the root of a volume. */
export function refuseFilePath(inspection: Inspection, field: Field, inSchema = true): void {
  if (refuseEmpty(inspection, field, { what: String(field.key), inSchema })) return
  const fault = fileNameFault(text(field))
  if (fault === undefined) return
  inspection.refuse('invalid-volume-path', { at: field, message: `${field.key} ${quote(text(field))} ${fault}` })
}

/** `items` of a ConfigMap or Secret volume. */
export function inspectKeysToPaths(inspection: Inspection, list: Field): void {
  for (const item of items(list)) {
    refuseEmpty(inspection, at(item, 'key'), { what: 'key', inSchema: true })
    refuseFilePath(inspection, at(item, 'path'))
    refuseFileMode(inspection, at(item, 'mode'))
  }
}

/** `items` of a downward API volume. */
export function inspectDownwardFiles(inspection: Inspection, list: Field): void {
  for (const file of items(list)) {
    if (mapOf(file) === undefined) continue
    refuseFilePath(inspection, at(file, 'path'))
    refuseFileMode(inspection, at(file, 'mode'))
    const fieldRef = at(file, 'fieldRef')
    const resourceFieldRef = at(file, 'resourceFieldRef')
    inspectFieldRef(inspection, fieldRef, 'file')
    inspectResourceFieldRef(inspection, resourceFieldRef, 'file')
    if (isSet(fieldRef) !== isSet(resourceFieldRef)) continue
    inspection.refuse('invalid-volume', {
      at: file,
      message: `downward API file ${quote(text(at(file, 'path')))} must have exactly one of fieldRef and resourceFieldRef`,
    })
  }
}
