// What the API server refuses beyond its JSON schema, as rules: one row of rule-names.ts each. The server validates an object
// in one pass, and so does this folder: all rules share one walk per object, and each shows the findings under its own name.

import type { Resource } from '../../../manifest/resource.ts'
import type { Profile } from '../../../model/profile.ts'
import type { Finding, Rule, RuleContext } from '../../rule.ts'
import { fieldAt, pointerOf } from './field.ts'
import { inspectionOf } from './inspect.ts'
import type { Inspection } from './inspection.ts'
import { ruleSummaries, type RuleName } from './rule-names.ts'

type Findings = ReadonlyMap<RuleName, readonly Finding[]>

interface Remembered {
  readonly profile: Profile
  readonly findings: Findings
}

const remembered = new WeakMap<Resource, Remembered>()
const none: Findings = new Map()

/** The rules, in the order of rule-names.ts. */
export const apiServerRules: readonly Rule[] = (Object.keys(ruleSummaries) as RuleName[]).map(name => ({
  code: `schema/${name}`,
  severity: 'error',
  summary: ruleSummaries[name],
  appliesTo: resource => inspectionOf(resource) !== undefined,
  check: (resource, { profile }) => findingsOf(resource, profile).get(name) ?? [],
  checkAll: context => environmentFindings(context).get(name) ?? [],
}))

/** All findings of all rules about one object, in the order of the walk. */
export function refusalsOf(resource: Resource, profile: Profile): readonly (Finding & { readonly rule: RuleName })[] {
  return [...findingsOf(resource, profile)].flatMap(([rule, findings]) =>
    findings.map(finding => ({ ...finding, rule })),
  )
}

const environments = new WeakMap<RuleContext, Findings>()

/** The findings of all rules about all objects, found in one pass over the environment. */
function environmentFindings(context: RuleContext): Findings {
  const known = environments.get(context)
  if (known !== undefined) return known
  const all = new Map<RuleName, Finding[]>()
  for (const resource of context.resources.all) {
    for (const [name, findings] of findingsOf(resource, context.profile)) {
      const list = all.get(name)
      if (list === undefined) all.set(name, [...findings])
      else list.push(...findings)
    }
  }
  environments.set(context, all)
  return all
}

function findingsOf(resource: Resource, profile: Profile): Findings {
  const known = remembered.get(resource)
  if (known?.profile === profile) return known.findings
  const findings = inspectResource(resource, profile)
  remembered.set(resource, { profile, findings })
  return findings
}

function inspectResource(resource: Resource, profile: Profile): Findings {
  const inspect = inspectionOf(resource)
  if (inspect === undefined) return none
  let findings: Map<RuleName, Finding[]> | undefined
  const minors = profile.kubernetes.map(minorOf).filter(minor => !Number.isNaN(minor))
  const inspection: Inspection = {
    resource,
    root: fieldAt(resource.object, ''),
    oldest: Math.min(...minors, minors.length === 0 ? 0 : Number.POSITIVE_INFINITY),
    newest: Math.max(...minors, 0),
    refuse(name, { at, message, help, on }) {
      findings ??= new Map()
      const list = findings.get(name) ?? []
      findings.set(name, list)
      list.push({
        at: { resource, pointer: pointerOf(at), ...(on === undefined ? {} : { on }) },
        message,
        ...(help === undefined ? {} : { help }),
      })
    },
  }
  inspect(inspection)
  return findings ?? none
}

/** 34 for '1.34', 'v1.34.2'. */
function minorOf(version: string): number {
  return Number(/^v?1\.(\d+)/.exec(version)?.[1])
}
