// All checks over the objects of one environment, in the order a reader wants them: shape first, then what the API server refuses,
// then what the objects say to each other, then practice. What was left unchecked is part of the verdict, never silence.

import type { Diagnostic, ResourceReference } from '../diagnostics/diagnostic.ts'
import { buildGraph } from '../graph/build-graph.ts'
import type { Resource } from '../manifest/resource.ts'
import { locationOf } from '../manifest/resource.ts'
import { resourceSet, type ResourceSet } from '../manifest/resource-set.ts'
import type { Profile } from '../model/profile.ts'
import { unseenNamespaces } from './pod-security/unseen-namespaces.ts'
import { ruleFamilies } from './rule-families.ts'
import { evaluateSchemaRule } from './cel/schema-rules.ts'
import type { Rule, RuleContext } from './rule.ts'
import type { OwnRules, Timed } from './own-rules/run-own-rule.ts'
import { identityOf, runRules } from './run-rules.ts'
import type { SchemaCatalog } from './schema/catalog.ts'
import { withoutRepeatedCauses } from './schema/one-cause.ts'
import { schemaLookup, type LookupOptions } from './schema/schema-lookup.ts'
import { lazy } from './schema/schema-node.ts'
import { createSchemaChecker, type SchemaFinding } from './schema/schema-checker.ts'

export interface CheckOptions {
  /** CustomResourceDefinitions that are deployed from elsewhere; those among the objects come before them. */
  readonly definitions?: readonly Resource[]
  readonly catalog: SchemaCatalog
  /** Families or codes to look for; everything where absent. */
  readonly only?: readonly string[]
  /** The platform's own rules; they run last. */
  readonly ownRules?: OwnRules | undefined
  /** Milliseconds, for `timings`. */
  readonly clock?: () => number
}

export interface EnvironmentVerdict {
  readonly diagnostics: readonly Diagnostic[]
  readonly rendered: number
  readonly validated: number
  readonly skipped: readonly { readonly resource: ResourceReference; readonly reason: string }[]
  /** Checks that could not be made here, each as half a sentence. */
  readonly notChecked: readonly string[]
  /** Kinds that were held to a bundled schema without the rules of their definition. */
  readonly lackingRules: readonly string[]
  /** Stage or rule to milliseconds and number of findings. */
  readonly timings: readonly { readonly name: string; readonly milliseconds: number; readonly findings: number }[]
}

/** Holds the objects of one environment (or of a set of files) to everything this tool knows. */
export function checkEnvironment(
  resources: readonly Resource[],
  profile: Profile,
  options: CheckOptions,
): EnvironmentVerdict {
  const { clock = () => 0, only } = options
  const timings: EnvironmentVerdict['timings'][number][] = []
  const timed: Timed = (name, work) => {
    const start = clock()
    const found = work()
    timings.push({ name, milliseconds: clock() - start, findings: found.length })
    return found
  }
  const set = resourceSet(resources)
  const schemas = lazy(() => schemaLookup(lookupOptions(profile, set, options)))
  const context: RuleContext = { profile, resources: set, graph: buildGraph(set), schemas }
  const schema = schemaStage(context, options, timed)
  const found = ruleFamilies
    .flatMap(({ rules }) => rules.filter(rule => isWanted(rule.code, only)))
    .flatMap(rule => timed(rule.code, () => runRules([rule], context)))
  const ownRules = options.ownRules?.rules.filter(rule => isWanted(rule.code, only)) ?? []
  const own = ownRules.length === 0 ? [] : (options.ownRules?.run(ownRules, context, timed) ?? [])
  return {
    diagnostics: withoutRepeatedCauses([...schema.diagnostics, ...found, ...own]),
    rendered: resources.length,
    validated: schema.validated,
    skipped: schema.skipped,
    lackingRules: schema.lackingRules,
    notChecked: [...schema.notChecked, ...(wantsPodSecurity(only) ? unseenNamespaces(context) : [])],
    timings,
  }
}

function lookupOptions(
  { kubernetes }: Profile,
  set: ResourceSet,
  { catalog, definitions = [] }: CheckOptions,
): LookupOptions {
  const version = kubernetes[0] ?? catalog.versions.at(-1) ?? ''
  return { catalog, version, crds: [...definitions, ...set.ofKind('CustomResourceDefinition')] }
}

/** Every rule of this tool, for lists and for `--only`. */
export function allRules(): readonly Rule[] {
  return ruleFamilies.flatMap(({ rules }) => rules)
}

/** Whether `--only` lets a code through. */
export function isWanted(code: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.includes(code) || only.includes(code.split('/', 1)[0] ?? '')
}

function wantsPodSecurity(only: readonly string[] | undefined): boolean {
  return only === undefined || only.some(name => name.split('/', 1)[0] === 'pod-security')
}

interface SchemaStage {
  readonly diagnostics: readonly Diagnostic[]
  readonly validated: number
  readonly skipped: EnvironmentVerdict['skipped']
  readonly notChecked: readonly string[]
  readonly lackingRules: readonly string[]
}

function schemaStage(
  { profile, resources }: RuleContext,
  { catalog, only, definitions }: CheckOptions,
  timed: Timed,
): SchemaStage {
  if (only !== undefined && !only.some(name => name === 'schema' || name.startsWith('schema/'))) {
    const notChecked = ['schemas (left out by --only)']
    return { diagnostics: [], validated: 0, skipped: [], notChecked, lackingRules: [] }
  }
  const checker = createSchemaChecker(catalog, {
    versions: profile.kubernetes,
    crds: [...(definitions ?? []), ...resources.ofKind('CustomResourceDefinition')],
    evaluateCel: evaluateSchemaRule,
    ...(profile.unvalidatedKinds === undefined ? {} : { unvalidatedKinds: profile.unvalidatedKinds }),
  })
  const skipped: { resource: ResourceReference; reason: string }[] = []
  const notEvaluated = new Set<string>()
  const lackingRules = new Set<string>()
  const diagnostics = timed('schema', () =>
    resources.all.flatMap(resource => {
      const verdict = checker.check(resource)
      for (const rule of verdict.notEvaluated ?? []) notEvaluated.add(`${resource.kind}: ${rule}`)
      if (verdict.lacksRules === true) lackingRules.add(resource.kind)
      const found = verdict.findings.map(finding => toDiagnostic(finding, profile))
      if (verdict.skipped === undefined) return found
      skipped.push({ resource: identityOf(resource), reason: verdict.allowed ?? verdict.skipped })
      return verdict.allowed === undefined ? [...found, noSchema(resource, verdict.skipped, profile)] : found
    }),
  )
  return {
    diagnostics: diagnostics.filter(({ code }) => isWanted(code, only)),
    validated: resources.all.length - skipped.length,
    skipped,
    lackingRules: [...lackingRules],
    notChecked: [...notEvaluated].sort().map(rule => `the rule of the schema of ${rule}`),
  }
}

function noSchema(resource: Resource, reason: string, profile: Profile): Diagnostic {
  return toDiagnostic(
    {
      code: 'schema/no-schema',
      severity: 'error',
      message: `${reason}, so it was not validated`,
      at: { resource, pointer: '/kind' },
      help: 'Add the schema with "gitops schemas add" and the CustomResourceDefinition, or allow-list the kind in the platform with a reason.',
    },
    profile,
  )
}

function toDiagnostic(finding: SchemaFinding, { environment }: Profile): Diagnostic {
  const { code, severity = 'error', message, help, at } = finding
  return {
    code,
    severity,
    message,
    at: locationOf(at),
    resource: identityOf(at.resource),
    ...(environment === undefined ? {} : { environment }),
    ...(help === undefined ? {} : { help }),
  }
}
