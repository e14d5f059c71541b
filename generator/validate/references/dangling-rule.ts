// The shape of all rules that say "this object does not exist": they differ in the references they look at.

import type { DiagnosticCode } from '../../diagnostics/diagnostic.ts'
import { hasReferenceFields, referringKinds } from '../../manifest/references-of.ts'
import type { Reference } from '../../manifest/references-of.ts'
import type { Rule } from '../rule.ts'
import { danglingFindings, environmentMissing, missingFindings } from './missing-object.ts'

export interface DanglingRule {
  readonly code: DiagnosticCode
  readonly summary: string
  readonly help: string
  readonly concerns: (reference: Reference) => boolean
}

export function danglingRule({ code, summary, help, concerns }: DanglingRule): Rule {
  return {
    code,
    severity: { production: 'error', elsewhere: 'warning' },
    summary,
    kinds: referringKinds,
    appliesTo: resource => hasReferenceFields(resource.kind),
    check: (resource, context) => danglingFindings(resource, context, concerns, help),
    *checkAll(context) {
      for (const missing of environmentMissing(context)) yield* missingFindings(missing.filter(concerns), context, help)
    },
  }
}
