// Projected volumes: several sources in one directory.
// Follows pkg/apis/core/validation/validation.go (validateProjectedVolumeSource, validateProjectionSources).
// Trust bundles and pod certificates are behind gates that are off by default, so that the server drops them.

import { at, integer, isSet, items, mapOf, text, type Field } from '../field.ts'
import { quote, refuseEmpty, refuseMoreThanOne, type Inspection } from '../inspection.ts'
import { inspectDownwardFiles, inspectKeysToPaths, refuseFileMode, refuseFilePath } from './volume-files.ts'

const sources = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken']

/** A projected volume. */
export function inspectProjected(inspection: Inspection, projected: Field): void {
  refuseFileMode(inspection, at(projected, 'defaultMode'))
  const paths = new Set<string>()
  for (const source of items(at(projected, 'sources'))) {
    refuseMoreThanOne(inspection, 'invalid-volume', { field: source, keys: sources, what: 'projected source' })
    for (const key of ['secret', 'configMap']) {
      const field = at(source, key)
      if (!isSet(field)) continue
      refuseEmpty(inspection, at(field, 'name'), { what: `name of the projected ${key}` })
      inspectKeysToPaths(inspection, at(field, 'items'))
      refuseRepeatedPaths(inspection, at(field, 'items'), paths)
    }
    inspectDownwardFiles(inspection, at(source, 'downwardAPI', 'items'))
    refuseRepeatedPaths(inspection, at(source, 'downwardAPI', 'items'), paths)
    inspectToken(inspection, at(source, 'serviceAccountToken'))
  }
}

function refuseRepeatedPaths(inspection: Inspection, list: Field, paths: Set<string>): void {
  for (const item of items(list)) refuseRepeatedPath(inspection, at(item, 'path'), paths)
}

function refuseRepeatedPath(inspection: Inspection, field: Field, paths: Set<string>): void {
  const path = text(field)
  if (path === '') return
  if (paths.has(path)) {
    inspection.refuse('duplicate-mount-path', {
      at: field,
      message: `path ${quote(path)} is used twice in the projected volume`,
    })
  }
  paths.add(path)
}

function inspectToken(inspection: Inspection, token: Field): void {
  if (mapOf(token) === undefined) return
  refuseFilePath(inspection, at(token, 'path'))
  const field = at(token, 'expirationSeconds')
  const seconds = integer(field)
  if (seconds === undefined || (seconds >= 600 && seconds <= 2 ** 32)) return
  inspection.refuse('out-of-range', {
    at: field,
    message: `expirationSeconds ${quote(seconds)} must be between 600 and 4294967296`,
  })
}
