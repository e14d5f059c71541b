// The shared fixture test of every rule family: one folder per rule under test/fixtures/<family>/, holding
// {bad,good}-*.yaml with an .out beside each. A fixture is one environment: all documents of one file.
// A leading comment `# profile: {…}` (JSON, may span comment lines) overrides the profile.
// Also holds the promise that rule files, registry, pages and fixture folders name the same rules.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../generator/diagnostics/diagnostic.ts'
import type { Graph } from '../../generator/graph/graph.ts'
import type { ResourceSet } from '../../generator/manifest/resource-set.ts'
import type { Profile } from '../../generator/model/profile.ts'
import { fixtureContext, formatFixtureOutput } from '../../generator/validate/own-rules/run-fixture.ts'
import type { Rule, RuleContext } from '../../generator/validate/rule.ts'
import { runRules } from '../../generator/validate/run-rules.ts'

export { fixtureProfile } from '../../generator/validate/own-rules/run-fixture.ts'

export interface FixtureFamily {
  /** Family of the codes, and folder under test/fixtures/. */
  readonly family: string
  readonly rules: readonly Rule[]
  /** Folder of the fixtures, from the project root; test/fixtures/<family> where absent. */
  readonly fixtures?: string
  /** Folder of `<name>.ts` (one rule each), from the project root; no file check where absent (rules that live in tables). */
  readonly ruleFolder?: string
  /** Folder of `<name>.md`; the rule folder where absent. */
  readonly pageFolder?: string
  /** Overrides of the fixture profile for the whole family. */
  readonly profile?: Partial<Profile>
  /** Makes the graph of a fixture's objects; `buildGraph` where absent. */
  readonly graph?: (resources: ResourceSet, profile: Profile) => Graph
  /** Runs one rule; `runRules` where absent. */
  readonly run?: (rule: Rule, context: RuleContext) => readonly Diagnostic[]
  /** Names of fixture folders of the family that belong to other codes than the rules'. */
  readonly otherFolders?: readonly string[]
  /** Files of the rule folder that hold no rule. */
  readonly notRules?: readonly string[]
}

/** Declares the tests of a family: every fixture of every rule, and that none is missing. */
export function describeRuleFixtures(family: FixtureFamily): void {
  const fixtures = family.fixtures ?? join('test/fixtures', family.family)
  describeCompleteness(family, fixtures)
  describe.each(family.rules.map(rule => ({ name: nameOf(rule), rule })))(
    `${family.family}/$name`,
    ({ name, rule }) => {
      test.each(fixtureFiles(join(fixtures, name)))('%s', async file => {
        const path = join(fixtures, name, file)
        const output = runFixture(rule, readFileSync(path, 'utf8'), path, family)
        await expect(output).toMatchFileSnapshot(resolve(path.replace(/\.yaml$/, '.out')))
        if (file.startsWith('good-')) expect(output).toBe('')
        else expect(output).not.toBe('')
      })
    },
  )
}

/** What one rule says about one fixture: a line `line:col severity message [code]` per finding, in the order of the file. */
export function runFixture(
  rule: Rule,
  text: string,
  file: string,
  family: Omit<FixtureFamily, 'rules' | 'family'> = {},
): string {
  const plain = fixtureContext(text, file, family.profile)
  const context: RuleContext =
    family.graph === undefined ? plain : { ...plain, graph: family.graph(plain.resources, plain.profile) }
  const found = family.run === undefined ? runRules([rule], context) : family.run(rule, context)
  return formatFixtureOutput(found, text)
}

function describeCompleteness(family: FixtureFamily, fixtures: string): void {
  describe(`every ${family.family} rule`, () => {
    const names = family.rules.map(nameOf).sort()
    test('is registered once, under its own family', () => {
      expect(new Set(names).size).toBe(names.length)
      expect(names.length).toBeGreaterThan(0)
      for (const rule of family.rules)
        expect(rule.code).toMatch(new RegExp(`^${family.family}/[a-z0-9]+(-[a-z0-9]+)*$`))
    })
    if (family.ruleFolder !== undefined) {
      const folder = family.ruleFolder
      const skipped = new Set(family.notRules)
      test('is a file of the rule folder, and every file is registered', () => {
        expect(namesIn(folder, '.ts').filter(name => !skipped.has(`${name}.ts`))).toEqual(names)
      })
    }
    const pages = family.pageFolder ?? family.ruleFolder
    if (pages !== undefined) {
      test('has a page, and every page has a rule', () => {
        expect(namesIn(pages, '.md')).toEqual(names)
        for (const name of names)
          expectPage(readFileSync(join(pages, `${name}.md`), 'utf8'), `${family.family}/${name}`)
      })
    }
    test('has a fixture folder with at least one bad and one good, and every folder has a rule', () => {
      const others = new Set(family.otherFolders)
      const folders = existsSync(fixtures) ? readdirSync(fixtures).sort() : []
      expect(folders.filter(folder => !others.has(folder))).toEqual(names)
      for (const name of names) {
        const files = fixtureFiles(join(fixtures, name))
        expect({ name, bad: files.some(file => file.startsWith('bad-')) }).toEqual({ name, bad: true })
        expect({ name, good: files.some(file => file.startsWith('good-')) }).toEqual({ name, good: true })
      }
    })
    test('has no fixture output without its fixture', () => {
      for (const name of names) {
        const folder = join(fixtures, name)
        const stray = existsSync(folder)
          ? readdirSync(folder).filter(file => !/^(bad|good)-[a-z0-9-]+\.(yaml|out)$/.test(file))
          : []
        expect(stray).toEqual([])
        const inputs = new Set(namesIn(folder, '.yaml'))
        expect(namesIn(folder, '.out').filter(output => !inputs.has(output))).toEqual([])
      }
    })
  })
}

function expectPage(page: string, code: string): void {
  expect(page.split('\n')[0]).toBe(`# ${code}`)
  for (const section of ['What', 'Why', 'Fix', 'Wrong', 'Right']) {
    expect(page, `${code} has a section ${section}`).toMatch(new RegExp(`^## ${section}$`, 'm'))
  }
}

function fixtureFiles(folder: string): readonly string[] {
  return existsSync(folder)
    ? readdirSync(folder)
        .filter(file => /^(bad|good)-.*\.yaml$/.test(file))
        .sort()
    : []
}

function namesIn(folder: string, extension: string): readonly string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(file => file.endsWith(extension))
    .map(file => basename(file, extension))
    .sort()
}

function nameOf(rule: Rule): string {
  return rule.code.slice(rule.code.indexOf('/') + 1)
}
