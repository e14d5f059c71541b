// JSON pointers (RFC 6901): how this project names a place inside a document.

import { isList, isMap, type YamlValue } from './value.ts'

/** Joins keys and indices to a pointer: `pointer('spec', 'ports', 0)` is `/spec/ports/0`. */
export function pointer(...tokens: readonly (string | number)[]): string {
  let text = ''
  for (const token of tokens) text += typeof token === 'number' ? `/${token}` : `/${escapeToken(token)}`
  return text
}

/** Appends tokens to a pointer. */
export function child(base: string, ...tokens: readonly (string | number)[]): string {
  let text = base
  for (const token of tokens) text += typeof token === 'number' ? `/${token}` : `/${escapeToken(token)}`
  return text
}

/** The unescaped tokens of a pointer; an empty list for ''. */
export function pointerTokens(text: string): readonly string[] {
  if (text === '') return []
  return text
    .slice(1)
    .split('/')
    .map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The value at a pointer, or undefined where the path leaves the data. */
export function valueAt(root: YamlValue | undefined, text: string): YamlValue | undefined {
  let value: YamlValue | undefined = root
  for (const token of pointerTokens(text)) {
    if (isMap(value)) value = Object.hasOwn(value, token) ? value[token] : undefined
    else if (isList(value)) value = /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined
    else return undefined
  }
  return value
}

function escapeToken(token: string): string {
  return token.includes('~') || token.includes('/') ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token
}
