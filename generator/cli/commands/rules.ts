// `gitops rules list | test`: the rules of the platform's own, and their fixtures test.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Diagnostic, SourceLocation } from '../../diagnostics/diagnostic.ts'
import { hint } from '../../diagnostics/suggest.ts'
import { diskCheckout, type Checkout } from '../../io/checkout.ts'
import { diskRefusal } from '../../io/disk-refusal.ts'
import { findRepositoryRoot } from '../../io/find-root.ts'
import { unreadable } from '../../io/unreadable-input.ts'
import type { FileTree } from '../../manifest/file-tree.ts'
import { formatFindings } from '../../report/format-text.ts'
import { locateDiagnostics } from '../../report/locate-diagnostics.ts'
import type { OwnRule } from '../../validate/own-rules/own-rule.ts'
import { UsageError, type Command, type ParsedArguments } from '../command.ts'
import { declaredPlatform, type DeclaredPlatform } from '../declared-platform.ts'
import { CLEAN, FINDINGS, UNUSABLE, type ExitCode } from '../exit-code.ts'
import { wantsColour, type World } from '../world.ts'

export const rules: Command = {
  name: 'rules',
  summary: "list the platform's own rules, or hold them to their fixtures",
  usage: 'list | test [NAME…]',
  about: [
    "The platform names its own rules under `rules`; what they find is reported as this tool's own findings are. Beside a rule's module\nstand its page, NAME.md, and its fixtures, fixtures/NAME/bad-….yaml and good-….yaml, each with the expected lines in an .out file.",
    'test fails where a rule finds nothing in a bad fixture or something in a good one, says other lines than expected, or lacks its\npage or a fixture of either kind. NAME is the code, with or without "policy/"; all rules without one.',
  ],
  options: { update: { type: 'boolean', about: 'write the .out files: what the rules say now' } },
  examples: [
    ['rules list', 'each rule, with its severity and its module'],
    ['rules test', 'in CI: every rule still says what its fixtures expect'],
    ['rules test --update', 'after writing a rule or a fixture; read the diff'],
  ],
  async run(args, world) {
    const [action, ...names] = args.positionals
    if (action === undefined) throw new UsageError('rules needs to know what to do: list or test')
    if (action === 'list') return list(names, args, world)
    if (action === 'test') return testRules(names, args, world)
    throw new UsageError(`rules cannot "${action}"${hint(action, ['list', 'test'])}`)
  },
}

interface Loaded {
  readonly checkout: Checkout
  readonly declared: DeclaredPlatform
  readonly colour: boolean
}

/** The platform and its rules; undefined where they are not rules, which has been printed. */
async function load(args: ParsedArguments, world: World): Promise<Loaded | undefined> {
  const checkout = diskCheckout(findRepositoryRoot(world.cwd) ?? world.cwd)
  const declared = await declaredPlatform(checkout, world)
  const colour = wantsColour(world.stdout, world.env, args.flag('no-color'))
  if (declared !== undefined && (declared.broken || declared.ownRules.diagnostics.length > 0)) {
    printFindings(declared.diagnostics, checkout.tree, world, colour)
    return undefined
  }
  if (declared === undefined || declared.ownRules.rules.length === 0) throw noOwnRules()
  return { checkout, declared, colour }
}

async function list(names: readonly string[], args: ParsedArguments, world: World): Promise<ExitCode> {
  if (names.length > 0) throw new UsageError(`rules list takes no arguments, got "${names[0] ?? ''}"`)
  const loaded = await load(args, world)
  if (loaded === undefined) return UNUSABLE
  const { rules: all, filesOf } = loaded.declared.ownRules
  for (const rule of all) {
    const { at } = filesOf(rule)
    const severity =
      typeof rule.severity === 'string' ? rule.severity : `${rule.severity.production}/${rule.severity.elsewhere}`
    world.stdout.write(`${rule.code}  ${severity}  ${at.file}:${at.line ?? 1}\n  ${rule.summary}\n`)
  }
  return CLEAN
}

async function testRules(names: readonly string[], args: ParsedArguments, world: World): Promise<ExitCode> {
  const loaded = await load(args, world)
  if (loaded === undefined) return UNUSABLE
  const { checkout, declared, colour } = loaded
  const wanted = named(names, declared.ownRules.rules)
  if (args.flag('update')) for (const rule of wanted) writeOutputs(rule, declared, checkout, world)
  const now = args.flag('update') ? diskCheckout(checkout.root) : checkout
  const passed = wanted.map(rule => testRule(rule, { ...loaded, checkout: now, colour }, world))
  return passed.includes(false) ? FINDINGS : CLEAN
}

function testRule(rule: OwnRule, { checkout, declared, colour }: Loaded, world: World): boolean {
  const files = fixturesOf(rule, declared, checkout)
  const { diagnostics } = declared.ownRules.checkFixtures(rule, files)
  const found = [...pageProblems(rule, declared, checkout.tree), ...diagnostics]
  if (found.length > 0) {
    printFindings(found, checkout.tree, world, colour)
    return false
  }
  const fixtures = [...files.keys()].filter(path => path.endsWith('.yaml')).length
  world.stdout.write(`ok ${rule.code}: ${fixtures} fixtures\n`)
  return true
}

function named(names: readonly string[], all: readonly OwnRule[]): readonly OwnRule[] {
  if (names.length === 0) return all
  const known = all.flatMap(({ code }) => [code.slice('policy/'.length), code])
  return names.map(name => {
    const rule = all.find(({ code }) => code === name || code === `policy/${name}`)
    if (rule === undefined) throw new UsageError(`no own rule "${name}"${hint(name, known)}`)
    return rule
  })
}

function fixturesOf(rule: OwnRule, { ownRules }: DeclaredPlatform, { tree, filesUnder }: Checkout): FileTree {
  return new Map(filesUnder(ownRules.filesOf(rule).fixtures).map(path => [path, tree.get(path) ?? '']))
}

function writeOutputs(rule: OwnRule, declared: DeclaredPlatform, checkout: Checkout, world: World): void {
  const files = fixturesOf(rule, declared, checkout)
  for (const [path, text] of declared.ownRules.checkFixtures(rule, files).outputs) {
    if (files.get(path) === text) continue
    const full = join(checkout.root, path)
    try {
      mkdirSync(dirname(full), { recursive: true })
      writeFileSync(full, text)
    } catch (error) {
      throw diskRefusal(error, checkout.root, 'Make the place writable and run again.')
    }
    world.stdout.write(`written ${path}\n`)
  }
}

function pageProblems(rule: OwnRule, { ownRules }: DeclaredPlatform, tree: FileTree): readonly Diagnostic[] {
  const { page, at } = ownRules.filesOf(rule)
  const text = tree.get(page)
  const problem = (file: SourceLocation, message: string): Diagnostic => ({
    code: 'model/rule-fixture',
    severity: 'error',
    message,
    at: file,
    help: `Write "${page}": "# ${rule.code}", then sections What, Why and Fix.`,
  })
  if (text === undefined) return [problem(at, `"${rule.code}" has no page`)]
  const missing = [`# ${rule.code}`, '## What', '## Why', '## Fix'].filter(line => !text.split(/\r?\n/).includes(line))
  if (missing.length === 0) return []
  const top = { file: page, document: 1, pointer: '', line: 1, column: 1 }
  return [problem(top, `the page of "${rule.code}" lacks ${missing.map(line => `"${line}"`).join(', ')}`)]
}

function printFindings(found: readonly Diagnostic[], tree: FileTree, world: World, colour: boolean): void {
  world.stdout.write(`${formatFindings(locateDiagnostics(found, { read: file => tree.get(file) }), colour)}\n`)
}

function noOwnRules(): Error {
  return unreadable(
    'model/no-own-rules',
    'generator/platform',
    'this repository declares no rules of its own',
    'List what definePolicyRule returns under "rules" of the platform.',
  )
}
