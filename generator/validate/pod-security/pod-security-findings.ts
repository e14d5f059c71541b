// Findings of an environment: all controls run together, once, whichever rule asks first. Each place is reported once per control, at
// the severity of the strictest mode it offends.

import { podKinds, podTemplateOf, type PodTemplate } from '../../manifest/pod-template.ts'
import type { Resource } from '../../manifest/resource.ts'
import type { Finding, RuleContext } from '../rule.ts'
import { candidates } from '../run-rules.ts'
import { controlsAt } from './check-pod-security.ts'
import { viewPod, type Control, type ControlFinding } from './control.ts'
import { podSecurityDemands, type PodSecurityDemand } from './pod-security-demands.ts'

type Findings = ReadonlyMap<Control, readonly Finding[]>

const none: Findings = new Map()
const environments = new WeakMap<RuleContext, Findings>()

/** What a control says about all objects of the environment, in render order: they are looked at once for all controls. */
export function environmentFindings(control: Control, context: RuleContext): readonly Finding[] {
  let known = environments.get(context)
  if (known === undefined) environments.set(context, (known = findAll(context)))
  return known.get(control) ?? []
}

function findAll(context: RuleContext): Findings {
  const found = new Map<Control, Finding[]>()
  for (const resource of candidates({ kinds: podKinds }, context.resources)) {
    for (const [control, findings] of podSecurityFindings(resource, context)) {
      const list = found.get(control)
      if (list === undefined) found.set(control, [...findings])
      else list.push(...findings)
    }
  }
  return found
}

/** What each control says about an object under the levels its namespace or profile demands. */
export function podSecurityFindings(resource: Resource, context: RuleContext): Findings {
  const template = podTemplateOf(resource)
  if (template === undefined) return none
  const demands = podSecurityDemands(resource, template, context)
  if (demands.length === 0) return none
  const view = viewPod(template)
  const findings = new Map<Control, Map<string, Finding>>()
  for (const demand of demands) {
    for (const { control, check } of controlsAt(demand.level, demand.minor)) {
      for (const found of check(view)) add(findings, control, toFinding(found, { resource, template, control, demand }))
    }
  }
  return findings.size === 0 ? none : new Map([...findings].map(([control, places]) => [control, [...places.values()]]))
}

/** The first finding of a place and a cause stays: demands come strictest mode first. */
function add(findings: Map<Control, Map<string, Finding>>, control: Control, finding: Finding): void {
  const cause = `${finding.at.pointer} ${finding.message.replace(/ \([^()]*\)$/, '')}`
  const places = findings.get(control)
  if (places === undefined) findings.set(control, new Map([[cause, finding]]))
  else if (!places.has(cause)) places.set(cause, finding)
}

interface Circumstances {
  readonly resource: Resource
  readonly template: PodTemplate
  readonly control: Control
  readonly demand: PodSecurityDemand
}

function toFinding(found: ControlFinding, { resource, template, control, demand }: Circumstances): Finding {
  return {
    at: { resource, pointer: template.pointer + found.pointer },
    message: `${found.message} (${demand.level} v1.${demand.minor})`,
    help: control.help,
    severity: demand.severity,
  }
}
