// `gitops explain CODE`: prints the page of a code, this tool's or of a rule of the platform's own.

import { hint } from '../../diagnostics/suggest.ts'
import { diskCheckout } from '../../io/checkout.ts'
import { findRepositoryRoot } from '../../io/find-root.ts'
import { readPages } from '../../io/read-pages.ts'
import { UsageError, type Command } from '../command.ts'
import { declaredProfiles } from '../declared-profiles.ts'
import { CLEAN, type ExitCode } from '../exit-code.ts'
import { ownPages } from '../own-pages.ts'
import type { World } from '../world.ts'

export const explain: Command = {
  name: 'explain',
  summary: 'print the page of a code: what it means, why, and how to fix it',
  usage: '[CODE]',
  about: [
    "Every finding carries a code, such as policy/no-latest-tag. Without a code, all of them are listed, those of the platform's own\nrules included.",
  ],
  options: {},
  examples: [
    ['explain policy/no-latest-tag', 'what the rule demands, and an example of each side'],
    ['explain', 'all codes that have a page'],
  ],
  async run({ positionals }, world): Promise<ExitCode> {
    const [code, ...others] = positionals
    if (others.length > 0) throw new UsageError(`explain takes one code, got ${positionals.length}`)
    const pages = readPages(world.packageRoot)
    const known = code === undefined ? undefined : pages.get(code)
    const all = known === undefined ? new Map([...pages, ...(await platformPages(world))]) : pages
    world.stdout.write(code === undefined ? [...[...all.keys()].sort(), ''].join('\n') : pageOf(code, all))
    return CLEAN
  },
}

/** None outside a repository that declares a platform; that one is broken is said, and this tool's pages are still there. */
async function platformPages(world: World): Promise<ReadonlyMap<string, string>> {
  const root = findRepositoryRoot(world.cwd)
  const checkout = root === undefined ? undefined : diskCheckout(root)
  const declared = checkout === undefined ? undefined : await declaredProfiles(checkout, world)
  if (checkout === undefined || declared === undefined) return new Map()
  if (declared.broken) world.stderr.write("the platform cannot be evaluated: its own rules' pages are not here\n")
  return ownPages(declared.ownRules, checkout.tree)
}

function pageOf(code: string, pages: ReadonlyMap<string, string>): string {
  const page = pages.get(code)
  if (page !== undefined) return page.endsWith('\n') ? page : `${page}\n`
  const codes = [...pages.keys()]
  const sameName = codes.filter(known => known.endsWith(`/${code}`))
  const near = sameName.length > 0 ? `, did you mean "${sameName.join('" or "')}"?` : hint(code, codes)
  throw new UsageError(`unknown code "${code}"${near}`)
}
