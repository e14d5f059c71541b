// The type checker: what type an expression has under declared variables, or why it has none. Unlike evaluation it looks at
// every branch, so a misspelt field is found before any object reaches it.
// Follows cel-go's checker/checker.go; the words of its errors are those users know from the API server.

import {
  dynType,
  formatType,
  listType,
  mapType,
  nullType,
  optionalType,
  simpleType,
  typeType,
  type CelType,
} from './cel-type.ts'
import { literalFault, type LiteralContext } from './check-literals.ts'
import { bindingTypeOf, macroTypeOf } from './check-macros.ts'
import { objectLiteral, objectLiteralType } from './object-literals.ts'
import { optionalEntry } from './parse-expression.ts'
import type { SyntaxNode } from './syntax-node.ts'
import { isKnownTo } from './releases.ts'
import { asOptional, fieldType, joinTypes, resolve } from './resolve-call.ts'
import {
  typeFault,
  undeclared,
  type ResolvedCall,
  type TypeContext,
  type TypeFault,
  type TypeWalk,
} from './type-walk.ts'
import { TypeMapping } from './unify.ts'

/** An expression whose types are right, and what was found out of its parts. */
export interface TypedExpression {
  readonly type: CelType
  readonly typeOf: (node: SyntaxNode) => CelType
  /** The function that a call or an operator was found to be, or the type that a name with dots is. */
  readonly callOf: (node: SyntaxNode) => ResolvedCall | undefined
}

export type TypeCheck = TypedExpression | { readonly errors: readonly TypeFault[] }

/** The type of an expression. */
export function checkTypes(tree: SyntaxNode, context: TypeContext): TypeCheck {
  const walk: TypeWalk = {
    ...context,
    mapping: new TypeMapping(),
    known: new Map(),
    calls: new Map(),
    errors: [],
    typeOf,
  }
  typeOf(tree, walk)
  if (walk.errors.length === 0) checkLiterals(walk)
  if (walk.errors.length > 0) return { errors: walk.errors }
  const final = (node: SyntaxNode): CelType => walk.mapping.substitute(walk.known.get(node) ?? dynType, true)
  return { type: final(tree), typeOf: final, callOf: node => walk.calls.get(node) }
}

/** The type of a node, noted for the checks that come after. */
function typeOf(node: SyntaxNode, walk: TypeWalk): CelType {
  const type = infer(node, walk)
  walk.known.set(node, type)
  return type
}

// oxlint-disable-next-line complexity -- one case per kind of node
function infer(node: SyntaxNode, walk: TypeWalk): CelType {
  switch (node.op) {
    case 'value':
      return literalType(node.args)
    case 'id':
      return identifier(node, walk)
    case '.':
      return qualified(node, walk) ?? fieldType(typeOf(node.args[0], walk), node.args[1], node, walk)
    case '.?':
      return asOptional(fieldType(typeOf(node.args[0], walk), node.args[1], node, walk))
    case '[]':
      return operator('_[_]', node.args, node, walk)
    case '[?]':
      return operator('_[?_]', node.args, node, walk)
    case 'call':
      return call(node, walk)
    case 'rcall':
      return method(node, walk)
    case 'list':
      return list(node.args, walk)
    case 'map':
      return map(node.args, walk)
    case '?:':
      return operator('_?_:_', node.args, node, walk)
    case '!_':
    case '-_':
      return operator(node.op, [node.args], node, walk)
    case 'in':
      return operator('_in_', node.args, node, walk)
    default:
      return operator(`_${node.op}_`, node.args, node, walk)
  }
}

const literalTypes: Readonly<Record<string, string>> = {
  bigint: 'int',
  number: 'double',
  string: 'string',
  boolean: 'bool',
}

function literalType(literal: unknown): CelType {
  if (literal === null) return nullType
  if (literal instanceof Uint8Array) return simpleType('bytes')
  return simpleType(literalTypes[typeof literal] ?? 'uint')
}

function identifier(node: Extract<SyntaxNode, { op: 'id' }>, walk: TypeWalk): CelType {
  const variable = walk.variables.get(node.args)
  if (variable !== undefined) return variable
  if (walk.types.has(node.args)) return typeType(namedType(node.args))
  return undeclared(walk, node, { shown: node.args, name: node.args })
}

const namedTypes: Readonly<Record<string, CelType>> = {
  list: listType(dynType),
  map: mapType(dynType, dynType),
  optional_type: optionalType(dynType),
  type: typeType(dynType),
  null_type: nullType,
  'google.protobuf.Duration': simpleType('duration'),
  'google.protobuf.Timestamp': simpleType('timestamp'),
}

function namedType(name: string): CelType {
  return namedTypes[name] ?? simpleType(name)
}

function qualified(node: SyntaxNode, walk: TypeWalk): CelType | undefined {
  const path = dottedName(node)
  if (path === undefined || walk.variables.has(path.split('.', 1)[0] ?? '') || !walk.types.has(path)) return undefined
  if (!isKnownTo(walk.release, path)) return undeclared(walk, node, { shown: path, name: path })
  walk.calls.set(node, { name: path, signatures: [] })
  return typeType(namedType(path))
}

function dottedName(node: SyntaxNode): string | undefined {
  if (node.op === 'id') return node.args
  if (node.op !== '.') return undefined
  const head = dottedName(node.args[0])
  return head === undefined ? undefined : `${head}.${node.args[1]}`
}

function operator(name: string, operands: readonly SyntaxNode[], node: SyntaxNode, walk: TypeWalk): CelType {
  const types = operands.map(operand => typeOf(operand, walk))
  return resolve({ name, shown: name, types, method: false }, node, walk)
}

function call(node: Extract<SyntaxNode, { op: 'call' }>, walk: TypeWalk): CelType {
  const [name, parameters] = node.args
  const macro = macroTypeOf(name, undefined, parameters)
  if (macro !== undefined) return macro(node, walk)
  if (name === objectLiteral) return objectLiteralType(node, walk, markedOptional)
  const types = parameters.map(parameter => typeOf(parameter, walk))
  return resolve({ name, shown: name, types, method: false }, node, walk)
}

function method(node: Extract<SyntaxNode, { op: 'rcall' }>, walk: TypeWalk): CelType {
  const [name, target, parameters] = node.args
  const path = dottedName(target)
  const inNamespace = path !== undefined && !walk.variables.has(path.split('.', 1)[0] ?? '')
  if (inNamespace && walk.signatures.has(`${path}.${name}`)) {
    const types = parameters.map(parameter => typeOf(parameter, walk))
    return resolve({ name: `${path}.${name}`, shown: `${path}.${name}`, types, method: false }, node, walk)
  }
  const macro =
    macroTypeOf(name, target, parameters) ??
    (walk.bindings === true ? bindingTypeOf(name, target, parameters) : undefined)
  if (macro !== undefined) return macro(node, walk)
  const types = [target, ...parameters].map(part => typeOf(part, walk))
  return resolve({ name: `.${name}`, shown: name, types, method: true }, node, walk)
}

function list(items: readonly SyntaxNode[], walk: TypeWalk): CelType {
  return listType(
    joinTypes(
      items.map(item => entryType(item, walk)),
      walk,
    ),
  )
}

function map(entries: readonly (readonly [SyntaxNode, SyntaxNode])[], walk: TypeWalk): CelType {
  const types = entries.map(([key, value]) => {
    const inner = markedOptional(key)
    const keyType = typeOf(inner ?? key, walk)
    const valueType = typeOf(value, walk)
    return { keyType, valueType: inner === undefined ? valueType : optionalContent(valueType, value, walk) }
  })
  return mapType(
    joinTypes(
      types.map(({ keyType }) => keyType),
      walk,
    ),
    joinTypes(
      types.map(({ valueType }) => valueType),
      walk,
    ),
  )
}

function entryType(item: SyntaxNode, walk: TypeWalk): CelType {
  const inner = markedOptional(item)
  return inner === undefined ? typeOf(item, walk) : optionalContent(typeOf(inner, walk), item, walk)
}

/** What `[?x]` adds to the list: x has to be optional. */
function optionalContent(type: CelType, node: SyntaxNode, walk: TypeWalk): CelType {
  const content = walk.mapping.fresh()
  if (walk.mapping.assign(type, optionalType(content))) return walk.mapping.substitute(content)
  const shown = formatType(walk.mapping.substitute(type, true))
  return typeFault(walk, node, `expected type 'optional_type' but found '${shown}'`)
}

function markedOptional(node: SyntaxNode): SyntaxNode | undefined {
  return node.op === 'call' && node.args[0] === optionalEntry ? node.args[1][0] : undefined
}

function checkLiterals(walk: TypeWalk): void {
  const context: LiteralContext = {
    typeOf: node => walk.mapping.substitute(walk.known.get(node) ?? dynType, true),
    exempt: walk.mixedLiterals === true ? undefined : new Set(),
    release: walk.release,
  }
  for (const node of [...walk.known.keys()].reverse()) {
    const message = literalFault(node, context)
    if (message !== undefined) walk.errors.push({ message, node })
  }
}
