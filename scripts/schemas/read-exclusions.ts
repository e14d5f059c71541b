// Fields that exclude each other, read from a type: a package writes the `oneOf` of a definition as an intersection of the whole
// object with a union, one member for each field that may be set (and required there), and `Exclude<…>` for none of them.

import ts from 'typescript'

/** Groups of fields of which at most one may be set. */
export function exclusions(type: ts.IntersectionTypeNode): readonly (readonly string[])[] {
  const [first, ...others] = type.types.map(bare)
  const always = first === undefined ? new Set<string>() : requiredBy(first)
  return others.flatMap(part => {
    if (ts.isIntersectionTypeNode(part)) return exclusions(part)
    if (!ts.isUnionTypeNode(part) || !part.types.some(isNone)) return []
    const fields = part.types.flatMap(member => [...requiredBy(bare(member))].filter(field => !always.has(field)))
    return fields.length > 1 ? [[...new Set(fields)].toSorted()] : []
  })
}

function bare(type: ts.TypeNode): ts.TypeNode {
  return ts.isParenthesizedTypeNode(type) ? bare(type.type) : type
}

/** `Exclude<…>`: the member for an object that sets none of the fields. */
function isNone(type: ts.TypeNode): boolean {
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && type.typeName.text === 'Exclude'
}

function requiredBy(type: ts.TypeNode): ReadonlySet<string> {
  if (!ts.isTypeLiteralNode(type)) return new Set()
  const required = type.members.filter(member => ts.isPropertySignature(member) && member.questionToken === undefined)
  return new Set(required.flatMap(({ name }) => (name !== undefined && ts.isStringLiteral(name) ? [name.text] : [])))
}
