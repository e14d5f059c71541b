// What compiling an expression gives and needs: functions of a scope, a library, and errors that name their place.

import type { SyntaxNode } from './syntax-node.ts'
import { CelError, type CelValue } from './values.ts'

/** Variables in scope, innermost first. */
export interface Scope {
  readonly get: (name: string) => CelValue | undefined
}

export type Compiled = (scope: Scope) => CelValue

export type CelFunction = (...values: CelValue[]) => CelValue

export interface Library {
  /** `size` for calls, `.size` for methods, `optional.of` for functions in a namespace. */
  readonly functions: ReadonlyMap<string, CelFunction>
  /** Names that stand for types: `int`, `net.IP`. */
  readonly types: ReadonlySet<string>
}

/** What the compiler knows while it walks: the library, and the variables bound so far. */
export interface CompileContext {
  readonly library: Library
  readonly isVariable: (name: string) => boolean
  /** Compiles a part of the expression. @throws CompileError */
  readonly compile: (node: SyntaxNode, context: CompileContext) => Compiled
}

/** A name that nothing declares, or a call of nothing: found when the expression is compiled. */
export class CompileError extends Error {
  readonly node: SyntaxNode
  constructor(message: string, node: SyntaxNode) {
    super(message)
    this.node = node
  }
}

/** The value, or the error that evaluating gave. */
export function attempt(compiled: Compiled, scope: Scope): CelValue | CelError {
  try {
    return compiled(scope)
  } catch (error) {
    if (error instanceof CelError) return error
    throw error
  }
}
