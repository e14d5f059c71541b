// The rules' pages: Markdown files beside their code, known by their first line, `# family/name`.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles } from './disk-tree.ts'

/** Every page of this tool: code to Markdown. Those of a platform's own rules are the platform's. */
export function readPages(packageRoot: string): ReadonlyMap<string, string> {
  const folder = join(packageRoot, 'generator')
  const pages = [...listFiles(folder, '')]
    .filter(path => path.endsWith('.md') && !path.startsWith('platform/'))
    .map(path => readFileSync(join(folder, path), 'utf8'))
    .flatMap(text => {
      const code = /^# ([a-z-]+\/[a-z0-9-]+)\s*$/m.exec(text.split('\n', 1)[0] ?? '')?.[1]
      return code === undefined ? [] : [[code, text] as const]
    })
  return new Map(pages.sort(([a], [b]) => (a < b ? -1 : 1)))
}
