// Line and column of a place inside a patch that is written in the kustomization itself.

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import { locatePointer } from '../manifest/locate-pointer.ts'

/**
 * The place with its line, where the field is a literal block (`patch: |-`); the field itself otherwise.
 * @param text the kustomization file
 * @param at the field in it
 * @param inside a pointer within the field's text
 */
export function locateInline(text: string, at: SourceLocation, inside: string): SourceLocation {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  const field = locatePointer(text, at.document, at.pointer)
  const indicator = lines[field.line - 1]?.slice(field.column - 1) ?? ''
  if (!/^\|[-+]?\s*(?:#.*)?$/.test(indicator)) return at
  const block = lines.slice(field.line)
  const indent = /^ */.exec(block.find(line => line.trim() !== '') ?? '')?.[0].length ?? 0
  const end = block.findIndex(line => line.trim() !== '' && !line.startsWith(' '.repeat(indent)))
  const body = (end < 0 ? block : block.slice(0, end)).map(line => line.slice(indent)).join('\n')
  const position = locatePointer(body, 1, inside)
  return { ...at, line: field.line + position.line, column: indent + position.column }
}
