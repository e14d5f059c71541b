// Signatures of functions, written as text: `list(A).indexOf(A) int`. Capital letters are type variables.

import { simpleType, typeVariable, type CelType } from './cel-type.ts'

export interface Signature {
  /** As it is written, without its result: `list(A).indexOf(A)`. */
  readonly text: string
  /** The receiver first, for methods. */
  readonly parameters: readonly CelType[]
  readonly result: CelType
  readonly variables: readonly string[]
}

/** By name as the library has it: `size`, `.size` for methods, `_+_` for operators, `optional.of` in a namespace. */
export type Signatures = ReadonlyMap<string, readonly Signature[]>

/** Reads one signature per line: `name(a, b) result`, `receiver.name(a) result`; `::` parts a namespace from its function. */
export function parseSignatures(text: string): Signatures {
  const found = new Map<string, Signature[]>()
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const { name, signature } = parseLine(line.trim())
    found.set(name, [...(found.get(name) ?? []), signature])
  }
  return found
}

function parseLine(line: string): { readonly name: string; readonly signature: Signature } {
  const match = /^(?:(.+)\.)?([^\s.()]+)\(((?:[^()]|\([^()]*(?:\([^()]*\))*[^()]*\))*)\) (.+)$/.exec(line)
  if (match === null) throw new Error(`not a signature: ${line}`)
  const [, receiver, name = '', parameters = '', result = ''] = match
  const types = [...(receiver === undefined ? [] : [receiver]), ...splitTypes(parameters)].map(parseType)
  const signature = { text: line.slice(0, -result.length).trim(), parameters: types, result: parseType(result) }
  return {
    name: receiver === undefined ? name.replace('::', '.') : `.${name}`,
    signature: { ...signature, variables: [...new Set([...types, signature.result].flatMap(variablesOf))] },
  }
}

/** @param text a type as it is written: `map(string, dyn)` */
export function parseType(text: string): CelType {
  const match = /^([^()]+)(?:\((.*)\))?$/.exec(text.trim())
  const name = match?.[1] ?? text
  if (match?.[2] !== undefined) return { name, parameters: splitTypes(match[2]).map(parseType) }
  return /^[A-Z]$/.test(name) ? typeVariable(name) : simpleType(name)
}

function splitTypes(text: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at <= text.length; at++) {
    const character = text[at]
    if (character === '(') depth++
    if (character === ')') depth--
    if (character !== undefined && (character !== ',' || depth > 0)) continue
    const part = text.slice(start, at).trim()
    if (part !== '') parts.push(part)
    start = at + 1
  }
  return parts
}

function variablesOf(type: CelType): readonly string[] {
  return type.variable === true ? [type.name] : type.parameters.flatMap(variablesOf)
}
