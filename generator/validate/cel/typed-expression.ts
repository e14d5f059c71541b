// An expression read and type-checked under the variables it may use, for whoever asks for more than its value.

import { dynType, formatType, sameType, type CelType } from './cel-type.ts'
import { checkTypes, type TypedExpression } from './check-types.ts'
import { kubernetesSignatures } from './declarations.ts'
import { kubernetesLibrary } from './kubernetes-library.ts'
import { mutationSignatures } from './object-literals.ts'
import { parseExpression } from './parse-expression.ts'
import type { SyntaxNode } from './syntax-node.ts'

export interface TypeOptions {
  /** Types of variables; those left out are dyn. */
  readonly types?: Readonly<Record<string, CelType>>
  /** What the expression has to give, one of them exactly: where nothing tells the type (dyn), the server refuses it too. */
  readonly results?: readonly CelType[]
  /** The newest release whose libraries there are (`1.33`): later ones are undeclared. All where absent. */
  readonly release?: string
  /** Whether values can be given a name, with cel.bind(): where devices are selected. */
  readonly bindings?: boolean
  /** Whether objects can be written out (`Object{…}`): in mutations. */
  readonly objects?: boolean
}

export interface TypedTree extends TypedExpression {
  readonly tree: SyntaxNode
  /** The text that the positions of nodes count in. */
  readonly source: string
}

/** The tree and its types, or what is wrong first. */
export function typeExpression(
  text: string,
  names: Iterable<string>,
  options: TypeOptions,
): TypedTree | { readonly error: string } {
  const parsed = parseExpression(text)
  if ('error' in parsed) return parsed
  const typed = typeTree(parsed.tree, names, options)
  return 'error' in typed ? typed : { ...typed, tree: parsed.tree, source: parsed.source }
}

/** The types of a tree, or what the type checker refuses. */
export function typeTree(
  tree: SyntaxNode,
  names: Iterable<string>,
  { types, results, release, bindings, objects }: TypeOptions,
): TypedExpression | { readonly error: string } {
  const checked = checkTypes(tree, {
    variables: new Map([...names].map(name => [name, types?.[name] ?? dynType])),
    signatures:
      objects === true ? new Map([...kubernetesSignatures(), ...mutationSignatures()]) : kubernetesSignatures(),
    types: kubernetesLibrary.types,
    ...(release === undefined ? {} : { release }),
    ...(bindings === undefined ? {} : { bindings }),
    ...(objects === undefined ? {} : { objects }),
  })
  if ('errors' in checked) return { error: checked.errors[0]?.message ?? 'wrong types' }
  if (results === undefined || results.some(result => sameType(checked.type, result))) return checked
  return { error: `must evaluate to ${results.map(formatType).join(' or ')}, not ${formatType(checked.type)}` }
}
