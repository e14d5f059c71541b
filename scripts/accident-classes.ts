// Writes docs/accident-classes.md: class → code → fixture, from the table in generator/validate/accident-classes.ts.
// `tsx scripts/accident-classes.ts` writes it; a test holds that it is current.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { accidentClasses, type AccidentClass } from '../generator/validate/accident-classes.ts'

export const documentPath = 'docs/accident-classes.md'

const families: readonly (readonly [letter: string, title: string])[] = [
  ['K', 'Kustomize: silent no-ops and mechanical breakage'],
  ['Y', 'YAML and typing'],
  ['R', 'References between objects'],
  ['W', 'Workload safety and zero downtime'],
  ['S', 'Immutable fields, renames, stateful data'],
  ['A', 'Argo CD: hooks, waves, options'],
  ['P', 'Argo CD: Applications and projects'],
  ['X', 'Secrets, network edge, releases'],
  ['G', 'Repository and hook'],
]

/** The fixtures of a code, for families that keep a folder for each. */
export function fixturesOf(code: string): string | undefined {
  const [family = '', name = ''] = code.split('/')
  return [family, `${family}-repository`].map(one => `test/fixtures/${one}/${name}`).find(path => existsSync(path))
}

/** The document. */
export function accidentDocument(classes: readonly AccidentClass[]): string {
  const reported = classes.filter(({ codes }) => codes !== undefined).length
  const head = `# Accident classes

Written by \`scripts/accident-classes.ts\`; do not edit. ${classes.length} classes, ${reported} of them reported by a code.
What a code says, and why: \`gitops explain CODE\`.
`
  const tables = families.map(([letter, title]) => {
    const rows = classes.filter(({ id }) => id.startsWith(letter)).map(rowOf)
    return `\n## ${title}\n\n| class | accident | codes, with their fixtures | note |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`
  })
  return head + tables.join('')
}

function rowOf({ id, accident, codes = [], note = '' }: AccidentClass): string {
  const cells = codes.map(code => {
    const proof = fixturesOf(code)
    return proof === undefined ? `\`${code}\`` : `[\`${code}\`](../${proof})`
  })
  return `| ${id} | ${accident} | ${cells.join('<br>')} | ${note} |`
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  mkdirSync(dirname(documentPath), { recursive: true })
  writeFileSync(documentPath, accidentDocument(accidentClasses))
  console.log(documentPath)
}
