// One CEL expression of Kubernetes: compiled once, evaluated as often as wanted.

import { CompileError, type Compiled, type Scope } from './compilation.ts'
import { compileNode } from './compile-expression.ts'
import { kubernetesLibrary } from './kubernetes-library.ts'
import { parseExpression } from './parse-expression.ts'
import { CelError, NotEvaluated, type CelValue } from './values.ts'

export interface Expression {
  /** The value, or why there is none. */
  readonly evaluate: (variables: Readonly<Record<string, CelValue>> | Scope) => Evaluation
}

export type Evaluation = { readonly value: CelValue } | { readonly error: string; readonly notEvaluated?: boolean }

/**
 * @param text the expression
 * @param variables names it may use
 * @returns the expression, or what is wrong with it
 */
export function compileExpression(text: string, variables: Iterable<string>): Expression | { readonly error: string } {
  const parsed = parseExpression(text)
  if ('error' in parsed) return parsed
  const names = new Set(variables)
  try {
    const compiled = compileNode(parsed.tree, {
      library: kubernetesLibrary,
      isVariable: name => names.has(name),
      compile: compileNode,
    })
    return { evaluate: variables => evaluate(compiled, scopeOf(variables)) }
  } catch (error) {
    if (error instanceof CompileError || error instanceof CelError) return { error: error.message }
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

function evaluate(compiled: Compiled, scope: Scope): Evaluation {
  try {
    return { value: compiled(scope) }
  } catch (error) {
    if (error instanceof NotEvaluated) return { error: error.message, notEvaluated: true }
    if (error instanceof CelError) return { error: error.message }
    throw error
  }
}
