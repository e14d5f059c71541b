// A syntax tree to a function of its variables. Functions and macros come from a library; names are resolved once, here.

import { negate } from './arithmetic.ts'
import { countingCalls } from './call-effort.ts'
import { celMap } from './cel-map.ts'
import { CompileError, type CelFunction, type Compiled, type CompileContext, type Scope } from './compilation.ts'
import { index, optionalIndex, optionalSelect, select } from './compile-access.ts'
import { allOf, binary } from './compile-operators.ts'
import { literalValue } from './literal.ts'
import { macroOf } from './macros.ts'
import { optionalEntry } from './parse-expression.ts'
import type { SyntaxNode } from './syntax-node.ts'
import { fail, noOverload, Optional, TypeValue, type CelList, type CelValue } from './values.ts'

/** @throws CompileError */
// oxlint-disable-next-line complexity -- one case per kind of node
export function compileNode(node: SyntaxNode, context: CompileContext): Compiled {
  switch (node.op) {
    case 'value': {
      const value = literalValue(node.args)
      return () => value
    }
    case 'id':
      return identifier(node, node.args, context)
    case '.':
      return qualified(node, context) ?? select(compileNode(node.args[0], context), node.args[1])
    case '.?':
      return optionalSelect(compileNode(node.args[0], context), node.args[1])
    case '[]':
      return index(compileNode(node.args[0], context), compileNode(node.args[1], context))
    case '[?]':
      return optionalIndex(compileNode(node.args[0], context), compileNode(node.args[1], context))
    case 'call':
      return call(node, node.args[0], node.args[1], context)
    case 'rcall':
      return method(node, node.args, context)
    case 'list':
      return list(node.args, context)
    case 'map':
      return map(node.args, context)
    case '?:':
      return conditional(node.args.map(part => compileNode(part, context)) as [Compiled, Compiled, Compiled])
    case '!_':
      return not(compileNode(node.args, context))
    case '-_':
      return negation(node.args, context)
    default:
      return binary(node.op, compileNode(node.args[0], context), compileNode(node.args[1], context))
  }
}

function identifier(node: SyntaxNode, name: string, { isVariable, library }: CompileContext): Compiled {
  if (isVariable(name)) {
    return scope => {
      const value = scope.get(name)
      return value === undefined ? fail(`no such attribute: ${name}`) : value
    }
  }
  if (!library.types.has(name)) throw new CompileError(`undeclared reference to '${name}'`, node)
  const type = new TypeValue(name)
  return () => type
}

/** `google.protobuf.Timestamp`, `net.IP`: a type's name with dots in it. */
function qualified(node: SyntaxNode, context: CompileContext): Compiled | undefined {
  const path = dottedName(node)
  const root = path?.split('.', 1)[0]
  if (path === undefined || root === undefined || context.isVariable(root)) return undefined
  if (!context.library.types.has(path)) return undefined
  const type = new TypeValue(path)
  return () => type
}

function dottedName(node: SyntaxNode): string | undefined {
  if (node.op === 'id') return node.args
  if (node.op !== '.') return undefined
  const head = dottedName(node.args[0])
  return head === undefined ? undefined : `${head}.${node.args[1]}`
}

function call(node: SyntaxNode, name: string, parameters: readonly SyntaxNode[], context: CompileContext): Compiled {
  const macro = macroOf(name, undefined, parameters)
  if (macro !== undefined) return macro(node, context)
  const callee = context.library.functions.get(name)
  if (callee === undefined) throw new CompileError(`undeclared reference to '${name}'`, node)
  const compiled = parameters.map(parameter => compileNode(parameter, context))
  const counting = countingCalls(name, callee)
  return scope => counting(...allOf(compiled, scope))
}

function method(
  node: SyntaxNode,
  [name, target, parameters]: readonly [string, SyntaxNode, readonly SyntaxNode[]],
  context: CompileContext,
): Compiled {
  const namespaced = namespacedFunction(name, target, context)
  if (namespaced !== undefined) {
    const compiled = parameters.map(parameter => compileNode(parameter, context))
    return scope => namespaced(...allOf(compiled, scope))
  }
  const macro = macroOf(name, target, parameters)
  if (macro !== undefined) return macro(node, context)
  const callee = context.library.functions.get(`.${name}`)
  if (callee === undefined) throw new CompileError(`undeclared reference to '${name}'`, node)
  const receiver = compileNode(target, context)
  const compiled = parameters.map(parameter => compileNode(parameter, context))
  const [otherwise] = compiled
  if ((name === 'or' || name === 'orValue') && otherwise !== undefined && compiled.length === 1) {
    return alternative(name, receiver, otherwise)
  }
  const counting = countingCalls(`.${name}`, callee)
  const operands = [receiver, ...compiled]
  return scope => counting(...allOf(operands, scope))
}

/** What stands in for an absent value is computed only then (cel-go's cel/library.go, decorateOptionalOr). */
function alternative(name: 'or' | 'orValue', receiver: Compiled, otherwise: Compiled): Compiled {
  return scope => {
    const optional = receiver(scope)
    if (!(optional instanceof Optional)) return noOverload(name, [optional])
    if (optional.value !== undefined) return name === 'or' ? optional : optional.value
    const value = otherwise(scope)
    return name === 'or' && !(value instanceof Optional) ? noOverload(name, [optional, value]) : value
  }
}

function namespacedFunction(name: string, target: SyntaxNode, context: CompileContext): CelFunction | undefined {
  const path = dottedName(target)
  const root = path?.split('.', 1)[0]
  if (path === undefined || root === undefined || context.isVariable(root)) return undefined
  const callee = context.library.functions.get(`${path}.${name}`)
  return callee === undefined ? undefined : countingCalls(`${path}.${name}`, callee)
}

/** `[?x]`: present only when the optional is. */
function list(items: readonly SyntaxNode[], context: CompileContext): Compiled {
  const compiled = items.map(item => {
    const inner = markedOptional(item)
    const value = compileNode(inner ?? item, context)
    return (scope: Scope): CelList => {
      const one = value(scope)
      if (inner === undefined) return [one]
      if (!(one instanceof Optional)) return fail('an optional entry needs an optional value')
      return one.value === undefined ? [] : [one.value]
    }
  })
  return scope => compiled.flatMap(item => item(scope))
}

function map(entries: readonly (readonly [SyntaxNode, SyntaxNode])[], context: CompileContext): Compiled {
  const compiled = entries.map(([key, value]) => {
    const inner = markedOptional(key)
    return {
      optional: inner !== undefined,
      key: compileNode(inner ?? key, context),
      value: compileNode(value, context),
    }
  })
  return scope =>
    celMap(
      compiled.flatMap(({ optional, key, value }): readonly (readonly [CelValue, CelValue])[] => {
        const one = value(scope)
        if (!optional) return [[key(scope), one]]
        if (!(one instanceof Optional)) return fail('an optional entry needs an optional value')
        return one.value === undefined ? [] : [[key(scope), one.value]]
      }),
    )
}

function markedOptional(node: SyntaxNode): SyntaxNode | undefined {
  return node.op === 'call' && node.args[0] === optionalEntry ? node.args[1][0] : undefined
}

function conditional([condition, then, otherwise]: readonly [Compiled, Compiled, Compiled]): Compiled {
  return scope => {
    const value = condition(scope)
    if (typeof value !== 'boolean') return noOverload('_?_:_', [value])
    return value ? then(scope) : otherwise(scope)
  }
}

function not(operand: Compiled): Compiled {
  return scope => {
    const value = operand(scope)
    return typeof value === 'boolean' ? !value : noOverload('!_', [value])
  }
}

/** The most negative int is written as the negation of a number that is no int. */
function negation(operand: SyntaxNode, context: CompileContext): Compiled {
  if (operand.op === 'value' && typeof operand.args === 'bigint') {
    const value = literalValue(-operand.args)
    return () => value
  }
  const compiled = compileNode(operand, context)
  return scope => negate(compiled(scope))
}
