// Seccomp and AppArmor profiles.
// Follows pkg/apis/core/validation/validation.go (validateSeccompProfileField, ValidateAppArmorProfileField).

import { at, isSet, mapOf, optionalText, text, type Field } from '../field.ts'
import { quote, type Inspection } from '../inspection.ts'
import { descendingPathFault } from './volume-paths.ts'

const maxPath = 4095

/** A seccomp profile. */
export function inspectSeccomp(inspection: Inspection, profile: Field): void {
  inspectLocalhost(inspection, profile, 'seccomp')
  const field = at(profile, 'localhostProfile')
  const fault = descendingPathFault(text(field))
  if (text(at(profile, 'type')) !== 'Localhost' || fault === undefined) return
  inspection.refuse('invalid-security-profile', {
    at: field,
    message: `localhostProfile ${quote(text(field))} ${fault}`,
  })
}

/** An AppArmor profile. */
export function inspectAppArmor(inspection: Inspection, profile: Field): void {
  inspectLocalhost(inspection, profile, 'AppArmor')
  const field = at(profile, 'localhostProfile')
  const path = optionalText(field)
  if (text(at(profile, 'type')) !== 'Localhost' || path === undefined) return
  if (path !== path.trim()) {
    inspection.refuse('invalid-security-profile', {
      at: field,
      message: `localhostProfile ${quote(path)} must not have blanks around it`,
    })
  } else if (path === '' || path.length > maxPath) {
    inspection.refuse('invalid-security-profile', {
      at: field,
      message:
        path === '' ? 'localhostProfile must not be empty' : `localhostProfile has more than ${maxPath} characters`,
    })
  }
}

function inspectLocalhost(inspection: Inspection, profile: Field, what: string): void {
  if (mapOf(profile) === undefined) return
  const type = optionalText(at(profile, 'type'))
  const path = at(profile, 'localhostProfile')
  if (type === '') {
    inspection.refuse('missing-value', {
      at: at(profile, 'type'),
      message: `type of the ${what} profile must not be empty`,
    })
  } else if (type === 'Localhost' && !isSet(path)) {
    inspection.refuse('invalid-security-profile', {
      at: profile,
      message: `${what} profile of type "Localhost" has no localhostProfile`,
      help: 'Name the profile, or use type "RuntimeDefault".',
    })
  } else if (type !== undefined && type !== 'Localhost' && isSet(path)) {
    inspection.refuse('invalid-security-profile', {
      at: path,
      on: 'key',
      message: `localhostProfile is only for type "Localhost", the type is ${quote(type)}`,
    })
  }
}
