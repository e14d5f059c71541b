// LeaseCandidates: who would take a Lease (coordinated leader election).
// Follows pkg/apis/coordination/validation/validation.go (ValidateLeaseCandidateSpec, ValidateCoordinatedLeaseStrategy); each refusal
// was seen from an API server of 1.36.

import { qualifiedNameFault } from '../../../manifest/names.ts'
import { at, mapOf, text } from './field.ts'
import { quote, refuseEmpty, refuseNameFault, type Inspection } from './inspection.ts'
import { isEarlierRelease, semanticVersionFault } from './semantic-version.ts'

const name = 'unsupported-value'
const oldestEmulation = 'OldestEmulationVersion'

export function inspectLeaseCandidate(inspection: Inspection): void {
  const spec = at(inspection.root, 'spec')
  if (mapOf(spec) === undefined) return
  for (const key of ['leaseName', 'binaryVersion', 'strategy']) {
    refuseEmpty(inspection, at(spec, key), { what: key, inSchema: true })
  }
  const strategy = at(spec, 'strategy')
  const binary = at(spec, 'binaryVersion')
  const emulation = at(spec, 'emulationVersion')
  for (const field of [binary, emulation]) {
    refuseNameFault(inspection, name, { field, what: String(field.key), check: semanticVersionFault })
  }
  refuseNameFault(inspection, name, { field: strategy, what: 'strategy', check: strategyFault })
  if (text(strategy) === oldestEmulation && text(emulation) === '') {
    inspection.refuse('missing-value', { at: spec, message: `strategy ${oldestEmulation} needs emulationVersion` })
  }
  if (!isEarlierRelease(text(binary), text(emulation))) return
  inspection.refuse(name, {
    at: binary,
    message: `binaryVersion ${quote(text(binary))} must not be before emulationVersion ${quote(text(emulation))}`,
  })
}

/** The server's own strategy, or one with a domain. */
function strategyFault(value: string): string | undefined {
  if (value.includes('/')) return qualifiedNameFault(value)
  return value === oldestEmulation ? undefined : `is unknown, allowed: ${oldestEmulation}, and names with a domain`
}
