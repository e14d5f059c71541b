// `npm run new:rule NAME`: scaffolds a policy rule, its page, two fixtures and its line in the registry; with `-- --own NAME` a rule
// of the platform's own, and its line in the platform.
// What it writes fails the tests until the rule finds something in its bad fixture: an empty rule must never look finished.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import platform from '../generator/platform/hustlex.ts'
import { policyRules } from '../generator/validate/policy/registry.ts'
import { exampleFixture, platformPath, scaffoldOwnRule } from './new-own-rule.ts'

const folder = 'generator/validate/policy'
export const registryPath = `${folder}/registry.ts`

/** The files a new rule consists of, the registry included; throws where the name is not one, or is taken. */
export function scaffoldRule(name: string, registry: string, taken: readonly string[]): ReadonlyMap<string, string> {
  if (!/^(?:no|require)-[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name)) {
    throw new Error(`"${name}" is no name of a rule: use no-… (forbid) or require-… (demand), in kebab-case`)
  }
  if (taken.includes(name)) throw new Error(`"${name}" exists already`)
  const variable = name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return new Map([
    [`${folder}/rules/${name}.ts`, ruleText(name, variable)],
    [`${folder}/rules/${name}.md`, pageText(name)],
    [`test/fixtures/policy/${name}/bad-example.yaml`, exampleFixture],
    [`test/fixtures/policy/${name}/good-example.yaml`, exampleFixture],
    [registryPath, registered(registry, name, variable)],
  ])
}

function registered(registry: string, name: string, variable: string): string {
  const line = `import { ${variable} } from './rules/${name}.ts'`
  const lines = registry.split('\n')
  const later = lines.findIndex(text => (/'\.\/rules\/(.+)\.ts'/.exec(text)?.[1] ?? '') > name)
  const last = lines.findLastIndex(text => text.includes("'./rules/"))
  lines.splice(later < 0 ? last + 1 : later, 0, line)
  const end = lines.findLastIndex(text => text === ']')
  if (end < 0) throw new Error('the registry has no list of rules')
  lines.splice(end, 0, `  ${variable},`)
  return lines.join('\n')
}

function ruleText(name: string, variable: string): string {
  return `// TODO: two to six lines on what this rule demands, and what it leaves to others.

import { definePolicyRule } from '../define-policy-rule.ts'
import { containersIn, hasPod, podKinds } from '../pods.ts'

/** TODO: the source of the rule (documentation, upstream file or issue). */
export const ${variable} = definePolicyRule({
  code: 'policy/${name}',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: 'TODO.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource) {
    for (const container of containersIn(resource)) {
      if (container.name !== 'TODO') continue
      yield {
        at: { resource, pointer: container.pointer },
        message: \`container "\${container.name}" …\`,
        help: 'TODO.',
      }
    }
  },
})
`
}

function pageText(name: string): string {
  const sections = ['What', 'Why', 'Fix'].map(section => `## ${section}\n\nTODO.\n`)
  return `# policy/${name}\n\n${sections.join('\n')}\n## Wrong\n\n## Right\n`
}

function write(files: ReadonlyMap<string, string>, changed: string): void {
  const existing = [...files.keys()].find(path => path !== changed && existsSync(path))
  if (existing !== undefined) throw new Error(`${existing} exists already`)
  for (const [path, text] of files) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    console.log(path)
  }
}

function newRule(name: string): void {
  const taken = policyRules.map(({ code }) => code.split('/')[1] ?? '')
  write(scaffoldRule(name, readFileSync(registryPath, 'utf8'), taken), registryPath)
  console.log('\nFill them in, then: npx vitest run test/validate/policy -u; npx tsx scripts/rule-pages.ts')
  console.log('Move the line in the registry to its group.')
}

function newOwnRule(name: string): void {
  write(scaffoldOwnRule(name, platform.name, readFileSync(platformPath, 'utf8')), platformPath)
  console.log('\nFill them in, then: npx gitops rules test --update')
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const names = process.argv.slice(2).filter(argument => argument !== '--own')
  try {
    if (process.argv.includes('--own')) newOwnRule(names[0] ?? '')
    else newRule(names[0] ?? '')
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 2
  }
}
