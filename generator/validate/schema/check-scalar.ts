// Strings, numbers, booleans, quantities: type, format and range.

import type { YamlValue } from '../../manifest/value.ts'
import { fitsInteger, formatProblem, isQuantity } from './formats.ts'
import type { SchemaNode } from './schema-node.ts'
import { quote, report, type Walk } from './walk.ts'
import { wrongType } from './wrong-type.ts'

/** Reports what is wrong with a scalar's type, format or range; true where nothing is, so that its limits are worth a look.
 * What SOPS encrypted is not looked into. */
export function checkScalar(node: SchemaNode, value: YamlValue, walk: Walk): boolean {
  if (walk.encrypted === true && isCipherText(value)) return false
  switch (node.type) {
    case 'string':
      return typeof value === 'string' ? checkFormat(node, value, walk) : wrongType(node, value, walk)
    case 'boolean':
      return typeof value === 'boolean' || wrongType(node, value, walk)
    case 'integer':
      return checkInteger(node, value, walk)
    case 'number':
      return isNumber(value) ? fitsFloat(node, value, walk) : wrongType(node, value, walk)
    case 'int-or-string':
      return checkIntOrString(node, value, walk)
    default:
      return checkQuantity(node, value, walk)
  }
}

function isCipherText(value: YamlValue): boolean {
  return typeof value === 'string' && value.startsWith('ENC[')
}

function isNumber(value: YamlValue): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value))
}

/** Reports a string that does not have the node's format. */
export function checkFormat({ format }: SchemaNode, value: string, walk: Walk): boolean {
  const expected = format === undefined ? undefined : formatProblem(goFormat(format, walk), value)
  if (expected === undefined) return true
  const shown = walk.secret || format === 'byte' ? 'the value' : quote(value)
  report(walk, 'schema/invalid-format', {
    message: `${shown} is not ${expected}`,
    help: format === 'byte' ? 'Encode the value in base64, or use "stringData" in a Secret.' : `Write ${expected}.`,
  })
  return false
}

/** Times of built-in kinds are read by Go itself, not by the format of the schema; their bytes may be empty. */
function goFormat(format: string, { custom }: Walk): string {
  if (format === 'date-time' && !custom) return 'go-time'
  return format === 'byte' && custom ? 'filled-byte' : format
}

function checkInteger(node: SchemaNode, value: YamlValue, walk: Walk): boolean {
  const integer = typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))
  if (!integer) return wrongType(node, value, walk)
  const format = walk.custom && walk.numberFormats !== true ? undefined : node.format
  return fitsInteger(format, value) || outOfRange(format ?? 'int64', value, walk)
}

const largestFloat = 3.4028234663852886e38

function fitsFloat({ format }: SchemaNode, value: YamlValue, walk: Walk): boolean {
  if (format !== 'float' || walk.numberFormats !== true || Math.abs(Number(value)) <= largestFloat) return true
  report(walk, 'schema/invalid-format', {
    message: `${quote(value)} does not fit into a float of 32 bits`,
    help: 'Write a smaller number.',
  })
  return false
}

function outOfRange(format: string, value: YamlValue, walk: Walk): boolean {
  const bits = format === 'int32' ? '32' : '64'
  report(walk, 'schema/invalid-format', {
    message: `${quote(value)} does not fit into ${bits} bits`,
    help: format === 'int32' ? 'Write an integer between -2147483648 and 2147483647.' : 'Write a smaller integer.',
  })
  return false
}

/** Built-in fields hold the number in 32 bits; custom resources do not say. */
function checkIntOrString(node: SchemaNode, value: YamlValue, walk: Walk): boolean {
  if (typeof value === 'string') return true
  const integer = typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))
  if (!integer) return wrongType(node, value, walk)
  return walk.custom || fitsInteger('int32', value) || outOfRange('int32', value, walk)
}

function checkQuantity(node: SchemaNode, value: YamlValue, walk: Walk): boolean {
  if (typeof value === 'boolean' || typeof value === 'object') return wrongType(node, value, walk)
  if (isQuantity(value)) return true
  report(walk, 'schema/invalid-quantity', {
    message: `${quote(value)} is not a quantity`,
    help: 'Write a number with at most one suffix of n, u, m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei, such as 500m or 2Gi.',
  })
  return false
}
