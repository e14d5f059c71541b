// Findings of one control for one object, each place reported once, at the severity of the strictest mode it offends.

import { podTemplateOf } from '../../manifest/pod-template.ts'
import type { Resource } from '../../manifest/resource.ts'
import type { Finding, RuleContext } from '../rule.ts'
import { controlsAt } from './check-pod-security.ts'
import type { Control } from './control.ts'
import { podSecurityDemands } from './pod-security-demands.ts'

/** What a control says about an object under the levels its namespace or profile demands. */
export function* podSecurityFindings(control: Control, resource: Resource, context: RuleContext): Iterable<Finding> {
  const template = podTemplateOf(resource)
  if (template === undefined) return
  const reported = new Set<string>()
  for (const { level, minor, severity } of podSecurityDemands(resource, template, context)) {
    const active = controlsAt(level, minor).find(candidate => candidate.control === control)
    if (active === undefined) continue
    for (const found of active.check(template)) {
      const key = `${found.pointer} ${found.message}`
      if (reported.has(key)) continue
      reported.add(key)
      yield {
        at: { resource, pointer: template.pointer + found.pointer },
        message: `${found.message} (${level} v1.${minor})`,
        help: control.help,
        severity,
      }
    }
  }
}
