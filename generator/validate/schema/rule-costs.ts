// What the rules of a CustomResourceDefinition may cost, by the API server's estimate, which refuses what is over its budgets.
// Follows apiextensions-apiserver/pkg/apis/apiextensions/validation (validation.go, cel_validation.go).

import { pointer } from '../../manifest/pointer.ts'
import { asList, asMap, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { boundOf, declaredSize, mostOften, type DeclaredSize, type SizeBound } from '../cel/cost/declared-size.ts'
import { times, plus } from '../cel/cost/estimate.ts'
import { expressionCost, boundsThatCount, type CostOptions } from '../cel/cost/rule-cost.ts'
import { boolType, stringType } from '../cel/cel-type.ts'
import { ruleTypes } from '../cel/schema-rules.ts'
import type { SchemaNode, ValidationRule } from './schema-node.ts'
import type { RawFinding } from './walk.ts'

/** For one expression, wherever it may be evaluated in an object. */
const ruleBudget = 10_000_000n
/** For all expressions of a version. */
const totalBudget = 100_000_000n

/** A place of the schema with everything that tells how often it may be in an object. */
export interface CostLevel {
  readonly schema: YamlMap
  readonly node: SchemaNode
  /** Pointer in the definition. */
  readonly at: string
  /** Path in an object, as messages name it. */
  readonly path: string
  readonly root: boolean
  /** How often it can be there; undefined where a list or map around it has no bound. */
  readonly often?: bigint
  /** Of the lists and maps around it. */
  readonly around: readonly SizeBound[]
  readonly release: string
  readonly minor: number
}

interface Priced {
  readonly at: string
  readonly path: string
  readonly field: 'rule' | 'messageExpression'
  readonly cost: bigint
  readonly bounds: () => readonly SizeBound[]
}

/** What is over a budget in the schema of one version. */
export function costFindings(level: CostLevel): readonly RawFinding[] {
  const priced = [...pricesUnder(level)]
  const total = priced.reduce((sum, { cost }) => plus(sum, cost), 0n)
  const found = priced.filter(({ cost }) => cost > ruleBudget).map(tooCostly)
  // A rule that is too costly by itself is its own cause.
  return found.length === 0 && total > totalBudget ? [tooCostlyTogether(level.at, total, priced)] : found
}

function tooCostly({ at, field, cost, bounds }: Priced): RawFinding {
  const what = field === 'rule' ? 'rule' : 'messageExpression'
  return {
    code: 'schema/costly-rule',
    pointer: at,
    message: `the estimated cost of the ${what} is ${overBudget(cost, ruleBudget)}`,
    help: adviceFor(bounds()),
  }
}

function tooCostlyTogether(at: string, total: bigint, priced: readonly Priced[]): RawFinding {
  const most = [...priced].sort((a, b) => Number(b.cost - a.cost)).slice(0, 4)
  const places = most.filter(({ cost }) => cost >= totalBudget / 100n).map(({ path }) => path || 'the object')
  return {
    code: 'schema/costly-rule',
    pointer: at,
    message: `the estimated cost of all rules together is ${overBudget(total, totalBudget)}`,
    help: `Most of it are the rules of ${[...new Set(places)].join(', ')}. ${adviceFor(most.flatMap(({ bounds }) => bounds()))}`,
  }
}

function overBudget(cost: bigint, budget: bigint): string {
  const factor = Number(cost) / Number(budget)
  const shown = factor > 100 ? 'more than 100' : factor < 1.5 ? factor.toFixed(2) : factor.toFixed(1)
  const figure = factor > 100 ? '' : ` (${grouped(cost)} of ${grouped(budget)})`
  return `${shown} times what the API server takes${figure}`
}

function grouped(value: bigint): string {
  return String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
}

const mostNamed = 4

function adviceFor(bounds: readonly SizeBound[]): string {
  const missing = bounds.filter(({ isMissing }) => isMissing)
  const chosen = missing.length > 0 ? missing : bounds
  const wanted = [...new Set(chosen.map(({ name, path }) => `${name} of ${path === '' ? 'the object' : path}`))]
  if (wanted.length === 0) return 'Make the rule simpler.'
  const more = wanted.length > mostNamed ? ` (and ${wanted.length - mostNamed} more)` : ''
  return `${missing.length > 0 ? 'Set' : 'Lower'} ${wanted.slice(0, mostNamed).join(', ')}${more}, or make the rule simpler.`
}

const rulesKey = 'x-kubernetes-validations'

function* pricesUnder(level: CostLevel): Generator<Priced> {
  const { schema, node, at, path, root, minor } = level
  const rules = asList(schema[rulesKey])
  const size = rules.length === 0 ? undefined : declaredSize(schema, { root, minor, path })
  if (size !== undefined) {
    for (const [index, rule] of rules.entries()) {
      if (isRule(rule)) yield* pricesOf(rule, at + pointer(rulesKey, index), size, level)
    }
  }
  const properties = node.shape?.().properties
  for (const [name, child] of Object.entries(asMap(schema['properties']))) {
    yield* childPrices(child, properties?.get(name), { at: `/properties${pointer(name)}`, path: `.${name}` }, level)
  }
  yield* childPrices(schema['additionalProperties'], node.values, { at: '/additionalProperties', path: '{}' }, level)
  yield* childPrices(schema['items'], node.items, { at: '/items', path: '[]' }, level)
}

function isRule(value: YamlValue): value is YamlValue & ValidationRule {
  return isMap(value) && typeof value['rule'] === 'string'
}

function* pricesOf(rule: ValidationRule, at: string, size: DeclaredSize, level: CostLevel): Generator<Priced> {
  const { node, root, path, release, minor, often, around } = level
  const types = ruleTypes(rule, node, root)
  if (types === undefined) return
  const options: CostOptions = { types, result: boolType, release, minor, size }
  const once = expressionCost(rule.rule, options)?.max
  if (once === undefined) return
  yield {
    at: `${at}/rule`,
    path,
    field: 'rule',
    cost: times(once, often ?? BigInt(mostOften(size.leastBytes))),
    bounds: () => [...around, ...boundsThatCount(rule.rule, options)],
  }
  const text = rule.messageExpression ?? ''
  const forMessage: CostOptions = { ...options, result: stringType }
  const message = text === '' ? undefined : expressionCost(text, forMessage)?.max
  if (message === undefined) return
  // A message is written once, for the first object that breaks the rule.
  yield {
    at: `${at}/messageExpression`,
    path,
    field: 'messageExpression',
    cost: message,
    bounds: () => boundsThatCount(text, forMessage),
  }
}

function* childPrices(
  schema: YamlValue | undefined,
  node: SchemaNode | undefined,
  step: Pick<CostLevel, 'at' | 'path'>,
  level: CostLevel,
): Generator<Priced> {
  if (!isMap(schema) || node === undefined) return
  const { often: above, around, ...inherited } = level
  const bound = boundAround(level)
  const factor = bound === undefined ? 1 : boundOf(level.schema, bound.name)
  const often = above === undefined || factor === undefined ? undefined : times(above, BigInt(factor))
  yield* pricesUnder({
    ...inherited,
    schema,
    node,
    at: level.at + step.at,
    path: level.path + step.path,
    root: schema['x-kubernetes-embedded-resource'] === true,
    around: bound === undefined ? around : [...around, bound],
    ...(often === undefined ? {} : { often }),
  })
}

/** The bound that tells how many children of one kind a value can have; undefined where it is one. */
function boundAround({ schema, path }: CostLevel): SizeBound | undefined {
  const isMapOfValues = schema['type'] === 'object' && schema['additionalProperties'] !== undefined
  const name = isMapOfValues ? 'maxProperties' : schema['type'] === 'array' ? 'maxItems' : undefined
  return name === undefined ? undefined : { name, path, isMissing: boundOf(schema, name) === undefined }
}
