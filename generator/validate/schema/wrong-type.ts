// The message for a value of the wrong type: what stands there, what is wanted, and what the writer probably meant.

import type { YamlValue } from '../../manifest/value.ts'
import type { NodeType, SchemaNode } from './schema-node.ts'
import { describeValue, report, type Walk } from './walk.ts'

const typeNames: Readonly<Record<NodeType, string>> = {
  any: 'anything',
  object: 'a map',
  array: 'a list',
  string: 'a string',
  boolean: 'true or false',
  integer: 'an integer',
  number: 'a number',
  'int-or-string': 'an integer or a string',
  quantity: 'a quantity (such as 500m or 2Gi)',
  'boolean-or': 'true, false or a map',
  'list-or': 'a list or a map',
}

/** Reports it; false, so that a caller can say so in passing. */
export function wrongType(node: SchemaNode, value: YamlValue, walk: Walk): false {
  const shown = walk.secret ? describeValue(value, true) : describeValue(value)
  report(walk, 'schema/wrong-type', {
    message: `${shown} is given where ${typeNames[node.type]} is wanted`,
    help: typeHelp(node.type, value),
  })
  return false
}

function typeHelp(wanted: NodeType, value: YamlValue): string {
  if (wanted === 'string' && typeof value !== 'object') return quoteHelp(value)
  if (typeof value === 'string' && bareForm[wanted]?.test(value) === true) return 'Remove the quotes.'
  if (wanted === 'array' && typeof value !== 'object') return 'Write a list: each entry on its own line, after "- ".'
  return `Write ${typeNames[wanted]}.`
}

/** YAML 1.1 reads bare yes, no, on and off as booleans: the writer meant the word. */
function quoteHelp(value: YamlValue): string {
  if (typeof value !== 'boolean') return 'Put the value in quotes: YAML reads bare digits as a number.'
  const words = value ? 'true, yes or on' : 'false, no or off'
  return `Put the value in quotes as it was meant: YAML reads a bare ${words} as a boolean.`
}

/** What a quoted value looks like that would be right without the quotes. */
const bareForm: Partial<Readonly<Record<NodeType, RegExp>>> = {
  integer: /^-?\d+$/,
  number: /^-?\d+(\.\d+)?$/,
  boolean: /^(true|false)$/,
}
