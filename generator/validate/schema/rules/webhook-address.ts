// Where a webhook answers, for admission and for conversion: its URL, or the path and port of its Service.
// Follows k8s.io/apiserver/pkg/util/webhook/validation.go.

import { dns1123SubdomainFault } from '../../../manifest/names.ts'

/** What is wrong with the URL of a webhook. */
export function webhookUrlFault(value: string): string | undefined {
  if (/[\p{Cc} ]/u.test(value)) return 'must not contain blanks or line ends'
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/.exec(value)
  if (match === null) return 'must be a URL such as https://host/path'
  const [, scheme, authority = '', , query, fragment] = match
  if (scheme?.toLowerCase() !== 'https') return 'must use https'
  if (authority === '') return 'must have a host'
  if (authority.includes('@')) return 'must not name a user'
  return (query ?? '').length > 1 || (fragment ?? '').length > 1 ? 'must not have a query or fragment' : undefined
}

/** What is wrong with the path of a webhook's Service. */
export function webhookPathFault(path: string): string | undefined {
  if (path === '' || path === '/') return undefined
  if (!path.startsWith('/')) return 'must start with "/"'
  const segments = path.slice(1).replace(/\/$/, '').split('/')
  return segments.every(segment => dns1123SubdomainFault(segment) === undefined)
    ? undefined
    : 'must be made of DNS names between slashes'
}
