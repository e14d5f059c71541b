// What the model knows of a platform's own rule: its name and its place. What a rule looks at is validate/'s to know.

import type { Severity } from '../diagnostics/diagnostic.ts'
import type { DeclarationSite } from './declaration-site.ts'

/**
 * The code of a platform's own rule: the team's or company's name, then `no-…` (forbid) or `require-…` (demand), such as
 * `policy/hustlex-no-foreign-image`. Codes of this tool have no name in that place, so the two never collide.
 */
export type OwnRuleCode = `policy/${string}-${'no' | 'require'}-${string}`

/** A rule of the platform's own, as `definePolicyRule` returns it. */
export interface DeclaredRule {
  readonly code: OwnRuleCode
  /** One severity, or a milder one outside production. */
  readonly severity: Severity | { readonly production: Severity; readonly elsewhere: Severity }
  /** One sentence: what the rule demands. */
  readonly summary: string
  readonly site: DeclarationSite
}
