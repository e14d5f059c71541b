// The full reader: what the fast one leaves alone. The `yaml` package finds the structure; what it means (scalars, tags, anchors,
// merge keys, double keys) is decided here, by the rules of go-yaml, because the package's own differ.

import {
  isAlias,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type Document,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import type { YamlMap, YamlValue } from '../value.ts'
import { mark, type Marks } from './marks.ts'
import { isLostKey, isMergeKey } from './merge-key.ts'
import { estimateDepth } from './estimate-depth.ts'
import { goYamlRefusals } from './go-yaml-refusals.ts'
import { complexKey, keyText } from './key-text.ts'
import type { ScalarRules } from './scalar-rules.ts'
import { aliasBomb, maxNesting, maxUnfolded, tooDeep } from './limits.ts'
import { isEmptyScalar, parseDocuments, setOffComments, structureProblems } from './find-structure.ts'
import type { Problem } from './syntax-problem.ts'
import { copySpelling, noteSpelling } from './spelling.ts'
import { noteScalar, scalarValue } from './tagged-scalar.ts'
import { createMap, type MutableMap } from './yaml-map.ts'

/** After this many problems a document is not read any further. */
const maxProblems = 100

export interface FullDocument {
  readonly value: YamlValue
  readonly offset: number
  readonly problems: readonly Problem[]
}

interface Context {
  readonly rules: ScalarRules
  readonly marks: Marks | undefined
  /** Added to the offsets of the package: where the chunk begins in the text. */
  readonly base: number
  readonly anchors: Map<string, Node>
  readonly open: Set<Node>
  readonly problems: Problem[]
  /** How many brackets are open. */
  flow: number
  unfolded: number
  depth: number
}

/** Thrown to leave a document whose reading makes no sense any more; the problem is noted before. */
const stop: unique symbol = Symbol('stop')

/** Reads one document. */
export function readFull(chunk: string, base: number, rules: ScalarRules, marks?: Marks): FullDocument {
  const refused = (problems: readonly Problem[]): FullDocument => ({ value: null, offset: base, problems })
  if (estimateDepth(chunk) > maxNesting) return refused([tooDeep(base)])
  const problems: Problem[] = []
  try {
    return readDocument(chunk, { base, rules, marks, problems })
  } catch (error) {
    if (error === stop) return refused(problems)
    // What is broken may be nested in ways that no estimate sees: the package's recursion then ends at the limit of the stack.
    if (error instanceof RangeError) return refused([tooDeep(base)])
    throw error
  }
}

function readDocument(
  chunk: string,
  { base, rules, marks, problems }: Pick<Context, 'base' | 'rules' | 'marks' | 'problems'>,
): FullDocument {
  const [first, ...rest] = parseDocuments(chunk)
  if (first === undefined) return { value: null, offset: base, problems }
  problems.push(...structureProblems(first, rest, base))
  if (problems.length === 0) problems.push(...goYamlRefusals(chunk, first, base, rules))
  const empty = first.contents === null || isEmptyScalar(first.contents)
  const offset = base + (empty ? chunk.length : (first.contents?.range?.[0] ?? 0))
  if (problems.length > 0) return { value: null, offset, problems }
  if (rules === 'go-yaml-3') setOffComments(first, chunk)
  return { value: convertDocument(first, { base, rules, marks, problems }), offset, problems }
}

function convertDocument(
  document: Document.Parsed,
  given: Pick<Context, 'base' | 'rules' | 'marks' | 'problems'>,
): YamlValue {
  const context: Context = {
    ...given,
    anchors: new Map(),
    open: new Set(),
    flow: 0,
    unfolded: 0,
    depth: 0,
  }
  return convert(document.contents, context, false)
}

function offsetOf(node: unknown, context: Context, otherwise = 0): number {
  const start = (node as { range?: readonly number[] | null } | null | undefined)?.range?.[0]
  return start === undefined ? otherwise : context.base + start
}

function note(context: Context, problem: Problem): void {
  // An anchored value is read once per alias; its problems are told once.
  const told = context.problems.some(other => other.offset === problem.offset && other.code === problem.code)
  if (!told) context.problems.push(problem)
  if (context.problems.length >= maxProblems) throw stop
}

/** @param copy whether an alias brought us here: counted, because copies of copies grow without bound */
function convert(node: unknown, context: Context, copy: boolean): YamlValue {
  if (copy && ++context.unfolded > maxUnfolded) {
    note(context, aliasBomb(offsetOf(node, context)))
    throw stop
  }
  if (isAlias(node)) return convertAlias(node.source, node as Node, context)
  if (isScalar(node)) return convertScalar(node, context)
  if (!isCollection(node)) return null
  if (node.anchor !== undefined) context.anchors.set(node.anchor, node as Node)
  if (++context.depth > maxNesting) {
    note(context, tooDeep(offsetOf(node, context)))
    throw stop
  }
  context.open.add(node as Node)
  if (node.flow === true) context.flow++
  const value = isMap(node) ? convertMap(node, context, copy) : convertList(node as YAMLSeq, context, copy)
  context.open.delete(node as Node)
  if (node.flow === true) context.flow--
  context.depth--
  return value
}

function convertScalar(node: Scalar, context: Context): YamlValue {
  if (node.anchor !== undefined) context.anchors.set(node.anchor, node)
  const { value, problem } = scalarValue(node, context.rules, context.flow > 0)
  if (problem !== undefined) note(context, { ...problem, offset: offsetOf(node, context) })
  return value
}

function convertAlias(name: string, alias: Node, context: Context): YamlValue {
  const target = context.anchors.get(name)
  const offset = offsetOf(alias, context)
  if (target === undefined || context.open.has(target)) {
    const message =
      target === undefined ? `no anchor "${name}" stands before the alias` : `the value of "${name}" contains itself`
    note(context, { code: 'yaml/alias', offset, message, help: 'Write the value out, or correct the name.' })
    return null
  }
  return convert(target, context, true)
}

function convertList(list: YAMLSeq, context: Context, copy: boolean): YamlValue {
  const values: YamlValue[] = []
  for (const item of list.items) {
    const offset = offsetOf(item, context)
    if (context.marks !== undefined) mark(context.marks, values, values.length, [offset, offset])
    // `[a: 1]` is a list with a map of one entry in it.
    const value = isPair(item) ? null : convert(item, context, copy)
    values.push(isBraced(item, context) ? '' : value)
    noteScalar(values, values.length - 1, item, context.anchors)
    if (isPair(item)) note(context, complexKey(offset))
  }
  return values
}

function convertMap(node: YAMLMap, context: Context, copy: boolean): YamlValue {
  const map = createMap()
  const merges: unknown[] = []
  for (const pair of node.items) {
    const keyOffset = offsetOf(pair.key, context)
    const empty = pair.value === null || isEmptyScalar(pair.value)
    const mapped: Mapped = {
      map,
      offset: keyOffset,
      valueOffset: empty ? keyOffset : offsetOf(pair.value, context, keyOffset),
    }
    if (isMergeKey(pair.key)) merges.push(pair.value)
    else if (isLostKey(pair.key, context.rules)) convert(pair.value, context, copy)
    else addEntry(mapped, pair, context, copy)
  }
  for (const merge of merges) mergeInto(map, merge, context)
  return map
}

interface Mapped {
  readonly map: MutableMap
  readonly offset: number
  readonly valueOffset: number
}

function addEntry(
  { map, offset, valueOffset }: Mapped,
  pair: YAMLMap['items'][number],
  context: Context,
  copy: boolean,
): void {
  const key = readKey(pair.key, context, offset)
  const value = convert(pair.value, context, copy)
  if (key === undefined) return
  if (Object.hasOwn(map, key)) {
    note(context, {
      code: 'yaml/duplicate-key',
      offset,
      message: `the key "${key}" stands twice in one map`,
      help: 'Remove one of the two; readers disagree on which of them counts.',
    })
    return
  }
  map[key] = value
  if (isBraced(pair.value, context)) noteSpelling(map, key, { value: null, text: '', style: 'braced' })
  else noteScalar(map, key, pair.value, context.anchors)
  if (context.marks !== undefined) mark(context.marks, map, key, [offset, valueOffset])
}

/** Whether a value, or what an alias refers to, is left blank inside brackets. */
function isBraced(node: unknown, { rules, flow, anchors }: Context): boolean {
  if (rules !== 'go-yaml-3' || flow === 0) return false
  const target = isAlias(node) ? anchors.get(node.source) : node
  return target === null || isEmptyScalar(target, '!')
}

/** `<<: *defaults`: entries that the map has itself win, and among several maps the first. */
function mergeInto(map: MutableMap, source: unknown, context: Context): void {
  const offset = offsetOf(source, context)
  const value = convert(source, context, true)
  const sources = Array.isArray(value) ? (value as readonly YamlValue[]) : [value as YamlValue]
  for (const from of sources) {
    if (typeof from !== 'object' || from === null || Array.isArray(from)) {
      note(context, {
        code: 'yaml/merge-key',
        offset,
        message: 'the merge key "<<" wants a map or a list of maps',
        help: 'Refer to an anchored map, or remove the key.',
      })
      continue
    }
    addMissing(map, from as YamlMap, context.marks)
  }
}

function addMissing(map: MutableMap, from: YamlMap, marks: Marks | undefined): void {
  for (const [key, entry] of Object.entries(from)) {
    if (Object.hasOwn(map, key) || entry === undefined) continue
    map[key] = entry
    copySpelling(from, key, map, key)
    const at = marks?.get(from)?.get(key)
    if (at !== undefined && marks !== undefined) mark(marks, map, key, at)
  }
}

/** The key as text, or undefined where it is none. */
function readKey(key: unknown, context: Context, offset: number): string | undefined {
  const target = isAlias(key) ? context.anchors.get(key.source) : key
  if (target !== null && !isScalar(target)) {
    note(context, complexKey(offset))
    return undefined
  }
  if (target?.anchor !== undefined) context.anchors.set(target.anchor, target as Node)
  const { text, problem } = keyText(target, context.rules, context.depth <= 1)
  if (problem !== undefined) note(context, { ...problem, offset })
  return text
}
