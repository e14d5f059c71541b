// The text of a plain value, taken over by the entry that the fast reader has read it for.

import type { YamlValue } from '../value.ts'
import type { Cursor } from './cursor.ts'
import { noteSpelling } from './spelling.ts'

export function takeSpelling(at: Cursor, container: object, key: string | number, value: YamlValue | undefined): void {
  const text = at.spelled ?? ''
  at.spelled = undefined
  if (typeof value !== 'object') noteSpelling(container, key, value, text)
}
