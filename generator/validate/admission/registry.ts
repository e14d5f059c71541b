// The rules of the admission family, in the order they run.

import type { Severity } from '../../diagnostics/diagnostic.ts'
import type { Place, Resource } from '../../manifest/resource.ts'
import { releaseForNew } from '../cel/releases.ts'
import type { Finding, Rule } from '../rule.ts'
import { minorVersion } from '../schema/versions.ts'
import {
  admissionGroup,
  admissionObjects,
  hasBoundPolicies,
  ofKind,
  outcomesFor,
  type AdmissionOutcome,
} from './admission-outcomes.ts'
import { deviceGroup, deviceSelectors, deviceSource } from './device-selectors.ts'
import { expressionWarnings } from './expression-warnings.ts'
import {
  bindingOf,
  expressionsOf,
  mutatingExpressions,
  policyOf,
  webhookExpressions,
  type CheckedExpression,
} from './policy.ts'

const source = 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/'

/** Deny refuses the object, Warn answers with a warning, Audit only writes it down; the strictest counts. */
function severityOf({ binding, outcome }: AdmissionOutcome): Severity {
  if (outcome.refuses === true || binding.actions.includes('Deny')) return 'error'
  return binding.actions.includes('Warn') ? 'warning' : 'info'
}

function origin({ policy, outcome }: AdmissionOutcome): readonly { readonly at: Place; readonly note: string }[] {
  return [
    { at: { resource: policy.resource, pointer: outcome.expression.pointer }, note: 'the expression stands here' },
  ]
}

function* findings(
  all: readonly AdmissionOutcome[],
  kind: AdmissionOutcome['outcome']['outcome'],
  at: Place,
  help: string,
) {
  for (const one of all) {
    if (one.outcome.outcome !== kind) continue
    const policy = one.policy.resource.name
    const message = {
      denied: `ValidatingAdmissionPolicy "${policy}": ${one.outcome.message}`,
      failed: `ValidatingAdmissionPolicy "${policy}" cannot be evaluated: ${one.outcome.message}`,
      'not-evaluated': `not checked against ValidatingAdmissionPolicy "${policy}": ${one.outcome.message}`,
    }[kind]
    const severity = kind === 'not-evaluated' ? 'info' : severityOf(one)
    yield { at, message, severity, help, related: origin(one) } satisfies Finding
  }
}

function outcomeRule(
  code: Rule['code'],
  severity: Severity,
  kind: AdmissionOutcome['outcome']['outcome'],
  summary: string,
  help: string,
): Rule {
  const check: Rule['check'] = (resource, context) =>
    isMutatingPolicy(resource)
      ? kind === 'not-evaluated'
        ? [notEvaluated(resource)]
        : []
      : findings(outcomesFor(resource, context), kind, { resource, pointer: '/metadata/name', on: 'value' }, help)
  return {
    code,
    severity,
    summary,
    appliesTo: () => true,
    check,
    *checkAll(context) {
      const { resources } = context
      const asked = hasBoundPolicies(context) ? resources.all : resources.ofKind('MutatingAdmissionPolicy')
      for (const resource of asked) yield* check(resource, context)
    },
  }
}

function isMutatingPolicy(resource: Resource): boolean {
  return isKind('MutatingAdmissionPolicy')(resource)
}

/** What a mutating policy makes of objects is known in the cluster only. */
function notEvaluated(resource: Resource): Finding {
  return {
    at: { resource, pointer: '/metadata/name', on: 'value' },
    message: `MutatingAdmissionPolicy "${resource.name}" is not evaluated: objects are checked as they are written`,
    help: 'Only the cluster can tell what the objects become: do not read this as admitted.',
  }
}

function isKind(kind: string): Rule['appliesTo'] {
  return resource => resource.kind === kind && resource.apiVersion.startsWith(`${admissionGroup}/`)
}

type ExpressionReader = (resource: Resource, release: string) => readonly CheckedExpression[]

/** Kinds with CEL expressions, and what reads them for the newest release whose libraries they may use. */
const expressionReaders: Readonly<Record<string, { readonly group: string; readonly read: ExpressionReader }>> = {
  ValidatingAdmissionPolicy: {
    group: admissionGroup,
    read: (resource, release) => expressionsOf(policyOf(resource, release)),
  },
  MutatingAdmissionPolicy: { group: admissionGroup, read: mutatingExpressions },
  ValidatingWebhookConfiguration: { group: admissionGroup, read: webhookExpressions },
  MutatingWebhookConfiguration: { group: admissionGroup, read: webhookExpressions },
  DeviceClass: { group: deviceGroup, read: deviceSelectors },
  ResourceClaim: { group: deviceGroup, read: deviceSelectors },
  ResourceClaimTemplate: { group: deviceGroup, read: deviceSelectors },
}

function readerOf({ kind, apiVersion }: Resource): ExpressionReader | undefined {
  const reader = Object.hasOwn(expressionReaders, kind) ? expressionReaders[kind] : undefined
  return reader !== undefined && apiVersion.startsWith(`${reader.group}/`) ? reader.read : undefined
}

function readerSource({ apiVersion }: Resource): string {
  return apiVersion.startsWith(`${deviceGroup}/`) ? deviceSource : source
}

/** Sources: the documentation above, and k8s.io/apiserver/pkg/admission/plugin/policy/validating. */
export const admissionRules: readonly Rule[] = [
  {
    code: 'admission/invalid-expression',
    severity: 'error',
    summary:
      'Expressions of admission policies, webhooks and device selectors compile under the declared versions of Kubernetes.',
    kinds: Object.keys(expressionReaders),
    appliesTo: resource => readerOf(resource) !== undefined,
    *check(resource, { profile }) {
      const found = new Set<string>()
      for (const version of profile.kubernetes) {
        for (const { compiled, pointer } of readerOf(resource)?.(resource, releaseForNew(version)) ?? []) {
          if (!('error' in compiled) || found.has(`${pointer} ${compiled.error}`)) continue
          found.add(`${pointer} ${compiled.error}`)
          yield {
            at: { resource, pointer },
            message: `the expression does not compile: ${compiled.error}`,
            help: `Correct the expression; the API server refuses the ${resource.kind} as it is. See ${readerSource(resource)}.`,
          }
        }
      }
    },
  },
  {
    code: 'admission/expression-warning',
    severity: 'warning',
    summary: 'Expressions of a policy fit the schemas of the kinds it matches.',
    kinds: ['ValidatingAdmissionPolicy'],
    appliesTo: isKind('ValidatingAdmissionPolicy'),
    *check(resource, { profile, schemas }) {
      const [version] = profile.kubernetes
      if (schemas === undefined || version === undefined) return
      for (const { pointer, message, everywhere } of expressionWarnings(resource, schemas(), minorVersion(version))) {
        yield {
          at: { resource, pointer },
          // Where some kinds fit, the others are often meant: a guard with has() is warned of, too.
          ...(everywhere ? {} : { severity: 'info' }),
          message: `the expression does not fit what the policy matches: ${message}`,
          help: 'Correct the field, or match only the kinds that have it: the API server writes this into the status of the policy.',
        }
      }
    },
  },
  {
    code: 'admission/unknown-policy',
    severity: 'error',
    summary: 'A binding names a policy that exists.',
    kinds: ['ValidatingAdmissionPolicyBinding'],
    appliesTo: isKind('ValidatingAdmissionPolicyBinding'),
    *check(resource, context) {
      const { policyName } = bindingOf(resource)
      const known = ofKind(admissionObjects(context), 'ValidatingAdmissionPolicy').map(({ name }) => name)
      const external = (context.profile.externalObjects ?? []).some(
        one => one.kind === 'ValidatingAdmissionPolicy' && one.name === policyName,
      )
      if (external || known.includes(policyName)) return
      // Without any policy here and without a word on what is elsewhere, the binding is taken for a part of something larger.
      const isPart = known.length === 0 && context.profile.externalObjects === undefined
      yield {
        at: { resource, pointer: '/spec/policyName' },
        ...(isPart ? { severity: 'warning' } : {}),
        message: `no ValidatingAdmissionPolicy "${policyName}" here: the binding enforces nothing`,
        help: 'Name a policy of the tree, or declare the policy as an external object with a reason.',
      }
    },
  },
  {
    code: 'admission/unbound-policy',
    severity: 'warning',
    summary: 'A policy is bound; without a binding it enforces nothing.',
    kinds: ['ValidatingAdmissionPolicy'],
    appliesTo: isKind('ValidatingAdmissionPolicy'),
    *check(resource, context) {
      const bound = ofKind(admissionObjects(context), 'ValidatingAdmissionPolicyBinding')
      if (bound.some(one => bindingOf(one).policyName === resource.name)) return
      yield {
        at: { resource, pointer: '/metadata/name' },
        message: `nothing binds ValidatingAdmissionPolicy "${resource.name}": it enforces nothing`,
        help: 'Add a ValidatingAdmissionPolicyBinding that names it.',
      }
    },
  },
  outcomeRule(
    'admission/denied',
    'error',
    'denied',
    'Objects are admitted by the policies of their environment.',
    'Change the object as the policy asks; the cluster would refuse it (or warn, as its binding says).',
  ),
  outcomeRule(
    'admission/evaluation-failed',
    'error',
    'failed',
    'Policies can be evaluated for every object they match.',
    'Guard the expression (has(), optional fields) or set failurePolicy: Ignore: a failing policy refuses the object.',
  ),
  outcomeRule(
    'admission/not-evaluated',
    'info',
    'not-evaluated',
    'What cannot be evaluated offline is named.',
    'Only the cluster can tell (the authorizer, the user, live objects): do not read this as admitted.',
  ),
]
