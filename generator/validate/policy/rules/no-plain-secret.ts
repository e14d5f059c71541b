// A Secret with its values in Git is public for ever to everyone who can read the repository, now or later.

import type { Resource } from '../../../manifest/resource.ts'
import { asMap, asString, type YamlMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'

/** Keys that Argo CD's own Secrets use for addresses and names, not for credentials. */
const argoCdNames: ReadonlySet<string> = new Set(
  'name server project url type enableLfs enableOCI insecure proxy noProxy namespaces clusterResources shard'.split(
    ' ',
  ),
)
const placeholder = /^(?:ENC\[[\s\S]*\]|<[^>]+>|\$\{[A-Za-z_]\w*\}|ref\+[a-z][\s\S]*)$/

/** Accident class X1: https://argo-cd.readthedocs.io/en/stable/operator-manual/secret-management/ */
export const noPlainSecret = definePolicyRule({
  code: 'policy/no-plain-secret',
  severity: 'error',
  summary: 'Secrets are not committed with their values.',
  kinds: ['Secret'],
  appliesTo: resource => resource.kind === 'Secret' && resource.apiVersion === 'v1',
  *check(resource) {
    for (const field of ['data', 'stringData']) {
      const plain = plainKeys(resource, field)
      if (plain.length === 0) continue
      yield {
        at: { resource, pointer: `/${field}`, on: 'key' },
        message: `the Secret is committed with ${plain.length === 1 ? 'a value' : `${plain.length} values`} anyone can read: ${plain.map(key => `"${key}"`).join(', ')}`,
        help: 'Commit an ExternalSecret, a SealedSecret or a SOPS file instead, and change what was committed: it is known now.',
      }
    }
  },
})

function plainKeys(resource: Resource, field: string): readonly string[] {
  const labels = asMap(asMap(resource.object['metadata'])['labels'])
  const ofArgoCd = labels['argocd.argoproj.io/secret-type'] !== undefined
  return Object.entries(asMap(resource.object[field])).flatMap(([key, value]) => {
    const text = field === 'data' ? decoded(value) : asString(value)
    if (text === undefined || text.trim() === '' || placeholder.test(text.trim())) return []
    if (placeholder.test((asString(value) ?? '').trim()) || isCertificate(text)) return []
    return ofArgoCd && argoCdNames.has(key) ? [] : [key]
  })
}

/** The value behind base64; as written where it is not base64 (an error of its own, and still in plain sight). */
function decoded(value: YamlMap[string]): string | undefined {
  const text = asString(value)
  if (text === undefined) return undefined
  try {
    return atob(text.replaceAll(/\s/g, ''))
  } catch {
    return text
  }
}

function isCertificate(text: string): boolean {
  return /^\s*-----BEGIN CERTIFICATE-----/.test(text) && !text.includes('PRIVATE KEY')
}
