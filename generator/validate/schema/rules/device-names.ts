// Names around devices: of drivers, pools and attributes.
// Follows pkg/apis/resource/validation/validation.go (validatePoolName, validateQualifiedName).

import { dns1123SubdomainFault } from '../../../manifest/names.ts'
import { csiDriverFault } from './pod/volumes.ts'

const longestPool = 253
const longestAttribute = 32

/** The name of a driver: as that of a CSI driver. */
export const driverFault = csiDriverFault

/** The name of a pool: DNS names between slashes. */
export function poolFault(value: string): string | undefined {
  if (value.length > longestPool) return `must have no more than ${longestPool} characters`
  return value
    .split('/')
    .map(dns1123SubdomainFault)
    .find(fault => fault !== undefined)
}

/** The name of an attribute or a capacity: a C identifier, after a domain and "/" where it is not the driver's own. */
export function attributeNameFault(value: string): string | undefined {
  const [domain = '', ...rest] = value.split('/')
  // The server looks no further where there is more than one slash.
  if (rest.length > 1) return undefined
  const [id = domain] = rest
  if (rest.length === 1 && domain === '') return 'must have a domain before "/"'
  const fault = rest.length === 1 ? driverFault(domain) : undefined
  if (fault !== undefined) return `${fault} before "/"`
  if (id.length > longestAttribute) return `must have no more than ${longestAttribute} characters in its name`
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(id) ? undefined : 'must be letters, digits and "_", and not start with a digit'
}
