// What Argo Rollouts needs for blue-green, and what silently breaks it.

import { groupOf, type Resource } from '../../../manifest/resource.ts'
import { asMap, asString, type YamlMap } from '../../../manifest/value.ts'
import type { Finding, RuleContext } from '../../rule.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { controllerOf } from '../ingress-class.ts'
import { specOf } from '../pods.ts'

const hashLabel = 'rollouts-pod-template-hash'

/** Accident class X15: https://argo-rollouts.readthedocs.io/en/stable/features/bluegreen/ */
export const noBrokenBlueGreenRollout = definePolicyRule({
  code: 'policy/no-broken-blue-green-rollout',
  severity: 'error',
  summary: 'A blue-green Rollout has its Services, and nothing in Git that the controller owns.',
  kinds: ['Rollout'],
  appliesTo: resource => resource.kind === 'Rollout' && groupOf(resource.apiVersion) === 'argoproj.io',
  *check(rollout, context) {
    yield* checkScaling(rollout, context)
    const blueGreen = asMap(specOf(rollout)['strategy'])['blueGreen']
    if (typeof blueGreen !== 'object' || blueGreen === null) return
    const strategy = asMap(blueGreen)
    const active = asString(strategy['activeService'])
    const at = (field: string): Finding['at'] => ({ resource: rollout, pointer: `/spec/strategy/blueGreen${field}` })
    if (active === undefined) {
      yield {
        at: at(''),
        message: 'the blue-green strategy names no activeService',
        help: 'Name the Service that carries the traffic.',
      }
    } else if (strategy['previewService'] === active) {
      yield {
        at: at('/previewService'),
        message: `previewService is the active Service "${active}": the preview would be live at once`,
        help: 'Name a Service of its own for the preview, or leave it out.',
      }
    }
    if (strategy['autoPromotionEnabled'] === undefined) {
      yield {
        at: at('/autoPromotionEnabled'),
        severity: context.profile.production ? 'warning' : 'info',
        message: 'autoPromotionEnabled is not set: the new version takes all traffic as soon as it is ready',
        help: 'Set it to false to promote by hand or by analysis, to true if that is meant.',
      }
    }
    yield* checkServices(rollout, strategy, context)
  },
})

function* checkServices(rollout: Resource, strategy: YamlMap, context: RuleContext): Iterable<Finding> {
  for (const field of ['activeService', 'previewService']) {
    const name = asString(strategy[field])
    const service = name === undefined ? undefined : context.graph.find('Service', rollout.namespace, name, '')
    if (service === undefined) continue
    if (asMap(specOf(service)['selector'])[hashLabel] !== undefined) {
      yield {
        at: { resource: service, pointer: `/spec/selector/${hashLabel}` },
        message: `the selector names "${hashLabel}", which the Rollout controller writes: Git and controller overwrite each other`,
        help: 'Remove it from Git.',
      }
    }
    const alb = field === 'activeService' ? albIngressOf(service, context) : undefined
    if (alb !== undefined) {
      yield {
        at: { resource: rollout, pointer: '/spec/strategy/blueGreen/activeService' },
        message: `Service "${name ?? ''}" stands behind an AWS load balancer (Ingress "${alb.name}"), where switching a blue-green Rollout loses requests`,
        help: 'Use the canary strategy with traffic routing, or another ingress controller.',
      }
    }
  }
}

function albIngressOf(service: Resource, context: RuleContext): Resource | undefined {
  return context.resources
    .ofKind('Ingress')
    .find(
      ingress =>
        controllerOf(ingress, context) === 'alb' &&
        context.graph.referencesFrom(ingress).some(reference => context.graph.resolve(reference) === service),
    )
}

/** An autoscaler that still points at the Deployment of the same name scales nothing, or the wrong pods. */
function* checkScaling(rollout: Resource, context: RuleContext): Iterable<Finding> {
  for (const autoscaler of context.resources.ofKind('HorizontalPodAutoscaler')) {
    const target = asMap(specOf(autoscaler)['scaleTargetRef'])
    const reference = asMap(specOf(rollout)['workloadRef'])
    const names = [rollout.name, asString(reference['name'])]
    if (autoscaler.namespace !== rollout.namespace || target['kind'] !== 'Deployment') continue
    if (!names.includes(asString(target['name']) ?? '')) continue
    yield {
      at: { resource: autoscaler, pointer: '/spec/scaleTargetRef/kind' },
      message: `scales Deployment "${asString(target['name']) ?? ''}", but Rollout "${rollout.name}" runs the pods`,
      help: `Set scaleTargetRef to apiVersion ${rollout.apiVersion}, kind Rollout, name ${rollout.name}.`,
    }
  }
}
