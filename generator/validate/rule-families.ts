// The families of rules, in the order they run. A family that is not here does not run.

import { admissionRules } from './admission/registry.ts'
import { argocdRules } from './argocd/argocd-rules.ts'
import { podSecurityRules } from './pod-security/registry.ts'
import { policyRules } from './policy/registry.ts'
import { referenceRules } from './references/registry.ts'
import type { Rule } from './rule.ts'
import { apiServerRules } from './schema/rules/registry.ts'

export const ruleFamilies: readonly { readonly family: string; readonly rules: readonly Rule[] }[] = [
  { family: 'schema', rules: apiServerRules },
  { family: 'reference', rules: referenceRules },
  { family: 'policy', rules: policyRules },
  { family: 'pod-security', rules: podSecurityRules },
  { family: 'admission', rules: admissionRules },
  { family: 'argocd', rules: argocdRules },
]
