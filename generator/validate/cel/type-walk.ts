// The state of one walk of the type checker.

import type { CelType } from './cel-type.ts'
import { errorType } from './cel-type.ts'
import type { SyntaxNode } from './syntax-node.ts'
import { isKnownTo, takenSince } from './releases.ts'
import type { Signature, Signatures } from './signatures.ts'
import type { TypeMapping } from './unify.ts'

export interface TypeContext {
  readonly variables: ReadonlyMap<string, CelType>
  readonly signatures: Signatures
  /** Names that stand for types. */
  readonly types: ReadonlySet<string>
  /** The newest release whose libraries there are; all where absent. */
  readonly release?: string
  /** Whether values can be given a name, with cel.bind(). */
  readonly bindings?: boolean
  /** Whether objects can be written out (`Object{…}`). */
  readonly objects?: boolean
  /** Lists and maps of several types are fine: so the language has it, but not Kubernetes. */
  readonly mixedLiterals?: boolean
}

export interface TypeFault {
  readonly message: string
  readonly node: SyntaxNode
}

/** The function a call was found to be, and which of its signatures fit; for the name of a type, the name alone. */
export interface ResolvedCall {
  readonly name: string
  readonly signatures: readonly Signature[]
}

/** What type variables are, what every node is, what is wrong. */
export interface TypeWalk extends TypeContext {
  readonly mapping: TypeMapping
  readonly known: Map<SyntaxNode, CelType>
  readonly calls: Map<SyntaxNode, ResolvedCall>
  readonly errors: TypeFault[]
  /** The type of a part of the expression, noted for the checks that come after. */
  readonly typeOf: (node: SyntaxNode, walk: TypeWalk) => CelType
}

/** Notes that something is named which nothing declares, or which only later releases know. */
export function undeclared(
  walk: TypeWalk,
  node: SyntaxNode,
  { shown, name, parameters = 0 }: { readonly shown: string; readonly name: string; readonly parameters?: number },
): CelType {
  const since = isKnownTo(walk.release, name, parameters) ? undefined : takenSince(name, parameters)
  const later = since === undefined ? '' : `, which Kubernetes takes since ${since}`
  return typeFault(walk, node, `undeclared reference to '${shown}'${later}`)
}

/** Notes what is wrong; the type agrees with everything. */
export function typeFault(walk: TypeWalk, node: SyntaxNode, message: string): CelType {
  walk.errors.push({ message, node })
  return errorType
}
