// The keys of a ConfigMap or Secret that a reference names.

import type { Reference } from '../../manifest/references-of.ts'
import { asMap } from '../../manifest/value.ts'
import type { RuleContext } from '../rule.ts'

/** All keys; undefined where they, or the object, are not known here. */
export function keysOf(reference: Reference, { graph, profile }: RuleContext): readonly string[] | undefined {
  const { kind, namespace, name } = reference
  if (kind !== 'ConfigMap' && kind !== 'Secret') return undefined
  const produced = graph.produced(kind, namespace, name)
  const rendered = graph.resolve(reference)
  if (rendered === undefined) {
    if (produced !== undefined) return produced.keys
    return profile.externalObjects?.find(
      external =>
        external.kind === kind &&
        external.name === name &&
        (external.namespace === undefined || external.namespace === namespace),
    )?.keys
  }
  // Another controller fills it: what is rendered is not all there is.
  if (produced !== undefined || isFilledLater(kind, rendered.object['type'], asMap(rendered.object['metadata'])))
    return undefined
  return [
    ...Object.keys(asMap(rendered.object['data'])),
    ...Object.keys(asMap(rendered.object['binaryData'])),
    ...Object.keys(asMap(rendered.object['stringData'])),
  ]
}

/** https://kubernetes.io/docs/concepts/configuration/secret/#serviceaccount-token-secrets; trust bundles; values of argocd-vault-plugin. */
function isFilledLater(kind: string, type: unknown, metadata: Readonly<Record<string, unknown>>): boolean {
  if (kind === 'Secret') return type === 'kubernetes.io/service-account-token'
  const labels = metadata['labels']
  return typeof labels === 'object' && labels !== null && 'config.openshift.io/inject-trusted-cabundle' in labels
}
