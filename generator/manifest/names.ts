// Syntax of the names Kubernetes uses: object names, labels, ports, environment variables, keys.
// Each check answers undefined for a good value, or says in a few words what the API server demands instead.
// Follows apimachinery's pkg/util/validation/validation.go; lengths are counted in UTF-8 bytes there, and here.

/** What is wrong with a value: a phrase that follows the value in a message; undefined when nothing is. */
export type NameCheck = (value: string) => string | undefined

const labelPattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/
const dns1035Pattern = /^[a-z]([-a-z0-9]*[a-z0-9])?$/
const subdomainPattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const underscoreSubdomainPattern = /^_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\._?[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*$/
const qualifiedPattern = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
/** Qualified names short enough for every limit. */
const plainQualifiedPattern =
  /^(?:[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/
const keyPattern = /^[-._a-zA-Z0-9]+$/

/** A DNS label (RFC 1123): names of namespaces, containers, volumes. */
export function dns1123LabelFault(value: string): string | undefined {
  if (tooLong(value, 63)) return 'must have no more than 63 characters'
  if (labelPattern.test(value)) return undefined
  return subdomainPattern.test(value)
    ? 'must not contain dots'
    : 'must be lower case letters, digits and "-", and start and end with a letter or digit'
}

/** A DNS label that starts with a letter (RFC 1035): names of Services before Kubernetes relaxed them. */
export function dns1035LabelFault(value: string): string | undefined {
  if (tooLong(value, 63)) return 'must have no more than 63 characters'
  return dns1035Pattern.test(value)
    ? undefined
    : 'must be lower case letters, digits and "-", start with a letter, and end with a letter or digit'
}

/** A DNS subdomain (RFC 1123): names of most objects. */
export function dns1123SubdomainFault(value: string): string | undefined {
  if (tooLong(value, 253)) return 'must have no more than 253 characters'
  return subdomainPattern.test(value)
    ? undefined
    : 'must be lower case letters, digits, "-" and ".", and every part between dots must start and end with a letter or digit'
}

/** A DNS subdomain that may contain underscores: DNS search paths since Kubernetes 1.34. */
export function underscoreSubdomainFault(value: string): string | undefined {
  if (tooLong(value, 253)) return 'must have no more than 253 characters'
  return underscoreSubdomainPattern.test(value)
    ? undefined
    : 'must be lower case letters, digits, "-", "_" and ".", and every part between dots must end with a letter or digit'
}

/** `*.` and a DNS subdomain. */
export function wildcardSubdomainFault(value: string): string | undefined {
  if (tooLong(value, 253)) return 'must have no more than 253 characters'
  return value.startsWith('*.') && subdomainPattern.test(value.slice(2))
    ? undefined
    : 'must be "*." followed by a DNS name, with no other "*"'
}

/** A qualified name: keys of labels, finalizers, conditions; a name with an optional DNS prefix and "/". */
export function qualifiedNameFault(value: string): string | undefined {
  if (value.length <= 63 && plainQualifiedPattern.test(value)) return undefined
  return qualifiedPartsFault(value)
}

/** The value of a label: empty, or as the name part of a qualified name. */
export function labelValueFault(value: string): string | undefined {
  if (tooLong(value, 63)) return 'must have no more than 63 characters'
  return value === '' || qualifiedPattern.test(value)
    ? undefined
    : 'must be empty, or letters, digits, "-", "_" and ".", starting and ending with a letter or digit'
}

/** The name of a container port (IANA service name). */
export function portNameFault(value: string): string | undefined {
  if (tooLong(value, 15)) return 'must have no more than 15 characters'
  if (!/^[-a-z0-9]+$/.test(value)) return 'must be lower case letters, digits and "-"'
  if (!/[a-z]/.test(value)) return 'must contain a letter'
  if (value.includes('--')) return 'must not contain "--"'
  return value.startsWith('-') || value.endsWith('-') ? 'must not start or end with "-"' : undefined
}

/** A segment of a URL path: names of RBAC objects and of anything without a stricter format. */
export function pathSegmentFault(value: string): string | undefined {
  if (value === '.' || value === '..') return `must not be "${value}"`
  if (value.includes('/')) return 'must not contain "/"'
  return value.includes('%') ? 'must not contain "%"' : undefined
}

/** The name of an environment variable, as the API server demanded it before 1.34 (and from 1.30 on behind a gate). */
export function environmentNameFault(value: string): string | undefined {
  if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(value)) {
    return 'must be letters, digits, "_", "-" and ".", and must not start with a digit'
  }
  return parentDirectoryFault(value)
}

/** The name of an environment variable since relaxed validation: any printable ASCII character but "=". */
export function relaxedEnvironmentNameFault(value: string): string | undefined {
  return /^[ -<>-~]+$/.test(value) ? undefined : 'must be printable ASCII characters other than "="'
}

/** A key of a ConfigMap or Secret: a file name. */
export function configKeyFault(value: string): string | undefined {
  if (tooLong(value, 253)) return 'must have no more than 253 characters'
  if (!keyPattern.test(value)) return 'must be letters, digits, "-", "_" and "."'
  return parentDirectoryFault(value)
}

/** The name of an HTTP header. */
export function httpHeaderFault(value: string): string | undefined {
  return /^[-A-Za-z0-9]+$/.test(value) ? undefined : 'must be letters, digits and "-"'
}

/** `10%`: what percentages look like. */
export function percentFault(value: string): string | undefined {
  return /^[0-9]+%$/.test(value) ? undefined : 'must be a whole number followed by "%"'
}

/** Length of a text in UTF-8 bytes, as Go counts it. */
export function byteLength(text: string): number {
  let bytes = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else if (unit >= 0xd800 && unit < 0xdc00) {
      bytes += 4
      index++
    } else bytes += 3
  }
  return bytes
}

function tooLong(value: string, limit: number): boolean {
  return value.length > limit || (value.length * 3 > limit && byteLength(value) > limit)
}

function parentDirectoryFault(value: string): string | undefined {
  if (value === '.') return 'must not be "."'
  return value.startsWith('..') ? 'must not start with ".."' : undefined
}

function qualifiedPartsFault(value: string): string | undefined {
  const parts = value.split('/')
  if (parts.length > 2) return 'must have at most one "/"'
  const name = parts.at(-1) ?? ''
  const prefix = parts.length === 2 ? parts[0] : undefined
  if (prefix === '') return 'must have a DNS name before "/"'
  if (prefix !== undefined) {
    const fault = dns1123SubdomainFault(prefix)
    if (fault !== undefined) return `${fault} before "/"`
  }
  const where = prefix === undefined ? '' : ' after "/"'
  if (name === '') return `must not be empty${where}`
  if (tooLong(name, 63)) return `must have no more than 63 characters${where}`
  return qualifiedPattern.test(name)
    ? undefined
    : `must be letters, digits, "-", "_" and ".", and start and end with a letter or digit${where}`
}
