// R13: no controller takes care of an Ingress whose class does not exist: it gets no address, and its Application stays Progressing
// (https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class). Needs `ingressClasses` in the profile.

import { hint } from '../../../diagnostics/suggest.ts'
import { pointer, valueAt } from '../../../manifest/pointer.ts'
import type { Rule } from '../../rule.ts'
import { knownClasses } from '../known-classes.ts'

const places = [pointer('spec', 'ingressClassName'), pointer('metadata', 'annotations', 'kubernetes.io/ingress.class')]

export const unknownIngressClass: Rule = {
  code: 'reference/unknown-ingress-class',
  severity: 'error',
  summary: 'The class of an Ingress is one that the cluster has.',
  kinds: ['Ingress'],
  appliesTo: ({ kind }) => kind === 'Ingress',
  *check(resource, context) {
    const classes = knownClasses('IngressClass', context.profile.ingressClasses, context)
    if (classes === undefined) return
    for (const at of places) {
      const name = valueAt(resource.object, at)
      if (typeof name !== 'string' || classes.includes(name)) continue
      yield {
        at: { resource, pointer: at },
        message: `unknown ingress class "${name}"${hint(name, classes)}`,
        help: 'Use a class of this cluster, or declare it in ingressClasses.',
      }
    }
  },
}
