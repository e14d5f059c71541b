// `gitops explain CODE`: prints the page of a code.

import { hint } from '../../diagnostics/suggest.ts'
import { readPages } from '../../io/read-pages.ts'
import { UsageError, type Command } from '../command.ts'
import { CLEAN } from '../exit-code.ts'

export const explain: Command = {
  name: 'explain',
  summary: 'print the page of a code: what it means, why, and how to fix it',
  usage: '[CODE]',
  about: ['Every finding carries a code, such as policy/no-latest-tag. Without a code, all of them are listed.'],
  options: {},
  examples: [
    ['explain policy/no-latest-tag', 'what the rule demands, and an example of each side'],
    ['explain', 'all codes that have a page'],
  ],
  run({ positionals }, world) {
    const [code, ...others] = positionals
    if (others.length > 0) throw new UsageError(`explain takes one code, got ${positionals.length}`)
    const pages = readPages(world.packageRoot)
    world.stdout.write(code === undefined ? [...pages.keys(), ''].join('\n') : pageOf(code, pages))
    return CLEAN
  },
}

function pageOf(code: string, pages: ReadonlyMap<string, string>): string {
  const page = pages.get(code)
  if (page !== undefined) return page.endsWith('\n') ? page : `${page}\n`
  const codes = [...pages.keys()]
  const sameName = codes.filter(known => known.endsWith(`/${code}`))
  const near = sameName.length > 0 ? `, did you mean "${sameName.join('" or "')}"?` : hint(code, codes)
  throw new UsageError(`unknown code "${code}"${near}`)
}
