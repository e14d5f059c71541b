// Keys of manifests are few and come back all the time. A small table gives the same string for the same characters, without cutting
// it out of the text again, and remembers that it is a good key. The table only saves time: what it answers, the text decides.

import { ownName } from '../shared-text.ts'
import { giveUp, space, type Cursor } from './cursor.ts'
import { maySurprise, resolvePlain, type ScalarRules } from './scalar-rules.ts'

const size = 4096

/** Keys seen before, by their hash; one table per set of rules, because the rules decide what is a good key. */
const tables: Readonly<Record<ScalarRules, (string | undefined)[]>> = {
  'go-yaml-3': emptyTable(),
  'yaml-1.1': emptyTable(),
}

function emptyTable(): (string | undefined)[] {
  // oxlint-disable-next-line no-new-array -- filling it place by place takes longer than reading a file
  return new Array(size)
}

/** The plain key between two places of the text; gives up at what is no string, and at merge keys. */
export function plainKey(at: Cursor, start: number, end: number, code: number): string {
  const { text } = at
  const table = tables[at.rules]
  const slot = (code ^ (code >>> 12)) & (size - 1)
  const known = table[slot]
  if (known !== undefined && known.length === end - start && text.startsWith(known, start)) return known
  if (end - start > 1000 || text.charCodeAt(end - 1) === space) giveUp()
  const key = text.slice(start, end)
  if (key === '<<' || (maySurprise(key) && isNoString(key, at.rules))) giveUp()
  const kept = ownName(key)
  table[slot] = kept
  return kept
}

function isNoString(key: string, rules: ScalarRules): boolean {
  // Timestamps are strings as values; as keys the full parser decides.
  return resolvePlain(key, rules) !== key || key.charCodeAt(4) === 0x2d
}
