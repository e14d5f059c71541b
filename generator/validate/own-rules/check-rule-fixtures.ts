// The fixtures test of a platform's own rule: at least one bad and one good example, YAML in, the expected lines in an `.out` file
// beside it. The rule must find something in each bad one and nothing in each good one, and change nothing it is shown.

import { jsonText } from '../../manifest/json-text.ts'
import type { Diagnostic } from '../../diagnostics/diagnostic.ts'
import type { FileTree } from '../../manifest/file-tree.ts'
import type { RuleContext } from '../rule.ts'
import type { OwnRule } from './own-rule.ts'
import { fixtureContext, formatFixtureOutput } from './run-fixture.ts'
import { runOwnRules, type Limit } from './run-own-rule.ts'

export interface FixturesVerdict {
  /** `model/rule-fixture` for each fixture that does not say what it should, and `model/rule-fails` where the rule fails. */
  readonly diagnostics: readonly Diagnostic[]
  /** Path of each `.out` file to what the rule says now. */
  readonly outputs: FileTree
}

const fixtureName = /(?:^|\/)(bad|good)-[^/]+\.yaml$/

/**
 * Runs a rule over its fixtures.
 * @param files of the rule's fixture folder, by path: `bad-….yaml`, `good-….yaml`, and an `.out` file for each
 * @param folder where the fixtures are, or should be: what a missing one is reported at
 */
export function checkRuleFixtures(rule: OwnRule, files: FileTree, folder: string, limit?: Limit): FixturesVerdict {
  const fixtures = [...files.keys()].filter(path => fixtureName.test(path)).sort()
  const verdicts = fixtures.map(file => checkFixture(rule, file, files, limit))
  const missing = ['bad', 'good']
    .filter(kind => !fixtures.some(path => fixtureName.exec(path)?.[1] === kind))
    .map(kind => problem(`${folder}/${kind}-example.yaml`, `"${rule.code}" has no ${kind} fixture`, addFixture))
  const outputs = verdicts.flatMap(verdict => (verdict.output === undefined ? [] : [verdict.output]))
  const expected = new Set(fixtures.map(outputPath))
  const stray = [...files.keys()]
    .filter(path => path.endsWith('.out') && !expected.has(path))
    .map(path => problem(path, 'the output has no fixture', 'Remove it, or write the fixture.'))
  return {
    diagnostics: [...missing, ...verdicts.flatMap(({ diagnostics }) => diagnostics), ...stray],
    outputs: new Map(outputs),
  }
}

const addFixture = 'Write what the rule finds as bad-….yaml, and what it must not as good-….yaml.'
const update = 'Correct the rule or the fixture; "gitops rules test --update" writes what the rule says now.'

interface FixtureVerdict {
  readonly diagnostics: readonly Diagnostic[]
  readonly output?: readonly [path: string, text: string]
}

function checkFixture(rule: OwnRule, file: string, files: FileTree, limit: Limit | undefined): FixtureVerdict {
  const text = files.get(file) ?? ''
  let context
  try {
    context = fixtureContext(text, file)
  } catch (error) {
    return { diagnostics: [problem(file, error instanceof Error ? error.message : String(error), addFixture)] }
  }
  const before = dataOf(context)
  const found = runOwnRules([rule], context, limit === undefined ? {} : { limit })
  const failed = found.filter(({ code }) => code === 'model/rule-fails')
  if (failed.length > 0) return { diagnostics: failed }
  if (dataOf(context) !== before) {
    return { diagnostics: [problem(file, `"${rule.code}" changes the objects it looks at`, 'Objects are read-only.')] }
  }
  const output = formatFixtureOutput(found, text)
  const path = outputPath(file)
  return { diagnostics: mismatches(rule, file, output, files.get(path)), output: [path, output] }
}

function dataOf({ resources }: RuleContext): string {
  return jsonText(resources.all)
}

function mismatches(
  { code }: OwnRule,
  file: string,
  output: string,
  expected: string | undefined,
): readonly Diagnostic[] {
  const bad = fixtureName.exec(file)?.[1] === 'bad'
  if (bad && output === '') return [problem(file, `"${code}" finds nothing in a bad fixture`, update)]
  if (!bad && output !== '')
    return [problem(file, `"${code}" finds something in a good fixture: ${quoted(output)}`, update)]
  if (expected === undefined) return [problem(outputPath(file), 'the fixture has no output beside it', update)]
  if (expected.replaceAll('\r\n', '\n') === output) return []
  return [problem(outputPath(file), `"${code}" says ${quoted(output)}, expected ${quoted(expected)}`, update)]
}

/** An output, or the start of it, on one line. */
function quoted(output: string): string {
  const [first = '', ...more] = output.trimEnd().split('\n')
  return first === '' ? 'nothing' : `${JSON.stringify(first)}${more.length === 0 ? '' : ` and ${more.length} more`}`
}

function outputPath(fixture: string): string {
  return fixture.replace(/\.yaml$/, '.out')
}

function problem(file: string, message: string, help: string): Diagnostic {
  return {
    code: 'model/rule-fixture',
    severity: 'error',
    message,
    at: { file, document: 1, pointer: '', line: 1, column: 1 },
    help,
  }
}
