// Drift in words: each way of differing apart, because each has its own remedy.

import type { Drift } from '../io/generated-tree.ts'

const found = {
  modified: 'modified',
  missing: 'missing',
  orphaned: 'orphaned (no longer generated)',
  foreign: 'not generated, in a generated directory',
}
const written = { ...found, modified: 'updated', missing: 'created', orphaned: 'removed' }

/** One heading per kind that occurs, its files below. */
export function driftLines(drift: Drift, tense: 'found' | 'written' = 'found'): readonly string[] {
  const headings = tense === 'found' ? found : written
  return (['modified', 'missing', 'orphaned', 'foreign'] as const).flatMap(kind =>
    drift[kind].length === 0 ? [] : [`${headings[kind]}:`, ...drift[kind].map(path => `  ${path}`)],
  )
}
