// A SealedSecret can be opened only under the name and namespace it was sealed for.

import { asMap, asString } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { specOf } from '../pods.ts'

/** Accident class X3: https://github.com/bitnami-labs/sealed-secrets#scopes */
export const noSealedSecretMismatch = definePolicyRule({
  code: 'policy/no-sealed-secret-mismatch',
  severity: 'error',
  summary: 'A SealedSecret keeps the name and namespace it was sealed for.',
  kinds: ['SealedSecret'],
  appliesTo: resource => resource.kind === 'SealedSecret' && resource.apiVersion.startsWith('bitnami.com/'),
  *check(resource) {
    const annotations = asMap(asMap(resource.object['metadata'])['annotations'])
    if (annotations['sealedsecrets.bitnami.com/cluster-wide'] === 'true') return
    const fields =
      annotations['sealedsecrets.bitnami.com/namespace-wide'] === 'true' ? ['namespace'] : ['name', 'namespace']
    const template = asMap(asMap(specOf(resource)['template'])['metadata'])
    for (const field of fields) {
      const sealedFor = asString(template[field])
      const actual = field === 'name' ? resource.name : resource.namespace
      if (sealedFor === undefined || actual === undefined || sealedFor === actual) continue
      yield {
        at: { resource, pointer: `/metadata/${field}` },
        message: `${field} "${actual}" is not what the secret was sealed for: "${sealedFor}"; the controller cannot open it`,
        help: 'Seal it again under its rendered name and namespace, or with a wider scope.',
        related: [{ at: { resource, pointer: `/spec/template/metadata/${field}` }, note: 'sealed for this one' }],
      }
    }
  },
})
