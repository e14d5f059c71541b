// What a custom resource's schema demands of a value besides its type: lengths, ranges, patterns, and the branches of
// allOf, anyOf, oneOf and not. Follows k8s.io/kube-openapi/pkg/validation/validate.

import { jsonText } from '../../manifest/json-text.ts'
import { isMap, type YamlValue } from '../../manifest/value.ts'
import { goPattern } from './go-pattern.ts'
import type { Constraints, Junctions, SchemaNode } from './schema-node.ts'
import { quote, report, trial, type Walk } from './walk.ts'

export function checkConstraints(node: SchemaNode, constraints: Constraints, value: YamlValue, walk: Walk): void {
  if (typeof value === 'string') return checkText(constraints, value, walk)
  if (typeof value === 'number' || typeof value === 'bigint') return checkRange(constraints, value, walk)
  if (Array.isArray(value)) {
    checkCount(walk, 'entries', value.length, constraints.minItems, constraints.maxItems)
    if (constraints.uniqueItems === true) checkUnique(value as readonly YamlValue[], walk)
    return
  }
  if (!isMap(value)) return
  const fields = Object.keys(value).filter(name => value[name] !== null || mayBeNull(node, name)).length
  checkCount(walk, 'fields', fields, constraints.minProperties, constraints.maxProperties)
}

/** Before it counts, the server drops a null from every field that has a schema and may not be null. */
function mayBeNull({ shape, values }: SchemaNode, name: string): boolean {
  const field = shape?.().properties.get(name) ?? values
  return field === undefined || field.nullable === true
}

function checkText({ pattern, minLength, maxLength }: Constraints, value: string, walk: Walk): void {
  if (minLength !== undefined || maxLength !== undefined) {
    const length = Array.from(value).length
    if (minLength !== undefined && length < minLength)
      return broken(walk, value, `is shorter than ${minLength} characters`)
    if (maxLength !== undefined && length > maxLength)
      return broken(walk, value, `is longer than ${maxLength} characters`)
  }
  if (pattern === undefined) return
  const regexp = goPattern(pattern)
  if (regexp !== undefined && !regexp.test(value)) broken(walk, value, `does not match ${pattern}`)
}

function checkRange(constraints: Constraints, value: number | bigint, walk: Walk): void {
  const { minimum, maximum, multipleOf } = constraints
  if (minimum !== undefined) {
    const exclusive = constraints.exclusiveMinimum === true
    if (exclusive ? value <= minimum : value < minimum) {
      return broken(walk, value, `has to be ${exclusive ? 'more than' : 'at least'} ${minimum}`)
    }
  }
  if (maximum !== undefined) {
    const exclusive = constraints.exclusiveMaximum === true
    if (exclusive ? value >= maximum : value > maximum) {
      return broken(walk, value, `has to be ${exclusive ? 'less than' : 'at most'} ${maximum}`)
    }
  }
  if (multipleOf !== undefined) checkMultiple(multipleOf, value, walk)
}

function checkMultiple(factor: number, value: number | bigint, walk: Walk): void {
  if (factor < 1 && Number.isInteger(Number(value))) {
    // The server casts the factor to the type of the value, and finds 0.
    broken(walk, value, `is a whole number, which the server cannot hold to a factor below 1 (${factor})`)
  } else if (!isMultiple(Number(value), factor)) broken(walk, value, `has to be a multiple of ${factor}`)
}

function isMultiple(value: number, divisor: number): boolean {
  const quotient = value / divisor
  return Math.abs(quotient - Math.round(quotient)) < 1e-9
}

function broken(walk: Walk, value: YamlValue, what: string): void {
  report(walk, 'schema/constraint', {
    message: `${walk.secret ? 'the value' : quote(value)} ${what}`,
    help: 'Write a value within the limits of the schema.',
  })
}

function checkCount(
  walk: Walk,
  what: string,
  count: number,
  least: number | undefined,
  most: number | undefined,
): void {
  const problem =
    least !== undefined && count < least
      ? `at least ${least}`
      : most !== undefined && count > most
        ? `at most ${most}`
        : undefined
  if (problem === undefined) return
  report(walk, 'schema/constraint', {
    message: `${count} ${what} where ${problem} are allowed`,
    help: `Write ${problem} ${what}.`,
  })
}

function checkUnique(list: readonly YamlValue[], walk: Walk): void {
  const texts = list.map(entry => jsonText(entry))
  const repeated = texts.findIndex((text, index) => texts.indexOf(text) !== index)
  if (repeated < 0) return
  walk.path.push(repeated)
  report(walk, 'schema/repeated-entry', {
    message: `entry ${repeated + 1} repeats entry ${texts.indexOf(texts[repeated] ?? '') + 1}`,
    help: 'Keep one of the two: the entries have to differ.',
  })
  walk.path.pop()
}

type Check = (node: SchemaNode, value: YamlValue, walk: Walk) => void

/** allOf reports what its branches find; of the others, only that no branch (or more than one) fits. */
export function checkJunctions(junctions: Junctions, value: YamlValue, walk: Walk, check: Check): void {
  for (const branch of junctions.allOf ?? []) check(branch, value, walk)
  if (junctions.anyOf !== undefined) checkAnyOf(junctions.anyOf, value, walk, check)
  if (junctions.oneOf !== undefined) checkOneOf(junctions.oneOf, value, walk, check)
  if (junctions.not !== undefined && fits(junctions.not, value, walk, check)) {
    const fields = describeBranch(junctions.not)
    report(walk, 'schema/no-match', {
      message: `the value is of a form the schema forbids${fields === '' ? '' : `: ${fields}`}`,
      help: 'Remove what the schema forbids here.',
    })
  }
}

function checkAnyOf(branches: readonly SchemaNode[], value: YamlValue, walk: Walk, check: Check): void {
  if (branches.some(branch => fits(branch, value, walk, check))) return
  report(walk, 'schema/no-match', {
    message: `the value fits none of the forms allowed here${listBranches(branches)}`,
    help: 'Follow one of the forms of the schema.',
  })
}

function checkOneOf(branches: readonly SchemaNode[], value: YamlValue, walk: Walk, check: Check): void {
  const count = branches.filter(branch => fits(branch, value, walk, check)).length
  if (count === 1) return
  report(walk, 'schema/no-match', {
    message: `the value fits ${count === 0 ? 'none' : count} of the forms of which exactly one is allowed${listBranches(branches)}`,
    help: 'Follow exactly one of the forms of the schema.',
  })
}

function fits(branch: SchemaNode, value: YamlValue, walk: Walk, check: Check): boolean {
  const attempt = trial(walk)
  check(branch, value, attempt)
  return attempt.findings.length === 0
}

function listBranches(branches: readonly SchemaNode[]): string {
  const described = branches.map(describeBranch).filter(text => text !== '')
  return described.length === branches.length && described.length <= 10 ? `: ${described.join('; ')}` : ''
}

/** The fields a branch asks for: what most branches are about. */
function describeBranch(branch: SchemaNode): string {
  const required = branch.shape?.().required ?? []
  return required.length === 0 ? '' : `with ${required.map(name => `"${name}"`).join(' and ')}`
}
