// What the macros of CEL stand for. Follows cel-go's parser/macro.go, cel/library.go (optMap), ext/comprehensions.go and
// ext/lists.go (sortBy): costs are those of the expansion.

import { boolType, dynType, intType, listType, type CelType } from '../cel-type.ts'
import {
  accumulatorName,
  binding,
  callNode,
  conditional,
  connective,
  literal,
  nameNode,
  type CoreNode,
  type FoldNode,
} from './core-syntax.ts'

/** A macro's parts, expanded where they are expressions. */
export interface MacroCall {
  readonly name: string
  /** Every use of the target is a copy of its own. */
  readonly target: () => CoreNode
  readonly variables: readonly { readonly name: string; readonly type: CelType }[]
  /** The condition first, where there is one besides the body. */
  readonly bodies: readonly CoreNode[]
  /** Of the whole. */
  readonly type: CelType
  /** Signatures of the function that the checker took for the whole. */
  readonly signatures: readonly string[]
}

export function expandMacro(macro: MacroCall): CoreNode {
  const expand = expansions[macro.name]
  if (expand === undefined) throw new Error(`no macro: ${macro.name}`)
  return expand(macro)
}

type Parts = Pick<FoldNode, 'first' | 'step' | 'type'> & Partial<Pick<FoldNode, 'condition' | 'result'>>

function fold({ target, variables }: MacroCall, parts: Parts): CoreNode {
  const { first } = parts
  return {
    kind: 'fold',
    range: target(),
    variables: variables.map(({ name }) => name),
    accumulator: accumulatorName,
    condition: literal(true, boolType),
    result: nameNode(accumulatorName, first.type),
    ...parts,
  }
}

function bodyOf({ bodies }: MacroCall): CoreNode {
  const body = bodies.at(-1)
  if (body === undefined) throw new Error('a macro without a body')
  return body
}

const soFar = (type: CelType): CoreNode => nameNode(accumulatorName, type)

function quantifier(macro: MacroCall, operator: '&&' | '||'): CoreNode {
  const negated = callNode('!_', '!_(bool)', [soFar(boolType)], boolType)
  const goesOn = operator === '&&' ? soFar(boolType) : negated
  return fold(macro, {
    type: boolType,
    first: literal(operator === '&&', boolType),
    condition: callNode('@not_strictly_false', '@not_strictly_false(bool)', [goesOn], boolType),
    step: connective(operator, soFar(boolType), bodyOf(macro)),
  })
}

function existsOne(macro: MacroCall): CoreNode {
  const one = (): CoreNode => literal(1n, intType)
  const more = callNode('_+_', '_+_(int, int)', [soFar(intType), one()], intType)
  return fold(macro, {
    type: boolType,
    first: literal(0n, intType),
    step: conditional(bodyOf(macro), more, soFar(intType)),
    result: callNode('_==_', '_==_(A, A)', [soFar(intType), one()], boolType),
  })
}

/** The step itself, or only where the condition before the body holds. */
function filtered({ bodies }: MacroCall, step: CoreNode): CoreNode {
  const condition = bodies.length > 1 ? bodies[0] : undefined
  return condition === undefined ? step : conditional(condition, step, soFar(step.type))
}

function append(item: CoreNode, type: CelType): CoreNode {
  const added: CoreNode = { kind: 'list', items: [item], type: listType(item.type) }
  return callNode('_+_', '_+_(list(A), list(A))', [soFar(type), added], type)
}

function toList(macro: MacroCall): CoreNode {
  const { type } = macro
  return fold(macro, {
    type,
    first: { kind: 'list', items: [], type },
    step: filtered(macro, append(bodyOf(macro), type)),
  })
}

function filter(macro: MacroCall): CoreNode {
  const { type, variables } = macro
  const [variable = { name: '', type: dynType }] = variables
  const step = conditional(bodyOf(macro), append(nameNode(variable.name, variable.type), type), soFar(type))
  return fold(macro, { type, first: { kind: 'list', items: [], type }, step })
}

function toMap(macro: MacroCall, keyed: boolean): CoreNode {
  const { type, variables } = macro
  const [key = { name: '', type: dynType }] = variables
  const parts = keyed ? [nameNode(key.name, key.type), bodyOf(macro)] : [bodyOf(macro)]
  const step = callNode('cel.@mapInsert', 'cel.@mapInsert', [soFar(type), ...parts], type)
  return fold(macro, { type, first: { kind: 'map', entries: [], type }, step: filtered(macro, step) })
}

function optional(macro: MacroCall, wraps: boolean): CoreNode {
  const { target, type, variables } = macro
  const [variable = { name: '', type: dynType }] = variables
  const value: CoreNode = {
    kind: 'call',
    name: 'value',
    signatures: ['optional_type(A).value()'],
    target: target(),
    args: [],
    type: variable.type,
  }
  const bound = binding(variable.name, value, bodyOf(macro), listType(dynType))
  const asked: CoreNode = {
    ...value,
    name: 'hasValue',
    signatures: ['optional_type(A).hasValue()'],
    target: target(),
    type: boolType,
  }
  const given = wraps ? callNode('optional.of', 'optional::of(A)', [bound], type) : bound
  return conditional(asked, given, callNode('optional.none', 'optional::none()', [], type))
}

const sorted = '@__sortBy_input__'

function sortBy(macro: MacroCall): CoreNode {
  const { target, type, signatures } = macro
  const body = bodyOf(macro)
  const keys = toList({ ...macro, target: () => nameNode(sorted, type), type: listType(body.type), bodies: [body] })
  const call: CoreNode = {
    kind: 'call',
    name: '@sortByAssociatedKeys',
    signatures: signatures.map(signature => signature.replace('.sort()', '.sortBy()')),
    target: nameNode(sorted, type),
    args: [keys],
    type,
  }
  return binding(sorted, target(), call, listType(dynType))
}

const expansions: Readonly<Record<string, (macro: MacroCall) => CoreNode>> = {
  all: macro => quantifier(macro, '&&'),
  exists: macro => quantifier(macro, '||'),
  exists_one: existsOne,
  existsOne,
  map: toList,
  filter,
  transformList: toList,
  transformMap: macro => toMap(macro, true),
  transformMapEntry: macro => toMap(macro, false),
  optMap: macro => optional(macro, true),
  optFlatMap: macro => optional(macro, false),
  sortBy,
}
