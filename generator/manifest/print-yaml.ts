// The one YAML printer: byte for byte what `kustomize build` prints (two spaces, sequences not indented, keys sorted its way,
// strings folded after column 80, LF, final newline). It builds the text directly; how strings look is in yaml/print-scalar.ts.
// One difference on purpose: kustomize 5.8 loses a NEL (U+0085) inside a string, this printer keeps it.

import { isComplexKey, printSimpleKey, printString } from './yaml/print-scalar.ts'
import { numberText } from './yaml/number-text.ts'
import { sortedKeys } from './yaml/key-order.ts'
import type { YamlList, YamlMap, YamlValue } from './value.ts'

/** One document, with a final newline. */
export function printYaml(value: YamlValue): string {
  return isCollection(value) ? printCollection(value, 0, '') : endLine(printScalar(value, 0, 2))
}

/** Several documents, separated by `---`. */
export function printDocuments(values: readonly YamlValue[]): string {
  return values.map(value => inOnePiece(printYaml(value))).join('---\n')
}

/** Reading a character makes V8 put a string's pieces together: done document by document, that is three times as fast as at the end. */
function inOnePiece(text: string): string {
  return Number.isNaN(text.charCodeAt(0)) ? '' : text
}

/** A map or list with something in it; the empty ones are written in flow style, like scalars. */
function isCollection(value: YamlValue | undefined): value is YamlMap | YamlList {
  if (typeof value !== 'object' || value === null) return false
  if (isList(value)) return value.length > 0
  for (const key in value) if (value[key] !== undefined) return true
  return false
}

/**
 * The lines of a collection.
 * @param pad the indent as text
 * @param inline whether the first line begins behind an indicator that the caller has written
 */
function printCollection(value: YamlMap | YamlList, indent: number, pad: string, inline = false): string {
  return isList(value) ? printList(value, indent, pad, inline) : printMap(value, indent, pad, inline)
}

function printMap(map: YamlMap, indent: number, pad: string, inline: boolean): string {
  let out = ''
  let first = inline
  for (const key of sortedKeys(map)) {
    const value = map[key]
    if (value === undefined) continue
    if (first) first = false
    else out += pad
    out += isComplexKey(key) ? printComplexEntry(key, value, indent, pad) : printEntry(key, value, indent, pad)
  }
  return out
}

function printEntry(key: string, value: YamlValue, indent: number, pad: string): string {
  const written = printSimpleKey(key)
  if (typeof value === 'object' && isCollection(value)) {
    const nested = isList(value) ? printList(value, indent, pad, false) : printMap(value, indent + 2, `${pad}  `, false)
    return `${written}:\n${nested}`
  }
  return `${written}: ${endLine(printScalar(value, indent + columnsOf(written) + 2, indent + 2))}`
}

/** `? key` and `: value`, on lines of their own. */
function printComplexEntry(key: string, value: YamlValue, indent: number, pad: string): string {
  const written = endLine(printString(key, indent + 2, indent + 2))
  const nested = isCollection(value)
    ? printCollection(value, indent + 2, `${pad}  `, true)
    : endLine(printScalar(value, indent + 2, indent + 2))
  return `? ${written}${pad}: ${nested}`
}

function printList(list: YamlList, indent: number, pad: string, inline: boolean): string {
  let out = ''
  let lead = inline ? '- ' : `${pad}- `
  for (const item of list) {
    out += lead
    out += isCollection(item)
      ? printCollection(item, indent + 2, `${pad}  `, true)
      : endLine(printScalar(item, indent + 2, indent + 2))
    lead = `${pad}- `
  }
  return out
}

function printScalar(value: YamlValue, column: number, indent: number): string {
  switch (typeof value) {
    case 'string':
      return printString(value, column, indent)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'number':
    case 'bigint':
      return numberText(value)
    case 'object':
      return value === null ? 'null' : isList(value) ? '[]' : '{}'
    default:
      return 'null'
  }
}

/** A literal block whose text ends with a line break has ended its line already. */
function endLine(text: string): string {
  const last = text.charCodeAt(text.length - 1)
  return last === 0x0a || last === 0x2028 || last === 0x2029 ? text : `${text}\n`
}

const beyondBasicPlane = /[\ud800-\udbff][\udc00-\udfff]/g

function columnsOf(text: string): number {
  return text.length <= 80 ? text.length : text.replaceAll(beyondBasicPlane, '.').length
}

function isList(value: YamlValue | undefined): value is YamlList {
  return Array.isArray(value)
}
