// Macros: calls whose arguments are not evaluated first, because they name variables or ask whether a field is there.
// https://github.com/google/cel-spec/blob/master/doc/langdef.md#macros, and cel-go's two-variable comprehensions and optionals.

import { celMap } from './cel-map.ts'
import { attempt, CompileError, type Compiled, type CompileContext, type Scope } from './compilation.ts'
import { spendSort } from './call-effort.ts'
import { countedTwice, spend } from './effort.ts'
import { compare } from './equality.ts'
import { stepEffort } from './fixed-effort.ts'
import type { SyntaxNode } from './syntax-node.ts'
import { CelError, fail, isCelList, isCelMap, noOverload, Optional, type CelValue } from './values.ts'

export type Macro = (node: SyntaxNode, context: CompileContext) => Compiled

/** The macro a call is, judged by its name, target and number of arguments; undefined for ordinary functions. */
export function macroOf(
  name: string,
  target: SyntaxNode | undefined,
  parameters: readonly SyntaxNode[],
): Macro | undefined {
  if (target === undefined)
    return name === 'has' && parameters.length === 1 ? has(parameters[0] as SyntaxNode) : undefined
  return comprehensionOf(name, target, parameters) ?? optionalMacroOf(name, target, parameters)
}

function comprehensionOf(name: string, target: SyntaxNode, parameters: readonly SyntaxNode[]): Macro | undefined {
  const { length } = parameters
  const one = oneVariable[name]
  if (one !== undefined && length === 2) return comprehension({ name, target, parameters, count: 1, fold: one })
  if (name === 'map' && length === 3) return comprehension({ name, target, parameters, count: 1, fold: filteredMap })
  const two = twoVariables[name]
  const fits = length === 3 || (length === 4 && name.startsWith('transform'))
  return two !== undefined && fits ? comprehension({ name, target, parameters, count: 2, fold: two }) : undefined
}

function optionalMacroOf(name: string, target: SyntaxNode, parameters: readonly SyntaxNode[]): Macro | undefined {
  const wrap = optionalMacros[name]
  return wrap !== undefined && parameters.length === 2 ? optionalMacro(target, parameters, wrap) : undefined
}

function has(argument: SyntaxNode): Macro {
  return (node, context) => {
    if (argument.op !== '.') throw new CompileError('invalid argument to has() macro', node)
    const target = context.compile(argument.args[0], context)
    const field = argument.args[1]
    return scope => {
      const holder = target(scope)
      const value = holder instanceof Optional ? holder.value : holder
      if (value === undefined) return false
      return isCelMap(value) ? value.entryOf(field) !== undefined : noOverload('has', [value])
    }
  }
}

/** One step of a comprehension: the scope of an element, and the element itself. */
interface Step {
  readonly scope: Scope
  readonly key: CelValue
  readonly value: CelValue
}

type Fold = (steps: readonly Step[], bodies: readonly Compiled[], isMap: boolean) => CelValue

interface ComprehensionParts {
  readonly name: string
  readonly target: SyntaxNode
  readonly parameters: readonly SyntaxNode[]
  /** How many of the parameters are variables. */
  readonly count: 1 | 2
  readonly fold: Fold
}

function comprehension({ name, target, parameters, count, fold }: ComprehensionParts): Macro {
  return (node, context) => {
    const names = parameters.slice(0, count).map(parameter => {
      if (!isName(parameter)) throw new CompileError('the argument must be a simple name', node)
      return parameter.args
    })
    const range = context.compile(target, context)
    const inner: CompileContext = { ...context, isVariable: name => names.includes(name) || context.isVariable(name) }
    const bodies = parameters.slice(count).map(parameter => inner.compile(parameter, inner))
    const effort = stepEffort(name, parameters.slice(count))
    return scope => {
      const value = range(scope)
      return fold(stepsOf(value, scope, names, effort), bodies, isCelMap(value))
    }
  }
}

function isName(node: SyntaxNode): node is Extract<SyntaxNode, { op: 'id' }> {
  return node.op === 'id'
}

/** One variable: elements of a list, keys of a map. Two: index and element, key and value. */
function stepsOf(range: CelValue, scope: Scope, [first, second]: readonly string[], effort: number): readonly Step[] {
  const pairs = pairsOf(range)
  spend(pairs.length * effort)
  return pairs.map(([key, value]) => {
    const single = isCelList(range) ? value : key
    const bound: Readonly<Record<string, CelValue>> =
      second === undefined ? { [first ?? '']: single } : { [first ?? '']: key, [second]: value }
    return { key, value: second === undefined ? single : value, scope: within(scope, bound) }
  })
}

function pairsOf(range: CelValue): readonly (readonly [CelValue, CelValue])[] {
  if (isCelList(range)) return range.map((value, position) => [BigInt(position), value])
  if (isCelMap(range)) return range.keys().map(key => [key, range.entryOf(key)?.value ?? null])
  return noOverload('comprehension', [range])
}

function within(scope: Scope, bound: Readonly<Record<string, CelValue>>): Scope {
  return { get: name => (Object.hasOwn(bound, name) ? bound[name] : scope.get(name)) }
}

/** True for all, or for some: one element may decide although others fail. */
function quantifier(deciding: boolean): Fold {
  return (steps, [body]) => {
    let problem: CelError | undefined
    for (const { scope } of steps) {
      const value = attempt(body as Compiled, scope)
      if (value === deciding) return deciding
      if (value instanceof CelError) problem ??= value
      else if (typeof value !== 'boolean') problem ??= new CelError('no such overload: the condition is not a bool')
    }
    if (problem !== undefined) throw problem
    return !deciding
  }
}

const existsOne: Fold = (steps, [body]) => steps.filter(({ scope }) => holds(body as Compiled, scope)).length === 1

function holds(body: Compiled, scope: Scope): boolean {
  const value = body(scope)
  return typeof value === 'boolean' ? value : fail('no such overload: the condition is not a bool')
}

const filteredMap: Fold = (steps, [condition, body]) =>
  steps.filter(({ scope }) => holds(condition as Compiled, scope)).map(({ scope }) => (body as Compiled)(scope))

const oneVariable: Readonly<Record<string, Fold>> = {
  all: quantifier(false),
  exists: quantifier(true),
  exists_one: existsOne,
  map: (steps, [body]) => steps.map(({ scope }) => (body as Compiled)(scope)),
  filter: (steps, [body]) => steps.filter(({ scope }) => holds(body as Compiled, scope)).map(({ value }) => value),
  sortBy: (steps, [body]) => {
    spendSort(steps.length)
    const keyed = steps.map(({ scope, value }) => ({ value, key: (body as Compiled)(scope) }))
    return keyed
      .sort((a, b) => compare(a.key, b.key) ?? fail('sortBy: keys cannot be compared'))
      .map(({ value }) => value)
  },
}

/** With a condition first when there are two bodies. */
function transformed<T>(
  steps: readonly Step[],
  bodies: readonly Compiled[],
  result: (step: Step, body: Compiled) => T,
): T[] {
  const body = bodies.at(-1) as Compiled
  const condition = bodies.length > 1 ? bodies[0] : undefined
  return steps.filter(({ scope }) => condition === undefined || holds(condition, scope)).map(step => result(step, body))
}

const twoVariables: Readonly<Record<string, Fold>> = {
  all: quantifier(false),
  exists: quantifier(true),
  existsOne,
  exists_one: existsOne,
  transformList: (steps, bodies) => transformed(steps, bodies, ({ scope }, body) => body(scope)),
  transformMap: (steps, bodies) =>
    celMap(transformed(steps, bodies, ({ scope, key }, body) => [key, body(scope)] as const)),
  transformMapEntry: (steps, bodies) =>
    celMap(
      transformed(steps, bodies, ({ scope }, body) => {
        const entry = body(scope)
        if (!isCelMap(entry)) return noOverload('transformMapEntry', [entry])
        return entry.keys().map(key => [key, entry.entryOf(key)?.value ?? null] as const)
      }).flat(),
    ),
}

const optionalMacros: Readonly<Record<string, (value: CelValue) => CelValue>> = {
  optMap: value => new Optional(value),
  optFlatMap: value => (value instanceof Optional ? value : noOverload('optFlatMap', [value])),
}

function optionalMacro(
  target: SyntaxNode,
  parameters: readonly SyntaxNode[],
  wrap: (value: CelValue) => CelValue,
): Macro {
  return (node, context) => {
    const [variable, expression] = parameters as readonly [SyntaxNode, SyntaxNode]
    if (!isName(variable)) throw new CompileError('the first argument must be a simple name', node)
    const name = variable.args
    const receiver = context.compile(target, context)
    const inner: CompileContext = { ...context, isVariable: one => one === name || context.isVariable(one) }
    const body = context.compile(expression, inner)
    return scope => {
      const value = countedTwice(() => receiver(scope))
      if (!(value instanceof Optional)) return noOverload('optMap', [value])
      return value.value === undefined ? value : wrap(body(within(scope, { [name]: value.value })))
    }
  }
}
