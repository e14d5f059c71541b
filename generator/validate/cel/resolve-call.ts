// Which signature of a function fits the types it is called with, what a field is, what elements have in common.
// Follows cel-go's checker/checker.go (resolveOverload, checkSelectField, joinTypes).

import { dynType, formatType, isDynamic, optionalType, sameType, unwrapOptional, type CelType } from './cel-type.ts'
import type { SyntaxNode } from './syntax-node.ts'
import { isKnownTo } from './releases.ts'
import type { Signature } from './signatures.ts'
import { typeFault, undeclared, type TypeWalk } from './type-walk.ts'
import { mostGeneral, TypeMapping } from './unify.ts'

/** The type of a field; of an optional's field, optional again. */
export function fieldType(holder: CelType, field: string, node: SyntaxNode, walk: TypeWalk): CelType {
  const { type, optional } = unwrapOptional(walk.mapping.substitute(holder))
  const found = plainFieldType(type, field, node, walk)
  return optional ? asOptional(found) : found
}

function plainFieldType(type: CelType, field: string, node: SyntaxNode, walk: TypeWalk): CelType {
  if (type.variable === true) {
    walk.mapping.assign(type, dynType)
    return dynType
  }
  if (isDynamic(type)) return dynType
  if (type.name === 'map') return type.parameters[1] ?? dynType
  if (type.fieldOf === undefined)
    return typeFault(walk, node, `type '${formatType(type)}' does not support field selection`)
  return type.fieldOf(field) ?? typeFault(walk, node, `undefined field '${field}'`)
}

/** The type in an optional, which is never optional twice. */
export function asOptional(type: CelType): CelType {
  return unwrapOptional(type).optional ? type : optionalType(type)
}

interface Call {
  readonly name: string
  readonly shown: string
  readonly types: readonly CelType[]
  readonly method: boolean
}

/** The result of the one signature that fits; where several fit, what they have in common. */
export function resolve({ name, shown, types, method: isMethod }: Call, node: SyntaxNode, walk: TypeWalk): CelType {
  const signatures = walk.signatures.get(name)
  if (signatures === undefined || !isKnownTo(walk.release, name)) return undeclared(walk, node, { shown, name })
  let result: CelType | undefined
  const fitting: Signature[] = []
  for (const signature of signatures) {
    const { parameters, result: given } = instantiate(signature, walk.mapping)
    if (!walk.mapping.assignAll(types, parameters)) continue
    fitting.push(signature)
    const found = walk.mapping.substitute(given)
    if (result === undefined) result = found
    else if (!isDynamic(result) && !sameType(found, result)) result = dynType
  }
  if (result !== undefined) {
    walk.calls.set(node, { name, signatures: fitting })
    return result
  }
  const [receiver = '', ...rest] = types.map(type => formatType(walk.mapping.substitute(type, true)))
  const applied = isMethod ? `${receiver}.(${rest.join(', ')})` : `(${[receiver, ...rest].join(', ')})`
  return typeFault(walk, node, `found no matching overload for '${shown}' applied to '${applied}'`)
}

function instantiate(
  { parameters, result, variables }: Signature,
  mapping: TypeMapping,
): Pick<Signature, 'parameters' | 'result'> {
  if (variables.length === 0) return { parameters, result }
  const fresh = new TypeMapping(new Map(variables.map(name => [name, mapping.fresh()])))
  return { parameters: parameters.map(type => fresh.substitute(type)), result: fresh.substitute(result) }
}

/** What elements have in common; dyn where that is nothing. */
export function joinTypes(types: readonly CelType[], walk: TypeWalk): CelType {
  const [first, ...rest] = types
  if (first === undefined) return walk.mapping.fresh()
  return rest.reduce((joined, type) => (walk.mapping.assign(joined, type) ? mostGeneral(joined, type) : dynType), first)
}
