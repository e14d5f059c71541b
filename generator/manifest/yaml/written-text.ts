// YAML that is edited and printed the way go-yaml 3 prints what it has read: keys stay in their order, values in their style, comments
// in their places; indentation, blank lines and folded lines do not stay. For text inside a field that a replacement reaches into.
// Rules: encode.go (node) and emitterc.go of go.yaml.in/yaml v3, in the layout of kyaml. Where comments, anchors or tags stand in a way
// that was not held against it, nothing is printed.

import {
  isAlias,
  isCollection,
  isMap as isYamlMap,
  isScalar,
  isSeq,
  visit,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { isList, isMap, type YamlList, type YamlMap, type YamlValue } from '../value.ts'
import { CommentLines } from './comment-lines.ts'
import { CommentPlaces, type Entry } from './comment-places.ts'
import { cutDocuments } from './cut-documents.ts'
import { parseDocuments } from './find-structure.ts'
import { newScalar, rewriteScalar } from './rewrite-scalar.ts'

export interface WrittenText {
  /** Gives a plain value another text; its style stays. */
  readonly overwrite: (container: object, key: string | number, text: string) => void
  /** The text of the data, which may have new entries; undefined where it cannot be told how it would be printed. */
  readonly print: (data: YamlValue) => string | undefined
}

type Texts = Map<object, Map<string | number, string>>

/** A text of one document, to be edited together with the data that was read from it. */
export function readWritten(text: string): WrittenText {
  const texts: Texts = new Map()
  return {
    overwrite: (container, key, next) => {
      texts.set(container, (texts.get(container) ?? new Map<string | number, string>()).set(key, next))
    },
    print: data => {
      const chunk = firstDocument(text)
      const [document, ...more] = chunk === undefined ? [] : parseDocuments(chunk)
      if (chunk === undefined || document === undefined || more.length > 0 || !isCommon(document.contents))
        return undefined
      return new Printer(new CommentLines(chunk), texts).print(data, document.contents)
    },
  }
}

/** The first document, which is all that kustomize reads, without its marker. */
function firstDocument(text: string): string | undefined {
  const [first] = cutDocuments(text)
  if (first === undefined || text.includes('\r') || text.slice(0, first.start).includes('#')) return undefined
  const chunk = text.slice(first.start, first.end)
  return /^---[ \t]*[^\s]/.test(chunk) ? undefined : chunk.replace(/^---[ \t]*\n/, '')
}

/** No anchors, no tags, no keys that are no scalars. */
function isCommon(root: unknown): boolean {
  let common = true
  visit(root as Node, {
    Node: (_, node) => {
      if (isAlias(node) || node.anchor !== undefined || node.tag !== undefined) common = false
    },
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.source === '<<') common = false
    },
  })
  return common
}

/** An entry of a map or list: what it is now, and the nodes it was read from. */
interface Printed {
  readonly container: object
  readonly key: string | number
  readonly value: YamlValue
  /** The key's node, or the item; undefined for what was added. */
  readonly start: Node | undefined
  readonly node: Node | undefined
}

class Printer {
  readonly #comments: CommentLines
  readonly #places: CommentPlaces
  readonly #texts: Texts
  readonly #lines: string[] = []
  #known = true

  constructor(comments: CommentLines, texts: Texts) {
    this.#comments = comments
    this.#places = new CommentPlaces(comments)
    this.#texts = texts
  }

  print(data: YamlValue, root: unknown): string | undefined {
    if (!isCollection(root) || root.flow === true || !(isMap(data) || isList(data))) return undefined
    this.#block(data, root as Node, '', undefined)
    this.#lines.push(...this.#places.atEnd())
    const known = this.#known && this.#places.known && this.#comments.allTaken
    return known ? this.#lines.join('\n').trim() : undefined
  }

  /** The entries of a block; the first one may continue a line that has begun. */
  #block(value: YamlMap | YamlList, node: Node | undefined, pad: string, parent: Entry | undefined, lead = pad): void {
    let begin = lead
    for (const printed of isList(value) ? itemsOf(value, node) : entriesOf(value, node)) {
      this.#entry(printed, pad, begin, parent)
      begin = pad
    }
  }

  #entry(printed: Printed, pad: string, begin: string, parent: Entry | undefined): void {
    const { container, start, value, node } = printed
    const odd = value === null || (isCollection(node) && node.flow === true)
    const place = { parent, list: isList(container), odd, pad }
    const entry = start?.range ? this.#places.entry({ ...place, offset: start.range[0] }) : undefined
    this.#lines.push(...(entry?.before ?? []))
    const intro = isList(container) ? '-' : `${this.#key(printed)}:`
    this.#value(printed, pad, `${begin}${intro}`, entry)
  }

  #key({ key, start }: Printed): string {
    const written = isScalar(start)
      ? rewriteScalar(start as Scalar, String(key), { indent: 0, inFlow: false, comment: '' })
      : newScalar(String(key), false)
    if (written === undefined || written.length > 128 || written.includes('\n')) this.#known = false
    return written ?? ''
  }

  #value(printed: Printed, pad: string, intro: string, entry: Entry | undefined): void {
    const { container, value, node } = printed
    if ((isMap(value) || isList(value)) && isBlock(node)) return this.#nested(value, printed, { pad, intro, entry })
    const comment = this.#commentBehind(entry, node)
    if (comment !== '' && value === null && isList(container)) this.#known = false
    const written = this.#inline(printed, { indent: pad.length + 2, inFlow: false, comment })
    this.#lines.push(written === '' ? intro : `${intro} ${written}`)
  }

  #nested(
    value: YamlMap | YamlList,
    { container, node }: Printed,
    { pad, intro, entry }: { readonly pad: string; readonly intro: string; readonly entry: Entry | undefined },
  ): void {
    if (isList(container)) {
      if (!this.#startsWith(entry, node)) this.#known = false
      return this.#block(value, node, `${pad}  `, entry, `${intro} `)
    }
    const comment = entry === undefined ? undefined : this.#comments.behind(entry.line)
    this.#lines.push(intro + withSpace(comment))
    this.#block(value, node, isList(value) ? pad : `${pad}  `, entry)
  }

  /** Whether a map or list begins on the line of the dash before it. */
  #startsWith(entry: Entry | undefined, node: Node | undefined): boolean {
    const offset = node?.range?.[0]
    return entry === undefined || offset === undefined || this.#comments.lineOf(offset) === entry.line
  }

  #commentBehind(entry: Entry | undefined, node: Node | undefined): string {
    if (entry === undefined) return ''
    const isHeader = isScalar(node) && node.type?.startsWith('BLOCK') === true
    const end =
      isHeader || !node?.range ? entry.line : this.#comments.lineOf(Math.max(node.range[1] - 1, node.range[0]))
    return this.#comments.behind(end) ?? ''
  }

  #inline(printed: Printed, place: { indent: number; inFlow: boolean; comment: string }): string {
    const { container, key, value, node } = printed
    const behind = withSpace(place.comment === '' ? undefined : place.comment)
    if (isMap(value) || isList(value)) return this.#flow(value, node) + behind
    const next = this.#texts.get(container)?.get(key)
    const written = isScalar(node)
      ? rewriteScalar(node as Scalar, next ?? textOf(node as Scalar), place)
      : added(node, next, place.inFlow)
    if (written === undefined) this.#known = false
    return written ?? ''
  }

  #flow(value: YamlMap | YamlList, node: Node | undefined): string {
    if (node === undefined && Object.keys(value).length > 0) this.#known = false
    const place = { indent: 0, inFlow: true, comment: '' }
    if (isList(value))
      return `[${itemsOf(value, node)
        .map(item => this.#inline(item, place))
        .join(', ')}]`
    return `{${entriesOf(value, node)
      .map(entry => `${this.#key(entry)}: ${this.#inline(entry, place)}`)
      .join(', ')}}`
  }
}

function withSpace(comment: string | undefined): string {
  return comment === undefined ? '' : ` ${comment}`
}

function isBlock(node: Node | undefined): boolean {
  return node === undefined || (isCollection(node) && node.flow !== true)
}

/** A value that was not in the text; a blank one that was has no node either. */
function added(node: Node | undefined, text: string | undefined, inFlow: boolean): string | undefined {
  return node === undefined && text !== undefined ? newScalar(text, inFlow) : undefined
}

function textOf(node: Scalar): string {
  return node.type === 'PLAIN' ? (node.source ?? '') : String(node.value)
}

function entriesOf(map: YamlMap, node: Node | undefined): readonly Printed[] {
  const pairs = isYamlMap(node) ? (node as YAMLMap<Scalar, Node | null>).items : []
  const read = pairs.map(pair =>
    String(isScalar(pair.key) && pair.key.type === 'PLAIN' ? pair.key.source : pair.key.value),
  )
  const old = pairs.map((pair, index) => {
    const key = read[index] ?? ''
    return { container: map, key, value: map[key] ?? null, start: pair.key as Node, node: pair.value ?? undefined }
  })
  const added = Object.keys(map).filter(key => !read.includes(key))
  return [
    ...old,
    ...added.map(key => ({ container: map, key, value: map[key] ?? null, start: undefined, node: undefined })),
  ]
}

function itemsOf(list: YamlList, node: Node | undefined): readonly Printed[] {
  const items = isSeq(node) ? (node as YAMLSeq<Node>).items : []
  return list.map((value, key) => ({ container: list, key, value, start: items[key], node: items[key] }))
}
