// R13: no controller takes care of an Ingress whose class does not exist: it gets no address, and its Application stays Progressing
// (https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class). Sure with `ingressClasses` in the profile.

import { pointer, valueAt } from '../../../manifest/pointer.ts'
import type { Rule } from '../../rule.ts'
import { unknownClass } from '../known-classes.ts'

const places = [pointer('spec', 'ingressClassName'), pointer('metadata', 'annotations', 'kubernetes.io/ingress.class')]

export const unknownIngressClass: Rule = {
  code: 'reference/unknown-ingress-class',
  severity: 'error',
  summary: 'The class of an Ingress is one that the cluster has.',
  kinds: ['Ingress'],
  appliesTo: ({ kind }) => kind === 'Ingress',
  *check(resource, context) {
    for (const at of places) {
      const name = valueAt(resource.object, at)
      if (typeof name !== 'string') continue
      const unknown = unknownClass(name, 'IngressClass', context.profile.ingressClasses, context)
      if (unknown === undefined) continue
      yield {
        at: { resource, pointer: at },
        message: `unknown ingress class "${name}"${unknown.hint}`,
        help: 'Use a class of this cluster, or declare it in ingressClasses.',
        ...(unknown.severity === undefined ? {} : { severity: unknown.severity }),
      }
    }
  },
}
