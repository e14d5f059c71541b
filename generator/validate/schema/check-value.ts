// The interpreter: walks a value and its schema node side by side and reports what the server would refuse.
// A clean walk allocates next to nothing: the path is one shared stack, turned into a pointer only for a finding.

import { hint, suggest } from '../../diagnostics/suggest.ts'
import { isMap, type YamlList, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { checkConstraints, checkJunctions } from './check-constraints.ts'
import { checkEntries } from './check-entries.ts'
import { fitsInteger, formatProblem, isQuantity } from './formats.ts'
import { describeValue, quote, report, type Walk } from './walk.ts'
import type { NodeType, SchemaNode, Shape } from './schema-node.ts'

/** Reports everything wrong with `value` under the walk's current path. */
export function checkValue(node: SchemaNode, value: YamlValue, walk: Walk): void {
  if (value === null) return checkNull(node, walk)
  switch (node.type) {
    case 'object':
      return isMap(value) ? checkObject(node, value, walk) : wrongType(node, value, walk)
    case 'array':
      return Array.isArray(value) ? checkList(node, value as YamlList, walk) : wrongType(node, value, walk)
    case 'string':
      return typeof value === 'string' ? checkString(node, value, walk) : wrongType(node, value, walk)
    case 'boolean':
      return typeof value === 'boolean' ? checkRestrictions(node, value, walk) : wrongType(node, value, walk)
    case 'integer':
    case 'number':
      return checkNumber(node, value, walk)
    case 'int-or-string':
      return checkIntOrString(node, value, walk)
    case 'quantity':
      return checkQuantity(node, value, walk)
    case 'boolean-or':
    case 'list-or':
      return checkUnion(node, value, walk)
    case 'any':
      return checkAny(node, value, walk)
  }
}

/** Reached only for list entries and map values: a null field was never there. Go reads null as the zero value. */
function checkNull(node: SchemaNode, walk: Walk): void {
  if (walk.custom && node.nullable !== true && node.type !== 'any') wrongType(node, null, walk)
}

function checkObject(node: SchemaNode, value: YamlMap, walk: Walk): void {
  const shape = node.shape?.()
  const mark = walk.unknown
  walk.unknown = undefined
  for (const key in value) {
    const child = value[key]
    const field = shape?.properties.get(key) ?? node.values
    if (field === undefined) {
      if (node.open !== true && shape !== undefined) unknownField(shape, key, walk)
      continue
    }
    if (child === undefined || child === null) {
      if (child === null) nullField(node, shape, key, field, walk)
      continue
    }
    const status = key === 'status' && walk.path.length === 0
    if (status) walk.lenient = true
    walk.path.push(key)
    checkValue(field, child, walk)
    walk.path.pop()
    if (status) walk.lenient = false
  }
  if (shape !== undefined && shape.required.length > 0) checkRequired(shape, value, walk)
  walk.unknown = mark
  checkRestrictions(node, value, walk)
}

/** A null field is dropped by the server; a null value of a map is kept. */
function nullField(node: SchemaNode, shape: Shape | undefined, key: string, field: SchemaNode, walk: Walk): void {
  if (node.values === undefined || shape?.properties.has(key) === true) return
  walk.path.push(key)
  checkNull(field, walk)
  walk.path.pop()
}

function unknownField(shape: Shape, key: string, walk: Walk): void {
  const near = suggest(key, shape.properties.keys())
  if (near !== undefined) (walk.unknown ??= new Set()).add(near)
  walk.path.push(key)
  const later = walk.laterVersion?.(walk.path)
  const since = later === undefined ? '' : `; it exists since Kubernetes ${later}`
  report(walk, 'schema/unknown-field', {
    message: `unknown field "${key}"${later === undefined ? hint(key, shape.properties.keys()) : since}`,
    help:
      later === undefined
        ? 'Correct the name, move the field where it belongs, or remove it: the server refuses it or drops it silently.'
        : 'Remove the field, or declare the Kubernetes version of the cluster if it is newer.',
    on: 'key',
  })
  walk.path.pop()
}

function checkRequired(shape: Shape, value: YamlMap, walk: Walk): void {
  if (walk.lenient) return
  for (const name of shape.required) {
    const child = value[name]
    if (child !== undefined && child !== null) continue
    if (walk.unknown?.has(name) === true || shape.properties.get(name)?.defaultValue !== undefined) continue
    if (child === null && shape.properties.get(name)?.nullable === true) continue
    report(walk, 'schema/required-field', {
      message: `required field "${name}" is ${child === null ? 'null, which counts as missing' : 'missing'}`,
      help: `Set "${name}".`,
    })
  }
}

function checkList(node: SchemaNode, value: YamlList, walk: Walk): void {
  const { items } = node
  if (items !== undefined) {
    for (let index = 0; index < value.length; index += 1) {
      walk.path.push(index)
      checkValue(items, value[index] ?? null, walk)
      walk.path.pop()
    }
  }
  if (node.keys !== undefined || node.set === true) checkEntries(node, value, walk)
  checkRestrictions(node, value, walk)
}

function checkString(node: SchemaNode, value: string, walk: Walk): void {
  if (node.format !== undefined) {
    const expected = formatProblem(node.format, value)
    if (expected !== undefined) {
      const shown = walk.secret || node.format === 'byte' ? 'the value' : quote(value)
      report(walk, 'schema/invalid-format', {
        message: `${shown} is not ${expected}`,
        help:
          node.format === 'byte'
            ? 'Encode the value in base64, or use "stringData" in a Secret.'
            : `Write ${expected}.`,
      })
      return
    }
  }
  checkRestrictions(node, value, walk)
}

function checkNumber(node: SchemaNode, value: YamlValue, walk: Walk): void {
  const numeric = typeof value === 'number' || typeof value === 'bigint'
  if (!numeric || (typeof value === 'number' && !Number.isFinite(value))) return wrongType(node, value, walk)
  if (node.type === 'integer') {
    if (typeof value === 'number' && !Number.isInteger(value)) return wrongType(node, value, walk)
    if (!fitsInteger(node.format, value)) return outOfRange(node.format ?? 'int64', value, walk)
  }
  checkRestrictions(node, value, walk)
}

function outOfRange(format: string, value: YamlValue, walk: Walk): void {
  const bits = format === 'int32' ? '32' : '64'
  report(walk, 'schema/invalid-format', {
    message: `${quote(value)} does not fit into ${bits} bits`,
    help: format === 'int32' ? 'Write an integer between -2147483648 and 2147483647.' : 'Write a smaller integer.',
  })
}

function checkIntOrString(node: SchemaNode, value: YamlValue, walk: Walk): void {
  if (typeof value === 'string') return checkRestrictions(node, value, walk)
  if (typeof value === 'bigint') return outOfRange('int32', value, walk)
  if (typeof value !== 'number' || !Number.isInteger(value)) return wrongType(node, value, walk)
  if (!walk.custom && !fitsInteger('int32', value)) return outOfRange('int32', value, walk)
  checkRestrictions(node, value, walk)
}

function checkQuantity(node: SchemaNode, value: YamlValue, walk: Walk): void {
  if (typeof value === 'boolean' || typeof value === 'object') return wrongType(node, value, walk)
  if (isQuantity(value)) return
  report(walk, 'schema/invalid-quantity', {
    message: `${quote(value)} is not a quantity`,
    help: 'Write a number with at most one suffix of n, u, m, k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi, Ei, such as 500m or 2Gi.',
  })
}

function checkUnion(node: SchemaNode, value: YamlValue, walk: Walk): void {
  const simple = node.type === 'boolean-or' ? typeof value === 'boolean' : Array.isArray(value)
  if (node.items === undefined) return
  if (!simple) return checkValue(node.items, value, walk)
  if (Array.isArray(value)) checkList({ type: 'array', items: node.items }, value as YamlList, walk)
}

/** No type, but perhaps fields to look for: a branch of anyOf such as `required: [a]`. */
function checkAny(node: SchemaNode, value: YamlValue, walk: Walk): void {
  if (node.shape !== undefined && isMap(value)) return checkObject({ ...node, open: true }, value, walk)
  if (node.items !== undefined && Array.isArray(value)) return checkList(node, value as YamlList, walk)
  checkRestrictions(node, value, walk)
}

/** What custom resources add to a type, and enumerations. */
function checkRestrictions(node: SchemaNode, value: YamlValue, walk: Walk): void {
  if (node.enum !== undefined && !isAllowed(node.enum, value, walk)) return notAllowed(node.enum, value, walk)
  if (node.constraints !== undefined) checkConstraints(node.constraints, value, walk)
  if (node.junctions !== undefined) checkJunctions(node.junctions, value, walk, checkValue)
  if (node.rules !== undefined) walk.onRules?.(node.rules, value, walk)
}

/** Built-in kinds take the empty string for "not set". */
function isAllowed(allowed: readonly YamlValue[], value: YamlValue, walk: Walk): boolean {
  if (allowed.includes(value) || (value === '' && !walk.custom)) return true
  return typeof value === 'object' && allowed.some(entry => JSON.stringify(entry) === JSON.stringify(value))
}

function notAllowed(allowed: readonly YamlValue[], value: YamlValue, walk: Walk): void {
  const words = allowed.map(String)
  report(walk, 'schema/not-allowed-value', {
    message: `${quote(value)} is not allowed here${hint(String(value), words)}`,
    help: `Write one of: ${words.join(', ')}.`,
  })
}

const typeNames: Readonly<Record<NodeType, string>> = {
  any: 'anything',
  object: 'a map',
  array: 'a list',
  string: 'a string',
  boolean: 'true or false',
  integer: 'an integer',
  number: 'a number',
  'int-or-string': 'an integer or a string',
  quantity: 'a quantity, such as 500m or 2Gi',
  'boolean-or': 'true, false or a map',
  'list-or': 'a list or a map',
}

function wrongType(node: SchemaNode, value: YamlValue, walk: Walk): void {
  const shown = walk.secret ? describeValue(value, true) : describeValue(value)
  report(walk, 'schema/wrong-type', {
    message: `${shown} is given where ${typeNames[node.type]} is wanted`,
    help: typeHelp(node, value),
  })
}

/** YAML 1.1 reads bare yes, no, on and off as booleans: the writer meant the word. */
function typeHelp(node: SchemaNode, value: YamlValue): string {
  if (node.type === 'string' && typeof value === 'boolean') {
    const words = value ? 'true, yes or on' : 'false, no or off'
    return `Put the value in quotes as it was meant: YAML reads a bare ${words} as a boolean.`
  }
  if (node.type === 'string' && (typeof value === 'number' || typeof value === 'bigint')) {
    return 'Put the value in quotes: YAML reads bare digits as a number.'
  }
  if (typeof value === 'string' && ['integer', 'number', 'boolean'].includes(node.type)) {
    const bare = node.type === 'boolean' ? /^(true|false)$/.test(value) : /^-?\d+(\.\d+)?$/.test(value)
    if (bare) return 'Remove the quotes.'
  }
  if (node.type === 'array' && typeof value !== 'object') return 'Write a list: each entry on its own line, after "- ".'
  return `Write ${typeNames[node.type]}.`
}
