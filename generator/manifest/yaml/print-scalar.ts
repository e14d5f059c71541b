// Strings as `kustomize build` writes them: plain, 'single', "double" or literal, folded after column 80.
// Rules: encode.go and emitterc.go of go.yaml.in/yaml v2.4.2. Plain ASCII takes the short way; the rest goes through
// `scalar-writer.ts`, which follows the emitter step by step.

import { looksLikeOtherType } from '../yaml-1-1.ts'
import { maySurprise } from './scalar-rules.ts'
import { analyze, type Analysis } from './analyze-string.ts'
import { writeDoubleQuoted, writeLiteral, writePlain, writeSingleQuoted } from './scalar-writer.ts'

/** The column after which the emitter folds at the next single space. */
const width = 80

/** 1: safe everywhere inside a plain scalar; 2: safe, but not as its first character. */
const plainSafety = new Uint8Array(128)
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./()=+~^$;<\\') {
  plainSafety[character.charCodeAt(0)] = 1
}
for (const character of '-,[]{}&*!|>\'"%@`?') plainSafety[character.charCodeAt(0)] = 2

/**
 * Whether a string is printed as it is, whatever stands around it: ASCII without anything that needs a second look.
 * False says nothing: such strings are analyzed.
 */
function isSimple(text: string): boolean {
  const { length } = text
  if (length === 0 || length > width) return false
  if ((plainSafety[text.charCodeAt(0)] ?? 0) !== 1) return false
  for (let at = 1; at < length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x7f || (plainSafety[code] === 0 && !isHarmless(text, code, at))) return false
  }
  if (text.startsWith('...')) return false
  return !maySurprise(text) || !looksLikeOtherType(text)
}

/** A colon inside a word (`image:tag`), a hash inside a word, a single space between words. */
function isHarmless(text: string, code: number, at: number): boolean {
  const next = at + 1 < text.length ? text.charCodeAt(at + 1) : 0x20
  if (code === 0x3a) return next !== 0x20
  if (code === 0x23) return text.charCodeAt(at - 1) !== 0x20
  return code === 0x20 && at + 1 < text.length
}

/**
 * A string as the value of a field or an item of a list, without the line break behind it (a literal keeps its own).
 * @param column where the value begins, counted from 0
 * @param indent of continuation lines
 */
export function printString(text: string, column: number, indent: number): string {
  if (isSimple(text) && (column + text.length <= width || !text.includes(' '))) return text
  return printCarefully(text.toWellFormed(), column, indent)
}

/** @param text without half surrogate pairs, which are no text: Go's JSON puts the replacement character in their place */
function printCarefully(text: string, column: number, indent: number): string {
  const analysis = analyze(text)
  if (text.includes('\n')) {
    return analysis.literalAllowed ? writeLiteral(text, indent) : writeDoubleQuoted(text, column, indent)
  }
  if (looksLikeOtherType(text)) return writeDoubleQuoted(text, column, indent)
  return writeFlowString(text, analysis, column, indent)
}

/** A key that stands on one line before its colon. */
export function printSimpleKey(key: string): string {
  if (isSimple(key)) return key
  const text = key.toWellFormed()
  if (looksLikeOtherType(text)) return writeDoubleQuoted(text, 0, undefined)
  return writeFlowString(text, analyze(text), 0, undefined)
}

/** Whether a key must be written as `? key` on a line of its own: more than one line, or more than 128 bytes. */
export function isComplexKey(key: string): boolean {
  if (key.length <= 42 && !lineBreaks.test(key)) return false
  return lineBreaks.test(key) || utf8Length(key) > 128
}

const lineBreaks = /[\n\r\x85\u2028\u2029]/

function writeFlowString(text: string, analysis: Analysis, column: number, indent: number | undefined): string {
  if (analysis.plainAllowed) return writePlain(text, column, indent)
  if (analysis.singleQuotedAllowed) return writeSingleQuoted(text, column, indent)
  return writeDoubleQuoted(text, column, indent)
}

function utf8Length(text: string): number {
  let bytes = 0
  for (const rune of text) {
    const code = rune.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}
