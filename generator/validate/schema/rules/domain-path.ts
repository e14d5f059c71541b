// Names such as `example.com/controller`: a domain and a path.
// Follows apimachinery pkg/util/validation/validation.go (IsDomainPrefixedPath).

import { dns1123SubdomainFault } from '../../../manifest/names.ts'

/** What is wrong with a domain-prefixed path, or undefined. */
export function domainPathFault(value: string): string | undefined {
  const slash = value.indexOf('/')
  if (slash < 1 || slash === value.length - 1) return 'must be a domain and a path, such as "example.com/name"'
  const fault = dns1123SubdomainFault(value.slice(0, slash))
  if (fault !== undefined) return `must start with a DNS name, which ${fault}`
  return /^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(value.slice(slash + 1)) ? undefined : 'must have a URL path after "/"'
}
