// What a check is: a code, a summary, the objects it looks at, and a generator of findings. One shape for every family.

import type { DiagnosticCode, Severity } from '../diagnostics/diagnostic.ts'
import type { Graph } from '../graph/graph.ts'
import type { Place, Resource } from '../manifest/resource.ts'
import type { ResourceSet } from '../manifest/resource-set.ts'
import type { Profile } from '../model/profile.ts'
import type { SchemaLookup } from './schema/schema-lookup.ts'

export interface Finding {
  readonly at: Place
  readonly message: string
  readonly help?: string
  /** Overrides the rule's severity for this finding. */
  readonly severity?: Severity
  readonly related?: readonly { readonly at: Place; readonly note: string }[]
}

/** What a rule may look at besides the object itself. */
export interface RuleContext {
  readonly profile: Profile
  readonly resources: ResourceSet
  readonly graph: Graph
  /** The schemas of the environment's Kubernetes version and of the kinds defined there; opened when first asked for. */
  readonly schemas?: () => SchemaLookup
}

export interface Rule {
  readonly code: DiagnosticCode
  /** One severity, or a milder one outside production. */
  readonly severity: Severity | { readonly production: Severity; readonly elsewhere: Severity }
  /** One sentence: what the rule demands. Shown by `explain` and in lists of rules. */
  readonly summary: string
  /** The kinds `appliesTo` can be true for, where they can be listed: nothing else is asked. Share one array between rules. */
  readonly kinds?: readonly string[]
  /** Asked once an environment: where false, `check` would find nothing in any object. */
  readonly appliesIn?: (context: RuleContext) => boolean
  /** `appliesTo` is true for objects with annotations only, and for those of `kinds`: nothing else is asked. */
  readonly annotated?: true
  readonly appliesTo: (resource: Resource) => boolean
  readonly check: (resource: Resource, context: RuleContext) => Iterable<Finding>
  /** What `check` finds in all objects of the environment, in render order: where that is cheaper than asking one by one. */
  readonly checkAll?: (context: RuleContext) => Iterable<Finding>
}

/**
 * The severity of a rule in an environment. Where production is assumed, practice that only production demands is worth a warning;
 * what breaks anywhere keeps its severity.
 */
export function severityOf({ severity, code }: Pick<Rule, 'severity' | 'code'>, profile: Profile): Severity {
  if (typeof severity === 'string') return severity
  if (!profile.production) return severity.elsewhere
  const lowered = profile.assumed === true && code.startsWith('policy/') && severity.production === 'error'
  return lowered ? 'warning' : severity.production
}
