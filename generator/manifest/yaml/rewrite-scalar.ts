// Scalars as go-yaml 3 writes the nodes it has read: in their style, where the emitter allows it, and with a tag where the text is no
// longer what the tag says (encode.go: node; emitterc.go: yaml_emitter_select_scalar_style). Lines are never folded in kyaml's layout.

import type { Scalar } from 'yaml'
import { analyze } from './analyze-string.ts'
import { writeFolded } from './refold.ts'
import { kindOfPlain, type ScalarKind } from './scalar-rules.ts'
import { writeDoubleQuoted, writeLiteral, writeSingleQuoted } from './scalar-writer.ts'

const tags: Readonly<Record<ScalarKind, string>> = {
  string: '!!str',
  boolean: '!!bool',
  null: '!!null',
  integer: '!!int',
  float: '!!float',
  timestamp: '!!timestamp',
}

export interface ScalarPlace {
  /** Of the lines of a block. */
  readonly indent: number
  readonly inFlow: boolean
  /** What to put behind the header of a block. */
  readonly comment: string
}

/** A scalar that was read, with the text it has now, and the comment behind it; undefined where it would be written in a way not known here. */
export function rewriteScalar(node: Scalar, text: string, place: ScalarPlace): string | undefined {
  switch (node.type) {
    case 'PLAIN':
      return withComment(rewritePlain(kindOfPlain(node.source ?? '', 'go-yaml-3'), text, place.inFlow), place)
    case 'QUOTE_SINGLE':
      if (text.includes('\n')) return undefined
      return withComment(singleQuoted(text), place)
    case 'QUOTE_DOUBLE':
      return withComment(writeDoubleQuoted(text, 0, undefined), place)
    default:
      return rewriteBlock(node.type === 'BLOCK_FOLDED', text, place)
  }
}

/** A scalar that was added: its text decides what it is. */
export function newScalar(text: string, inFlow: boolean): string | undefined {
  return text.includes('\n') ? undefined : rewritePlain(kindOfPlain(text, 'go-yaml-3'), text, inFlow)
}

function withComment(written: string | undefined, { comment }: ScalarPlace): string | undefined {
  return written === undefined || comment === '' ? written : `${written} ${comment}`.trimStart()
}

const flowIndicators = /[,?[\]{}:]/

function rewritePlain(kind: ScalarKind, text: string, inFlow: boolean): string | undefined {
  const now = kindOfPlain(text, 'go-yaml-3')
  if (text.includes('\n')) return undefined
  if (kind === 'string' && now !== 'string') return writeDoubleQuoted(text, 0, undefined)
  const tag = kind === now ? '' : `${tags[kind]} `
  const { plainAllowed } = analyze(text)
  const plain = plainAllowed && !(inFlow && (text === '' || flowIndicators.test(text)))
  return tag + (plain ? text : singleQuoted(text))
}

function singleQuoted(text: string): string {
  return analyze(text).singleQuotedAllowed
    ? writeSingleQuoted(text, 0, undefined)
    : writeDoubleQuoted(text, 0, undefined)
}

function rewriteBlock(folded: boolean, text: string, place: ScalarPlace): string | undefined {
  if (place.inFlow) return undefined
  if (text === '' || !analyze(text).literalAllowed) return withComment(writeDoubleQuoted(text, 0, undefined), place)
  const [header = '', ...lines] = writeLiteral(text, place.indent).split('\n')
  const body = folded ? writeFolded(text).map(line => (line === '' ? '' : ' '.repeat(place.indent) + line)) : lines
  const indicator = folded ? `>${header.slice(1)}` : header
  // A block that ends with a line break has ended its line.
  if (body.at(-1) === '') body.pop()
  return [place.comment === '' ? indicator : `${indicator} ${place.comment}`, ...body].join('\n')
}
