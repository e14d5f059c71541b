// The finding that an own rule failed: at the line of its module that threw, else where the rule is declared.

import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import { sitePosition } from '../../model/declaration-site.ts'
import { entryLocation } from '../../model/model-finding.ts'
import type { RuleContext } from '../rule.ts'
import type { OwnRule } from './own-rule.ts'

/**
 * @param what half a sentence, whose subject is the rule
 * @param stack of what was thrown
 */
export function ruleFailure(rule: OwnRule, what: string, { profile }: RuleContext, stack = ''): Diagnostic {
  const at = entryLocation({ site: rule.site, path: [] })
  return {
    code: 'model/rule-fails',
    severity: 'error',
    message: `rule "${rule.code}" ${what}`,
    at: { ...at, ...lineIn(stack, sitePosition(rule.site)?.file) },
    ...(profile.environment === undefined ? {} : { environment: profile.environment }),
    help: 'Correct the rule: until then, nothing is known to obey it.',
  }
}

/** The innermost line of a stack that lies in a file. */
function lineIn(
  stack: string,
  file: string | undefined,
): { readonly line: number; readonly column: number } | undefined {
  if (file === undefined) return undefined
  for (const frame of stack.split('\n')) {
    const start = frame.indexOf(`${file}:`)
    const match = start < 0 ? null : /^:(\d+):(\d+)/.exec(frame.slice(start + file.length))
    if (match !== null) return { line: Number(match[1]), column: Number(match[2]) }
  }
  return undefined
}
