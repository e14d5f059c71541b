// A controller ignores another controller's annotations: what they protect is then open to everyone.

import { pointer } from '../../../manifest/pointer.ts'
import { asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { controllerOf, controllerOfAnnotation, isIngress } from '../ingress-class.ts'

const protects =
  /auth|whitelist|allowlist|denylist|blacklist|source-range|ssl-redirect|force-ssl|redirect|tls|waf|limit|cors|modsecurity|satisfy|mtls/

/** Accident class X8: annotations differ by controller, https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource */
export const noForeignIngressAnnotation = definePolicyRule({
  code: 'policy/no-foreign-ingress-annotation',
  severity: 'error',
  summary: 'Annotations of an Ingress belong to the controller of its class.',
  appliesTo: isIngress,
  *check(resource, context) {
    const controller = controllerOf(resource, context)
    if (controller === undefined) return
    for (const key of Object.keys(asMap(asMap(resource.object['metadata'])['annotations']))) {
      const owner = controllerOfAnnotation(key)
      if (owner === undefined || owner === controller) continue
      const protection = protects.test(key)
      yield {
        at: { resource, pointer: pointer('metadata', 'annotations', key), on: 'key' },
        severity: protection ? 'error' : 'warning',
        message: `"${key}" is read by ${owner}, but the class of this Ingress belongs to ${controller}, which ignores it`,
        help: protection
          ? 'Set the same protection in the way of the controller in use; until then it does not exist.'
          : 'Remove the annotation or replace it by one of the controller in use.',
      }
    }
  },
})
