// Claim templates without apiVersion and kind are filled in by the server, and Argo CD sees a difference for ever.

import { pointer } from '../../../manifest/pointer.ts'
import { asList, asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { specOf } from '../pods.ts'

/** Accident class S3: argoproj/argo-cd#11143, argoproj/argo-cd#16707. */
export const requireClaimTemplateKind = definePolicyRule({
  code: 'policy/require-claim-template-kind',
  severity: 'warning',
  summary: 'Claim templates of a StatefulSet name their apiVersion and kind, and have no status.',
  kinds: ['StatefulSet'],
  appliesTo: resource => resource.kind === 'StatefulSet',
  *check(resource) {
    for (const [index, entry] of asList(specOf(resource)['volumeClaimTemplates']).entries()) {
      const template = asMap(entry)
      const missing = ['apiVersion', 'kind'].filter(field => template[field] === undefined)
      if (missing.length > 0) {
        yield {
          at: { resource, pointer: pointer('spec', 'volumeClaimTemplates', index) },
          message: `a claim template names no ${missing.join(' and no ')}: the server fills it in, and server-side diff shows it as changed for ever`,
          help: 'Add apiVersion: v1 and kind: PersistentVolumeClaim.',
        }
      }
      if (template['status'] !== undefined) {
        yield {
          at: { resource, pointer: pointer('spec', 'volumeClaimTemplates', index, 'status'), on: 'key' },
          message: 'a claim template has a status, which only the server writes',
          help: 'Remove it.',
        }
      }
    }
  },
})
