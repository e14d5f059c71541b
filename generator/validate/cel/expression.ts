// One CEL expression of Kubernetes: compiled once, evaluated as often as wanted.

import { dynType, type CelType } from './cel-type.ts'
import { CompileError, type Compiled, type Scope } from './compilation.ts'
import { compileNode } from './compile-expression.ts'
import { spend, TooMuchEffort, withBoundedEffort } from './effort.ts'
import { fixedEffort } from './fixed-effort.ts'
import { kubernetesLibrary } from './kubernetes-library.ts'
import { parseExpression } from './parse-expression.ts'
import type { SyntaxNode } from './syntax-node.ts'
import { typeTree, type TypeOptions } from './typed-expression.ts'
import { CelError, NotEvaluated, type CelValue } from './values.ts'

export interface Expression {
  /** What it gives, as far as the types declared tell; dyn where none were. */
  readonly type: CelType
  /** The declared variables it mentions. */
  readonly uses: ReadonlySet<string>
  /** The value, or why there is none. */
  readonly evaluate: (variables: Readonly<Record<string, CelValue>> | Scope) => Evaluation
}

export type Evaluation = { readonly value: CelValue } | { readonly error: string; readonly notEvaluated?: boolean }

/** With types of variables or results the expression is type-checked as the API server does; without, it is not. */
export type CompileOptions = TypeOptions

/** The stack ran out. The server stops at 250 levels (cel-go, parser/options.go). */
const tooDeep = 'the expression is nested too deeply'

/**
 * @param text the expression
 * @param variables names it may use
 * @returns the expression, or what is wrong with it
 */
export function compileExpression(
  text: string,
  variables: Iterable<string>,
  options: CompileOptions = {},
): Expression | { readonly error: string } {
  const parsed = parseExpression(text)
  if ('error' in parsed) return parsed
  const names = new Set(variables)
  const uses = new Set<string>()
  const isVariable = (name: string): boolean => {
    if (names.has(name)) uses.add(name)
    return names.has(name)
  }
  try {
    const checked = checkedType(parsed.tree, names, options)
    if ('error' in checked) return checked
    const compiled = compileNode(parsed.tree, { library: kubernetesLibrary, isVariable, compile: compileNode })
    const effort = fixedEffort(parsed.tree)
    return { type: checked.type, uses, evaluate: variables => evaluate(compiled, scopeOf(variables), effort) }
  } catch (error) {
    if (error instanceof CompileError || error instanceof CelError) return { error: error.message }
    if (error instanceof RangeError) return { error: tooDeep }
    throw error
  }
}

function scopeOf(variables: Readonly<Record<string, CelValue>> | Scope): Scope {
  if (isScope(variables)) return variables
  return { get: name => (Object.hasOwn(variables, name) ? variables[name] : undefined) }
}

function isScope(variables: Readonly<Record<string, CelValue>> | Scope): variables is Scope {
  return typeof variables['get'] === 'function'
}

/** The type, or what the type checker refuses; dyn where no types are declared. */
function checkedType(
  tree: SyntaxNode,
  names: ReadonlySet<string>,
  options: CompileOptions,
): { readonly type: CelType } | { readonly error: string } {
  return options.types === undefined && options.results === undefined
    ? { type: dynType }
    : typeTree(tree, names, options)
}

function evaluate(compiled: Compiled, scope: Scope, effort: number): Evaluation {
  try {
    return {
      value: withBoundedEffort(() => {
        spend(effort)
        return compiled(scope)
      }),
    }
  } catch (error) {
    if (error instanceof NotEvaluated) return { error: error.message, notEvaluated: true }
    if (error instanceof CelError) return { error: error.message }
    if (error instanceof RangeError) return { error: tooDeep, notEvaluated: true }
    if (error instanceof TooMuchEffort) return { error: error.message, notEvaluated: true }
    throw error
  }
}
