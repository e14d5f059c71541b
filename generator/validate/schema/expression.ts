// Decodes the type expressions of the compact format: how schemas/kubernetes/*.json spell a field's type in one short string.
//
//   string, int32, quantity …  a scalar      #V1Container    a definition       []X     a list of X        {}X  a map of X
//   =A|B                       a string out of these          [name]X  a list told apart by `name`; [~name]X where the server
//   boolean-or#D, list-or#D    a boolean (a list of D), or D           stores duplicates nevertheless, [~f|name]X where they differ in f; [=]X a set

import type { NodeType, SchemaNode } from './schema-node.ts'

/** @param definition finds a definition's node */
export function decodeExpression(expression: string, definition: (name: string) => SchemaNode): SchemaNode {
  const scalar = scalars.get(expression)
  if (scalar !== undefined) return scalar
  switch (expression.charAt(0)) {
    case '#':
      return definition(expression.slice(1))
    case '=':
      return { type: 'string', enum: expression.slice(1).split('|') }
    case '{':
      return { type: 'object', values: decodeExpression(expression.slice(2), definition) }
    case '[':
      return decodeList(expression, definition)
  }
  const union = /^(boolean-or|list-or)#(.+)$/.exec(expression)
  if (union === null) throw new Error(`not a type expression: ${expression}`)
  return { type: union[1] as NodeType, items: definition(union[2] ?? '') }
}

function decodeList(expression: string, definition: (name: string) => SchemaNode): SchemaNode {
  const end = expression.indexOf(']')
  const keys = expression.slice(1, end)
  const items = decodeExpression(expression.slice(end + 1), definition)
  if (keys === '') return { type: 'array', items }
  if (keys === '=') return { type: 'array', items, set: true }
  const [, tilde, apart, names = ''] = /^(~)?(?:(\w+)\|)?(.*)$/.exec(keys) ?? []
  const listKeys = { names: names.split(','), tolerated: tilde === '~', ...(apart === undefined ? {} : { apart }) }
  return { type: 'array', items, keys: listKeys }
}

const scalars: ReadonlyMap<string, SchemaNode> = new Map<string, SchemaNode>([
  ['any', { type: 'any' }],
  ['object', { type: 'object', open: true }],
  ['string', { type: 'string' }],
  ['boolean', { type: 'boolean' }],
  ['integer', { type: 'integer', format: 'int64' }],
  ['int32', { type: 'integer', format: 'int32' }],
  ['int64', { type: 'integer', format: 'int64' }],
  ['number', { type: 'number' }],
  ['int-or-string', { type: 'int-or-string' }],
  ['quantity', { type: 'quantity' }],
  ['byte', { type: 'string', format: 'byte' }],
  ['date-time', { type: 'string', format: 'date-time' }],
  ['micro-time', { type: 'string', format: 'micro-time' }],
])
