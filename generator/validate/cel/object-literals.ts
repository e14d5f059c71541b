// `Object.spec{replicas: 3}` and `JSONPatch{op: "add", …}`, which mutating admission policies write: the grammar does not know objects, so
// each becomes a call that carries its type and its fields.
// https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/; k8s.io/apiserver/pkg/cel/mutation.

import { dynType, formatType, listType, objectType, optionalType, stringType, type CelType } from './cel-type.ts'
import { parseSignatures, type Signatures } from './signatures.ts'
import type { SyntaxNode } from './syntax-node.ts'
import { endOfOperand, nextToken } from './tokens.ts'
import { typeFault, undeclared, type TypeWalk } from './type-walk.ts'

/** The function that stands for an object that is written out. */
export const objectLiteral = '_objectLiteral_'

const start = /^(Object(?:\s*\.\s*[A-Za-z_]\w*)*|JSONPatch)\s*\{/

/** Rewrites `T{a: x}` to `_objectLiteral_("T", {"a": x})`; what is no object is left as it is. */
export function markObjects(text: string): string {
  let out = ''
  let at = 0
  while (at < text.length) {
    const head = /[\w.]$/.test(out) ? null : start.exec(text.slice(at))
    const fields = head === null ? undefined : fieldsFrom(text, at + head[0].length)
    if (head === null || fields === undefined) {
      const token = nextToken(text, at)
      out += token
      at += token.length
      continue
    }
    out += `${objectLiteral}("${(head[1] ?? '').replaceAll(/\s/g, '')}", {${fields.text}})`
    at = fields.end
  }
  return out
}

/** The fields up to the closing brace, with their names as texts; undefined where something else stands there. */
function fieldsFrom(text: string, from: number): { readonly text: string; readonly end: number } | undefined {
  const fields: string[] = []
  let at = from
  for (;;) {
    const close = /^\s*,?\s*\}/.exec(text.slice(at))
    if (close !== null) return { text: fields.join(', '), end: at + close[0].length }
    const field = /^\s*,?\s*(\??)\s*([A-Za-z_]\w*)\s*:/.exec(text.slice(at))
    if (field === null) return undefined
    const value = at + field[0].length
    at = endOfOperand(text, value)
    fields.push(`${field[1] ?? ''}"${field[2] ?? ''}": ${markObjects(text.slice(value, at))}`)
    if (at >= text.length) return undefined
  }
}

/** The type of one step of a JSON patch. */
const patchType = objectType('JSONPatch', () => dynType)
/** What the mutations of a policy have to give, by the field that holds them. */
export const mutationTypes: Readonly<Record<string, CelType>> = {
  applyConfiguration: objectType('Object', () => dynType),
  jsonPatch: listType(patchType),
}

const patchFields: Readonly<Record<string, CelType>> = {
  op: stringType,
  path: stringType,
  from: stringType,
  value: dynType,
}

let parsed: Signatures | undefined

/** Functions that only mutations have. */
export function mutationSignatures(): Signatures {
  parsed ??= parseSignatures('jsonpatch::escapeKey(string) string')
  return parsed
}

/** The type of an object that is written out: fields of `Object` may be anything, those of a patch are known. */
export function objectLiteralType(
  node: Extract<SyntaxNode, { op: 'call' }>,
  walk: TypeWalk,
  isOptional: (key: SyntaxNode) => SyntaxNode | undefined,
): CelType {
  const [named, fields] = node.args[1]
  const name = String(named?.args)
  if (walk.objects !== true) return undeclared(walk, node, { shown: name.split('.', 1)[0] ?? '', name })
  const known = name === 'JSONPatch' ? patchFields : undefined
  for (const [key, value] of fields?.op === 'map' ? fields.args : []) {
    const optional = isOptional(key)
    const fault = fieldFault(
      { field: String((optional ?? key).args), value, optional: optional !== undefined, known },
      walk,
    )
    if (fault !== undefined) return typeFault(walk, node, fault)
  }
  return known === undefined ? objectType(name, () => dynType) : patchType
}

interface WrittenField {
  readonly field: string
  readonly value: SyntaxNode
  readonly optional: boolean
  readonly known: Readonly<Record<string, CelType>> | undefined
}

function fieldFault({ field, value, optional, known }: WrittenField, walk: TypeWalk): string | undefined {
  if (known !== undefined && !Object.hasOwn(known, field)) return `undefined field '${field}'`
  const wanted = known?.[field] ?? dynType
  const given = walk.typeOf(value, walk)
  if (walk.mapping.assign(given, optional ? optionalType(wanted) : wanted)) return undefined
  const shown = formatType(walk.mapping.substitute(given, true))
  return `expected type of field '${field}' is '${formatType(wanted)}' but provided type is '${shown}'`
}
