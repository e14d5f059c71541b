// kubectl keeps a copy of each object in an annotation, and annotations have a limit. What the server refuses whatever
// the way it is applied (1 MiB of data) is a finding of the schema family.

import { jsonText } from '../../../manifest/json-text.ts'
import { asMap, asString } from '../../../manifest/value.ts'
import type { Resource } from '../../../manifest/resource.ts'
import { definePolicyRule } from '../define-policy-rule.ts'

const annotationLimit = 262_144
const option = 'argocd.argoproj.io/sync-options'
const largeKinds: ReadonlySet<string> = new Set(['ConfigMap', 'Secret', 'CustomResourceDefinition'])

/** Accident class Y8: https://argo-cd.readthedocs.io/en/stable/user-guide/sync-options/#server-side-apply */
export const noOversizedObject = definePolicyRule({
  code: 'policy/no-oversized-object',
  severity: 'error',
  summary: 'Objects too large for the last-applied annotation are applied on the server side.',
  kinds: [...largeKinds],
  appliesTo: resource => largeKinds.has(resource.kind),
  *check(resource, { profile }) {
    if (isSurelySmall(resource)) return
    const bytes = new TextEncoder().encode(jsonText(resource.object)).length
    if (bytes <= annotationLimit || profile.argocd?.serverSideApply === true || hasOption(resource)) return
    yield {
      at: { resource, pointer: '/metadata/annotations' },
      message: `the ${resource.kind} has "${bytes}" bytes; applied the usual way, its copy does not fit into an annotation ("${annotationLimit}")`,
      help: `Annotate it: ${option}: ServerSideApply=true.`,
    }
  },
})

/** Cheap: a lower bound is not needed to be exact, and most objects are small. */
function isSurelySmall({ kind, object }: Resource): boolean {
  if (kind === 'CustomResourceDefinition') return false
  let length = 0
  for (const field of ['data', 'binaryData', 'stringData']) {
    const entries = asMap(object[field])
    for (const key in entries) length += asString(entries[key])?.length ?? 0
  }
  return length < annotationLimit / 8
}

function hasOption({ object }: Resource): boolean {
  const options = asString(asMap(asMap(object['metadata'])['annotations'])[option]) ?? ''
  return options.split(',').some(entry => ['ServerSideApply=true', 'Replace=true'].includes(entry.trim()))
}
