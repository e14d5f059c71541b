// Types of macros: what their variables are inside, and what they give. The same names and counts as in macros.ts.

import {
  boolType,
  dynType,
  formatType,
  intType,
  isDynamic,
  listType,
  mapType,
  optionalType,
  unwrapOptional,
  type CelType,
} from './cel-type.ts'
import { macroOf } from './macros.ts'
import type { SyntaxNode } from './syntax-node.ts'
import { isKnownTo } from './releases.ts'
import { fieldType, resolve } from './resolve-call.ts'
import { typeFault, undeclared, type TypeWalk } from './type-walk.ts'

export type MacroType = (node: SyntaxNode, walk: TypeWalk) => CelType

/** How to type the macro a call is; undefined for ordinary functions. */
export function macroTypeOf(
  name: string,
  target: SyntaxNode | undefined,
  parameters: readonly SyntaxNode[],
): MacroType | undefined {
  if (macroOf(name, target, parameters) === undefined) return undefined
  if (target === undefined) return has(parameters[0] as SyntaxNode)
  return gated(name, parameters.length, typeOfMacro(name, target, parameters))
}

/** How to type `cel.bind(name, value, body)`, which is a macro where bindings are known; undefined for any other call. */
export function bindingTypeOf(
  name: string,
  target: SyntaxNode,
  [variable, value, body]: readonly SyntaxNode[],
): MacroType | undefined {
  if (name !== 'bind' || target.op !== 'id' || target.args !== 'cel' || body === undefined) return undefined
  return (node, walk) => {
    const type = walk.typeOf(value as SyntaxNode, walk)
    const inner = withVariables([variable as SyntaxNode], [type], node, walk)
    return inner.typeOf(body, inner)
  }
}

/** A macro of a later release is no macro, and so no function either. */
function gated(name: string, parameters: number, macro: MacroType): MacroType {
  return (node, walk) =>
    isKnownTo(walk.release, `.${name}`, parameters)
      ? macro(node, walk)
      : undeclared(walk, node, { shown: name, name: `.${name}`, parameters })
}

function typeOfMacro(name: string, target: SyntaxNode, parameters: readonly SyntaxNode[]): MacroType {
  const optional = optionalResults[name]
  return optional === undefined ? comprehension(name, target, parameters) : optionalMacro(target, parameters, optional)
}

function has(argument: SyntaxNode): MacroType {
  return (node, walk) => {
    if (argument.op !== '.') return typeFault(walk, node, 'invalid argument to has() macro')
    fieldType(walk.typeOf(argument.args[0], walk), argument.args[1], argument, walk)
    return boolType
  }
}

/** What a comprehension runs over: keys and values, and its own type. */
interface Range {
  readonly type: CelType
  readonly key: CelType
  readonly value: CelType
}

function rangeOf(target: SyntaxNode, node: SyntaxNode, walk: TypeWalk): Range {
  const type = walk.mapping.substitute(walk.typeOf(target, walk))
  const [first = dynType, second = dynType] = type.parameters
  if (type.variable === true || isDynamic(type)) {
    walk.mapping.assign(type, dynType)
    return { type: dynType, key: dynType, value: dynType }
  }
  if (type.name === 'list') return { type, key: intType, value: first }
  if (type.name === 'map') return { type, key: first, value: second }
  const shown = formatType(type)
  const wrong = typeFault(
    walk,
    node,
    `expression of type '${shown}' cannot be range of a comprehension (must be list, map, or dynamic)`,
  )
  return { type: wrong, key: wrong, value: wrong }
}

function comprehension(name: string, target: SyntaxNode, parameters: readonly SyntaxNode[]): MacroType {
  return (node, walk) => {
    const count = name.startsWith('transform') || (parameters.length === 3 && name !== 'map') ? 2 : 1
    const range = rangeOf(target, node, walk)
    const single = range.type.name === 'map' ? range.key : range.value
    const inner = withVariables(
      parameters.slice(0, count),
      count === 1 ? [single] : [range.key, range.value],
      node,
      walk,
    )
    const bodies = parameters.slice(count).map(body => inner.typeOf(body, inner))
    const body = bodies.at(-1) ?? dynType
    if (bodies.length > 1) condition('_?_:_', bodies[0] ?? dynType, node, walk)
    return (results[name] ?? (() => dynType))({ range, single, body, node, walk })
  }
}

function withVariables(
  names: readonly SyntaxNode[],
  types: readonly CelType[],
  node: SyntaxNode,
  walk: TypeWalk,
): TypeWalk {
  const variables = new Map(walk.variables)
  for (const [index, name] of names.entries()) {
    if (name.op === 'id') {
      variables.set(name.args, types[index] ?? dynType)
      walk.known.set(name, types[index] ?? dynType)
    } else typeFault(walk, node, 'argument must be a simple name')
  }
  return { ...walk, variables }
}

interface Result {
  readonly range: Range
  /** The type of a single variable. */
  readonly single: CelType
  readonly body: CelType
  readonly node: SyntaxNode
  readonly walk: TypeWalk
}

/** The condition of a macro is an operand of the operator it stands for. */
function condition(operator: string, type: CelType, node: SyntaxNode, walk: TypeWalk): CelType {
  const rest = operator === '_?_:_' ? [dynType, dynType] : [boolType]
  const types = operator === '_?_:_' ? [type, ...rest] : [...rest, type]
  resolve({ name: operator, shown: operator, types, method: false }, node, walk)
  return boolType
}

const all = ({ body, node, walk }: Result): CelType => condition('_&&_', body, node, walk)
const exists = ({ body, node, walk }: Result): CelType => condition('_||_', body, node, walk)
const existsOne = ({ body, node, walk }: Result): CelType => condition('_?_:_', body, node, walk)

const results: Readonly<Record<string, (result: Result) => CelType>> = {
  all,
  exists,
  exists_one: existsOne,
  existsOne,
  map: ({ body }) => listType(body),
  filter: ({ single, body, node, walk }) => {
    condition('_?_:_', body, node, walk)
    return listType(single)
  },
  sortBy: ({ range, body, node, walk }) => {
    resolve({ name: '.sort', shown: 'sortBy', types: [listType(body)], method: true }, node, walk)
    const entry = walk.mapping.fresh()
    if (walk.mapping.assign(range.type, listType(entry))) {
      const found = walk.mapping.substitute(entry)
      // Keys of every type sort a list of anything into lists that have nothing in common.
      const isAnything = found.variable === true && (walk.calls.get(node)?.signatures.length ?? 0) > 1
      return isAnything ? dynType : listType(found)
    }
    return typeFault(walk, node, `'${formatType(range.type)}' cannot be sorted: not a list`)
  },
  transformList: ({ body }) => listType(body),
  transformMap: ({ range, body }) => mapType(range.key, body),
  transformMapEntry: ({ body, node, walk }) => {
    const entry = walk.mapping.substitute(body)
    if (entry.name === 'map' || entry.variable === true || isDynamic(entry)) return entry
    return typeFault(walk, node, `expected type 'map' but found '${formatType(entry)}'`)
  },
}

const optionalResults: Readonly<Record<string, (body: CelType, node: SyntaxNode, walk: TypeWalk) => CelType>> = {
  optMap: body => optionalType(body),
  optFlatMap: (body, node, walk) => {
    const content = walk.mapping.fresh()
    if (walk.mapping.assign(body, optionalType(content))) return optionalType(walk.mapping.substitute(content))
    const shown = formatType(walk.mapping.substitute(body, true))
    return typeFault(walk, node, `found no matching overload for '_?_:_' applied to '(bool, ${shown}, optional_type)'`)
  },
}

function optionalMacro(
  target: SyntaxNode,
  parameters: readonly SyntaxNode[],
  result: (body: CelType, node: SyntaxNode, walk: TypeWalk) => CelType,
): MacroType {
  return (node, walk) => {
    const holder = walk.mapping.substitute(walk.typeOf(target, walk))
    const { type, optional } = unwrapOptional(holder)
    if (!optional && !isDynamic(holder) && holder.variable !== true) {
      return typeFault(walk, node, `found no matching overload for 'hasValue' applied to '${formatType(holder)}.()'`)
    }
    const inner = withVariables(parameters.slice(0, 1), [optional ? type : dynType], node, walk)
    return result(inner.typeOf(parameters[1] as SyntaxNode, inner), node, walk)
  }
}
