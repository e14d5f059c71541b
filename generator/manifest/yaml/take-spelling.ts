// The text of a value, taken over by the entry that the fast reader has read it for.

import type { YamlValue } from '../value.ts'
import type { Cursor } from './cursor.ts'
import { needsNoQuotes, noteSpelling } from './spelling.ts'

/** Notes that a text is in quotes; those it needs tell themselves. */
export function spelledOut(at: Cursor, text: string): string {
  if (!needsNoQuotes(text)) return text
  at.spelled = text
  at.quoted = true
  return text
}

export function takeSpelling(at: Cursor, container: object, key: string | number, value: YamlValue | undefined): void {
  const text = at.spelled ?? ''
  at.spelled = undefined
  if (typeof value !== 'object' || value === null)
    noteSpelling(container, key, { value, text, style: at.quoted ? 'quoted' : 'plain' })
}
