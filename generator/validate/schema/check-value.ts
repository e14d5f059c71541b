// The interpreter: walks a value and its schema node side by side and reports what the server would refuse.
// A clean walk allocates next to nothing: the path is one shared stack, turned into a pointer only for a finding.

import { hint, suggest } from '../../diagnostics/suggest.ts'
import { isList, isMap, type YamlList, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { checkConstraints, checkJunctions } from './check-constraints.ts'
import { checkEmbedded } from './check-embedded.ts'
import { checkEntries } from './check-entries.ts'
import { checkFormat, checkScalar } from './check-scalar.ts'
import type { SchemaNode, Shape } from './schema-node.ts'
import { quote, report, type Walk } from './walk.ts'
import { wrongType } from './wrong-type.ts'
import { jsonText } from '../../manifest/json-text.ts'

/** Reports everything wrong with `value` under the walk's current path. */
export function checkValue(node: SchemaNode, value: YamlValue, walk: Walk): void {
  if (value === null) return checkNull(node, walk)
  if (walk.path.length > deepest) return tooDeep(walk)
  switch (node.type) {
    case 'object':
      return isMap(value) ? checkMap(node, value, walk) : void wrongType(node, value, walk)
    case 'array':
      return isList(value) ? checkList(node, value, walk) : void wrongType(node, value, walk)
    case 'boolean-or':
    case 'list-or':
      return checkUnion(node, value, walk)
    case 'any':
      return checkAny(node, value, walk)
    default:
      if (checkScalar(node, value, walk) && hasLimits(node)) checkLimits(node, value, walk)
  }
}

/** Far beyond any object in use; a recursive schema could otherwise exhaust the stack. */
const deepest = 1000

function tooDeep(walk: Walk): void {
  report(walk, 'schema/constraint', {
    message: `nested deeper than ${deepest} levels`,
    help: 'Write a flatter object: no server takes one like this.',
  })
}

/** Reached only for list entries: a null field was never there. Go reads a null entry as the zero value, an object without fields. */
function checkNull(node: SchemaNode, walk: Walk): void {
  if (walk.custom && node.nullable !== true && node.type !== 'any') wrongType(node, null, walk)
  const shape = walk.custom || walk.lenient ? undefined : node.shape?.()
  if (shape !== undefined) checkRequired(shape, {}, walk)
}

function checkMap(node: SchemaNode, value: YamlMap, walk: Walk): void {
  const shape = node.shape?.()
  const outer = walk.unknown
  walk.unknown = undefined
  for (const key in value) checkField(node, shape, key, value[key], walk)
  if (shape !== undefined && !walk.lenient) checkRequired(shape, value, walk)
  walk.unknown = outer
  if (node.embedded === true) checkEmbedded(value, walk)
  if (hasLimits(node)) checkLimits(node, value, walk)
}

function checkField(
  node: SchemaNode,
  shape: Shape | undefined,
  key: string,
  value: YamlValue | undefined,
  walk: Walk,
): void {
  const field = shape?.properties.get(key) ?? node.values
  if (field === undefined) {
    if (node.open !== true && shape !== undefined) unknownField(shape, key, walk)
    return
  }
  // Null counts as absent: the server drops it from custom resources, and Go reads it as the zero value elsewhere.
  if (value === undefined || value === null) return
  const status = key === 'status' && walk.path.length === 0
  if (status) walk.lenient = true
  walk.path.push(key)
  checkValue(field, value, walk)
  walk.path.pop()
  if (status) walk.lenient = false
}

function unknownField(shape: Shape, key: string, walk: Walk): void {
  const near = suggest(key, shape.properties.keys())
  if (near !== undefined) (walk.unknown ??= new Set()).add(near)
  walk.path.push(key)
  const later = walk.laterVersion?.(walk.path)
  report(walk, 'schema/unknown-field', {
    message:
      later === undefined
        ? `unknown field "${key}"${hint(key, shape.properties.keys())}`
        : `unknown field "${key}"; it exists since Kubernetes ${later}`,
    help:
      later === undefined
        ? 'Correct the name, move the field where it belongs, or remove it: the server refuses it or drops it silently.'
        : 'Remove the field, or declare the Kubernetes version of the cluster if it is newer.',
    on: 'key',
    ...(walk.dropsUnknown === true ? { severity: 'warning' } : {}),
  })
  walk.path.pop()
}

function checkRequired(shape: Shape, value: YamlMap, walk: Walk): void {
  for (const name of shape.required) {
    const child = value[name]
    if ((child === undefined || child === null) && isMissing(shape, name, child, walk)) {
      walk.path.push(name)
      report(walk, 'schema/required-field', {
        message: `required field "${name}" is ${child === null ? 'null, which counts as missing' : 'missing'}`,
        help: `Set "${name}".`,
      })
      walk.path.pop()
    }
  }
}

/** Not missing: what has a default, a null that is allowed, and what an unknown field nearby was probably meant to be. */
function isMissing(shape: Shape, name: string, value: YamlValue | undefined, walk: Walk): boolean {
  const field = shape.properties.get(name)
  if (field?.defaultValue !== undefined && walk.defaulting !== true) return false
  if (value === null && field?.nullable === true) return false
  return walk.unknown?.has(name) !== true
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
  if (hasLimits(node)) checkLimits(node, value, walk)
}

/** A schema, or something simpler in its place: a boolean, or a list of schemas. The server drops unknown fields below it without a word. */
function checkUnion(node: SchemaNode, value: YamlValue, walk: Walk): void {
  if (node.items === undefined) return
  const { dropsUnknown = false } = walk
  walk.dropsUnknown = true
  if (node.type === 'list-or' && isList(value)) checkList({ type: 'array', items: node.items }, value, walk)
  else if (isMap(value)) checkValue(node.items, value, walk)
  else if (node.type !== 'boolean-or' || typeof value !== 'boolean') wrongType(node, value, walk)
  walk.dropsUnknown = dropsUnknown
}

/** No type, but perhaps fields to look for: a branch of anyOf such as `required: [a]`. */
function checkAny(node: SchemaNode, value: YamlValue, walk: Walk): void {
  if (node.shape !== undefined && isMap(value)) return checkMap({ ...node, open: true }, value, walk)
  if (node.items !== undefined && isList(value)) return checkList(node, value, walk)
  if (typeof value === 'string' && !checkFormat(node, value, walk)) return
  if (hasLimits(node)) checkLimits(node, value, walk)
}

function hasLimits(node: SchemaNode): boolean {
  return node.enum !== undefined || node.constraints !== undefined || node.junctions !== undefined
}

/** Enumerations, and what custom resources add to a type. */
function checkLimits(node: SchemaNode, value: YamlValue, walk: Walk): void {
  if (node.enum !== undefined && !isAllowed(node.enum, value, walk)) return notAllowed(node.enum, value, walk)
  if (node.constraints !== undefined) checkConstraints(node, node.constraints, value, walk)
  if (node.junctions !== undefined) checkJunctions(node.junctions, value, walk, checkValue)
}

/** Built-in kinds take the empty string for "not set". */
function isAllowed(allowed: readonly YamlValue[], value: YamlValue, walk: Walk): boolean {
  if (allowed.includes(value) || (value === '' && !walk.custom)) return true
  return typeof value === 'object' && allowed.some(entry => jsonText(entry) === jsonText(value))
}

function notAllowed(allowed: readonly YamlValue[], value: YamlValue, walk: Walk): void {
  const words = allowed.map(entry => quote(entry).slice(1, -1))
  const shown = quote(value)
  report(walk, 'schema/not-allowed-value', {
    message: `${walk.secret ? 'the value' : shown} is not allowed here${hint(shown.slice(1, -1), words)}`,
    help: `Write one of: ${words.join(', ')}.`,
  })
}
