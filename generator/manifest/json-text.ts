// Values of a document as JSON text, for messages, sizes and comparisons.

/** JSON of a value. Unlike JSON.stringify it writes integers beyond a double, with all their digits, and `null` for undefined. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value ?? null, (_key, item: unknown) =>
    typeof item === 'bigint' ? `${mark}${item}` : item,
  )
  return text.includes(escapedMark) ? text.replaceAll(quotedInteger, '$1') : text
}

/** A control character that no document can hold: YAML has no place for it. */
const mark = '\u0000'
const escapedMark = String.raw`\u0000`
const quotedInteger = /"\\u0000(-?\d+)"/g
