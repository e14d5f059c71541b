// Fills the Wrong and Right sections of rule pages from the rules' fixtures: the first bad one with what the rule says
// about it, and the first good one. `tsx scripts/rule-pages.ts` writes, a test asserts that nothing is left to write.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface PageFolder {
  /** Folder of the pages, and the family's folder of fixtures, from the project root. */
  readonly pages: string
  readonly fixtures: string
}

/** Families whose pages take their examples from fixtures. */
export const pageFolders: readonly PageFolder[] = [
  { pages: 'generator/validate/policy/rules', fixtures: 'test/fixtures/policy' },
  { pages: 'generator/validate/schema/rules/pages', fixtures: 'test/fixtures/schema' },
  { pages: 'generator/validate/references/rules', fixtures: 'test/fixtures/reference' },
  { pages: 'generator/validate/pod-security/controls', fixtures: 'test/fixtures/pod-security' },
]

const longest = 60

/** The page with its last two sections written anew. */
export function withExamples(
  page: string,
  bad: { readonly yaml: string; readonly output: string },
  good: string,
): string {
  const head = page.slice(0, page.indexOf('\n## Wrong'))
  const wrong = `## Wrong\n\n\`\`\`yaml\n${shortened(bad.yaml)}\`\`\`\n\n\`\`\`text\n${bad.output}\`\`\``
  return `${head}\n${wrong}\n\n## Right\n\n\`\`\`yaml\n${shortened(good)}\`\`\`\n`
}

/** Every page of a folder as it should be, by path. */
export function pagesOf({ pages, fixtures }: PageFolder): ReadonlyMap<string, string> {
  const wanted = new Map<string, string>()
  for (const file of readdirSync(pages).filter(name => name.endsWith('.md'))) {
    const folder = join(fixtures, file.slice(0, -'.md'.length))
    const bad = firstOf(folder, 'bad-')
    const good = firstOf(folder, 'good-')
    if (bad === undefined || good === undefined) continue
    const output = readFileSync(join(folder, bad.replace(/\.yaml$/, '.out')), 'utf8')
    const path = join(pages, file)
    const example = { yaml: readFileSync(join(folder, bad), 'utf8'), output }
    wanted.set(path, withExamples(readFileSync(path, 'utf8'), example, readFileSync(join(folder, good), 'utf8')))
  }
  return wanted
}

function firstOf(folder: string, prefix: string): string | undefined {
  if (!existsSync(folder)) return undefined
  return readdirSync(folder)
    .sort()
    .find(
      file =>
        file.startsWith(prefix) && file.endsWith('.yaml') && existsSync(join(folder, file.replace(/\.yaml$/, '.out'))),
    )
}

function shortened(yaml: string): string {
  const lines = yaml
    .trimEnd()
    .split('\n')
    .map(line => (line.length > 240 ? `${line.slice(0, 60)}…` : line))
  return lines.length <= longest
    ? `${lines.join('\n')}\n`
    : `${lines.slice(0, 12).join('\n')}\n# … ${lines.length - 12} lines more\n`
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  let written = 0
  for (const [path, text] of pageFolders.flatMap(folder => [...pagesOf(folder)])) {
    if (readFileSync(path, 'utf8') === text) continue
    writeFileSync(path, text)
    written += 1
  }
  console.log(`${written} pages written`)
}
