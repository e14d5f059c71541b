// Secrets filled in while Argo CD renders end up in its cache, and when the plugin fails the placeholder is deployed.

import { pointer } from '../../../manifest/pointer.ts'
import { asMap, asString } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'

const placeholder = /<path:[^>]+>|\bref\+(?:vault|awssecrets|gcpsecrets|azurekeyvault|sops|file):\/\//

/** Accident class X2: https://argo-cd.readthedocs.io/en/stable/operator-manual/secret-management/ advises against it. */
export const noInjectedPlaceholder = definePolicyRule({
  code: 'policy/no-injected-placeholder',
  severity: 'warning',
  summary: 'Secrets are filled in by the cluster, not while Argo CD renders manifests.',
  kinds: ['Secret', 'ConfigMap'],
  annotated: true,
  appliesTo: resource =>
    resource.kind === 'Secret' ||
    resource.kind === 'ConfigMap' ||
    asMap(resource.object['metadata'])['annotations'] !== undefined,
  *check(resource) {
    const annotations = asMap(asMap(resource.object['metadata'])['annotations'])
    const annotation = Object.keys(annotations).find(key => key.startsWith('avp.kubernetes.io/'))
    if (annotation !== undefined) {
      yield {
        at: { resource, pointer: pointer('metadata', 'annotations', annotation), on: 'key' },
        message: `"${annotation}" asks a plugin to fill in secrets while manifests are rendered`,
        help: 'Use an ExternalSecret or a secret volume, which the cluster fills.',
      }
      return
    }
    if (resource.kind !== 'Secret' && resource.kind !== 'ConfigMap') return
    for (const field of ['data', 'stringData']) {
      const entries = asMap(resource.object[field])
      for (const key of Object.keys(entries)) {
        const text = asString(entries[key]) ?? ''
        if (!(text.includes('<path:') || text.includes('ref+')) || !placeholder.test(text)) continue
        yield {
          at: { resource, pointer: pointer(field, key) },
          message: `key "${key}" holds a placeholder that a plugin fills in while manifests are rendered`,
          help: 'Use an ExternalSecret or a secret volume, which the cluster fills.',
        }
      }
    }
  },
})
