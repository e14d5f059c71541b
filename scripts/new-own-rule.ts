// A rule of the platform's own, scaffolded: its module, page and two fixtures, and its line in the platform. As for rules of this
// tool, nothing passes before the rule finds something in its bad fixture.

export const platformPath = 'generator/platform/hustlex.ts'
const folder = 'generator/platform/rules'

/**
 * The files of a new own rule, the platform's included.
 * @param name `no-…` or `require-…`, which gets the platform's name in front, or with a name of its own in front
 * @param source text of the platform file
 * @throws Error where the name is none, is taken, or the platform's text has no place for the rule
 */
export function scaffoldOwnRule(name: string, platformName: string, source: string): ReadonlyMap<string, string> {
  const full = /^(?:no|require)-/.test(name) ? `${platformName}-${name}` : name
  const [, bare] = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*?-((?:no|require)-[a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(full) ?? []
  if (bare === undefined) {
    throw new Error(`"${name}" is no name of an own rule: use no-… (forbid) or require-… (demand), in kebab-case`)
  }
  if (source.includes(`./rules/${full}.ts`)) throw new Error(`"${full}" exists already`)
  const variable = bare.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
  return new Map([
    [`${folder}/${full}.ts`, ruleText(full, variable)],
    [`${folder}/${full}.md`, pageText(full)],
    [`${folder}/fixtures/${full}/bad-example.yaml`, exampleFixture],
    [`${folder}/fixtures/${full}/good-example.yaml`, exampleFixture],
    [platformPath, listed(source, full, variable)],
  ])
}

function listed(source: string, name: string, variable: string): string {
  const imports = [...source.matchAll(/^import [\s\S]*? from '[^']+'$/gm)].at(-1)
  const declaration = /platform\('[^']+', \{\n/.exec(source)
  if (imports === undefined || declaration === null) throw new Error(`${platformPath} does not look as expected`)
  const rules = /^ {2}rules: \[([^\]]*)\],$/m.exec(source)
  const withRule =
    rules === null
      ? insertAfter(source, declaration, `  rules: [${variable}],\n`)
      : source.replace(rules[0], `  rules: [${rules[1] ?? ''}, ${variable}],`)
  return insertAfter(withRule, imports, `\nimport { ${variable} } from './rules/${name}.ts'`)
}

function insertAfter(text: string, match: RegExpExecArray, addition: string): string {
  const end = match.index + match[0].length
  return text.slice(0, end) + addition + text.slice(end)
}

function ruleText(name: string, variable: string): string {
  return `// TODO: one or two lines on what this rule demands.

import { containersOf, definePolicyRule } from '@hustlex/gitops'

export const ${variable} = definePolicyRule({
  code: 'policy/${name}',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: 'TODO.',
  appliesTo: resource => containersOf(resource).length > 0,
  *check(resource) {
    for (const container of containersOf(resource)) {
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
  return `# policy/${name}\n\n${['What', 'Why', 'Fix'].map(section => `## ${section}\n\nTODO.\n`).join('\n')}`
}

/** What both fixtures of a new rule start as. */
export const exampleFixture = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
      - name: web
        image: registry.example/shop/web:1.4.0
`
