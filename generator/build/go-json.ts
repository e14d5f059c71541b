// JSON as Go's encoding/json writes it: sorted keys, and `<`, `>`, `&` and the line separators as escapes.

import { isMap, type YamlValue } from '../manifest/value.ts'
import { scalarText } from '../merge/mutable.ts'
import { compareText } from './gvk.ts'

/** The text of a value, on one line or indented by two spaces. */
export function goJson(value: YamlValue | undefined, layout: 'compact' | 'indented', pad = '\n'): string {
  const inner = layout === 'compact' ? '' : `${pad}  `
  const outer = layout === 'compact' ? '' : pad
  const around = (open: string, parts: readonly string[], close: string): string =>
    parts.length === 0 ? open + close : open + parts.map(part => inner + part).join(',') + outer + close
  const nested = (item: YamlValue | undefined): string => goJson(item, layout, inner)
  if (isMap(value)) {
    const colon = layout === 'compact' ? ':' : ': '
    const keys = Object.keys(value).toSorted(compareText)
    return around(
      '{',
      keys.map(key => quote(key) + colon + nested(value[key])),
      '}',
    )
  }
  if (Array.isArray(value)) return around('[', (value as readonly YamlValue[]).map(nested), ']')
  if (typeof value === 'string') return quote(value)
  return value === undefined || value === null ? 'null' : scalarText(value)
}

function quote(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[<>&\u2028\u2029]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
