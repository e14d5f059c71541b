// The controls of the Pod Security Standards as rules: one per control, for every kind that describes pods.
// Which level holds comes from the profile, else from the labels of the rendered Namespace, as in
// https://kubernetes.io/docs/concepts/security/pod-security-admission/.

import { podKinds, podTemplateOf } from '../../manifest/pod-template.ts'
import type { Rule } from '../rule.ts'
import { podSecurityControls } from './check-pod-security.ts'
import type { Control } from './control.ts'
import { environmentFindings, podSecurityFindings } from './pod-security-findings.ts'
import { namespaceLabels } from './namespace-labels.ts'

function ruleOf(control: Control): Rule {
  return {
    code: `pod-security/${control.id}`,
    severity: 'error',
    summary: control.summary,
    kinds: podKinds,
    appliesTo: resource => podTemplateOf(resource) !== undefined,
    check: (resource, context) => podSecurityFindings(resource, context).get(control) ?? [],
    checkAll: context => environmentFindings(control, context),
  }
}

export const podSecurityRules: readonly Rule[] = [...podSecurityControls.map(ruleOf), namespaceLabels]
