// A platform's own rules as the commands use them: they run under the limit of time the platform had, and what is said about them
// names the files people wrote. Page and fixtures stand beside the module, named like the code.

import { posix } from 'node:path'
import type { Diagnostic, SourceLocation } from '../diagnostics/diagnostic.ts'
import type { FileTree } from '../manifest/file-tree.ts'
import { entryLocation } from '../model/model-finding.ts'
import type { Platform } from '../model/platform.ts'
import { checkOwnRules } from '../validate/own-rules/check-own-rules.ts'
import { checkRuleFixtures, type FixturesVerdict } from '../validate/own-rules/check-rule-fixtures.ts'
import type { OwnRule } from '../validate/own-rules/own-rule.ts'
import { runOwnRules, type Limit, type OwnRules } from '../validate/own-rules/run-own-rule.ts'

export interface PlatformRules extends OwnRules {
  /** What stands under `rules` and is none. */
  readonly diagnostics: readonly Diagnostic[]
  readonly filesOf: (rule: OwnRule) => RuleFiles
  readonly checkFixtures: (rule: OwnRule, files: FileTree) => FixturesVerdict
}

export interface RuleFiles {
  /** Where the rule is declared. */
  readonly at: SourceLocation
  /** `<folder of the module>/<name>.md` */
  readonly page: string
  /** `<folder of the module>/fixtures/<name>` */
  readonly fixtures: string
}

export const noRules: PlatformRules = {
  rules: [],
  run: () => [],
  diagnostics: [],
  filesOf: () => ({ at: { file: '', document: 1, pointer: '' }, page: '', fixtures: '' }),
  checkFixtures: () => ({ diagnostics: [], outputs: new Map() }),
}

/** @param inSource findings with places of the platform's script, as places in the files people wrote */
export function platformRules(
  { settings, site }: Platform,
  limit: Limit,
  inSource: (found: readonly Diagnostic[]) => readonly Diagnostic[],
): PlatformRules {
  const { value: rules, diagnostics } = checkOwnRules(settings.rules, site)
  const filesOf = (rule: OwnRule): RuleFiles => {
    const scriptPlace = entryLocation({ site: rule.site, path: [] })
    const [declared] = inSource([{ code: rule.code, severity: 'info', message: '', at: scriptPlace }])
    const at = declared?.at ?? scriptPlace
    const [folder, name] = [posix.dirname(at.file), nameOf(rule)]
    return { at, page: posix.join(folder, `${name}.md`), fixtures: posix.join(folder, 'fixtures', name) }
  }
  return {
    rules,
    run: (wanted, context, timed) => inSource(runOwnRules(wanted, context, { limit, timed })),
    diagnostics,
    filesOf,
    checkFixtures: (rule, files) => {
      const verdict = checkRuleFixtures(rule, files, filesOf(rule).fixtures, limit)
      return { ...verdict, diagnostics: inSource(verdict.diagnostics) }
    },
  }
}

/** The code without its family: the name of the rule's page and of its folder of fixtures. */
function nameOf({ code }: OwnRule): string {
  return code.slice(code.indexOf('/') + 1)
}
