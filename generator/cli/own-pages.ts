// The pages of a platform's own rules, for `explain` and for formats that carry pages.

import type { FileTree } from '../manifest/file-tree.ts'
import type { PlatformRules } from './platform-rules.ts'

/** Code to Markdown: the page beside each rule's module, or in its place what the rule says about itself. */
export function ownPages({ rules, filesOf }: PlatformRules, tree: FileTree): ReadonlyMap<string, string> {
  return new Map(
    rules.map(rule => {
      const { page } = filesOf(rule)
      const written = tree.get(page)
      const summary = `# ${rule.code}\n\n## What\n\n${rule.summary}\n\nThis rule has no page yet: write "${page}".\n`
      return [rule.code, written ?? summary] as const
    }),
  )
}
