// Escapes inside double quotes, as both go-yaml readers know them; whatever else is left to the full parser.

import { giveUp } from './cursor.ts'

const single: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\u0007'],
  ['b', '\b'],
  ['t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\u001b'],
  [' ', ' '],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
])

const escape = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]?))/g

/** Characters that kustomize cannot write (and NEL, which it writes as a line break): escapes of them are refused, see go-yaml-refusals.ts. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
export const unwritable: RegExp = /[\x7f-\x9f\ufffe\uffff]/

/** The text that a double-quoted scalar stands for. */
export function unescape(content: string): string {
  return content.replace(
    escape,
    (_, two: string | undefined, four: string | undefined, eight: string | undefined, one: string | undefined) => {
      const digits = two ?? four ?? eight
      if (digits === undefined) return single.get(one ?? '') ?? giveUp()
      const code = Number.parseInt(digits, 16)
      if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) giveUp()
      const character = String.fromCodePoint(code)
      return unwritable.test(character) ? giveUp() : character
    },
  )
}
