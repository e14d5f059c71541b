// Reads the kinds of an @kubernetes-models/* package: structure from its type declarations, limits from its compiled
// validators. Nothing of the package is run. Of junctions (anyOf, oneOf, not) the types hold fields that exclude each other; rules in CEL
// are not in these packages.

import ts from 'typescript'
import type { Definition } from './model.ts'
import { aliasedName, identityOf, indexTypes, membersOf, nameOf, parentsOf, type SourceType } from './model-types.ts'
import { exclusions } from './read-exclusions.ts'
import type { Facts } from './read-validator.ts'
import { limits, withLimits, type Schema } from './scalar-schema.ts'

export interface CustomKind {
  readonly apiVersion: string
  readonly kind: string
  readonly schema: Schema
  readonly definitions: ReadonlyMap<string, Schema>
}

/** @param builtin definitions every supported Kubernetes version has (`V1Container`) */
export function readCrdModels(folder: string, builtin: ReadonlyMap<string, Definition>): readonly CustomKind[] {
  const types = indexTypes(folder)
  const kinds: CustomKind[] = []
  for (const source of new Set(types.values())) {
    const identity = identityOf(source)
    if (identity === undefined) continue
    kinds.push({ ...identity, ...convertKind(source, types, builtin) })
  }
  return kinds
}

interface Conversion {
  readonly types: ReadonlyMap<string, SourceType>
  readonly builtin: ReadonlyMap<string, Definition>
  readonly root: SourceType
  readonly definitions: Map<string, Schema>
}

function convertKind(
  root: SourceType,
  types: ReadonlyMap<string, SourceType>,
  builtin: ReadonlyMap<string, Definition>,
): Pick<CustomKind, 'schema' | 'definitions'> {
  const conversion: Conversion = { types, builtin, root, definitions: new Map() }
  const own = fieldsOf(root, conversion).filter(({ name }) => !['apiVersion', 'kind', 'metadata'].includes(name))
  return { schema: convertFields(own, root.facts()), definitions: conversion.definitions }
}

interface Field {
  readonly name: string
  readonly required: boolean
  readonly schema: () => Schema
}

/** An interface's own fields, and those of the interfaces it extends (structs embedded in Go). */
function fieldsOf(source: SourceType, conversion: Conversion): readonly Field[] {
  const own = declaredFields(membersOf(source), source.facts(), conversion)
  return [...own, ...parentsOf(source).flatMap(name => inherited(name, conversion))]
}

function inherited(name: string, conversion: Conversion): readonly Field[] {
  const parent = conversion.types.get(name)
  if (parent !== undefined) return ts.isTypeNode(parent.type) ? inherited(aliasedName(parent.type), conversion) : fieldsOf(parent, conversion)
  const expression = builtinExpression(name, conversion.builtin)
  const definition = typeof expression === 'string' ? conversion.builtin.get(expression.slice(1)) : undefined
  if (definition === undefined) throw new Error(`no type "${name}" to extend`)
  return [...definition.properties].map(([field, type]) => ({
    name: field,
    required: definition.required.has(field),
    schema: () => type,
  }))
}

function declaredFields(members: readonly ts.PropertySignature[], owner: Facts, conversion: Conversion): readonly Field[] {
  return members.map(member => ({
    name: nameOf(member),
    required: member.questionToken === undefined && !isIdentity(member),
    schema: () => (member.type === undefined ? 'any' : convert(member.type, owner.property(nameOf(member)), conversion)),
  }))
}

/** `apiVersion` and `kind` of an object inside another one: implied there. */
function isIdentity(member: ts.PropertySignature): boolean {
  const literal = member.type !== undefined && ts.isLiteralTypeNode(member.type)
  return literal && ['apiVersion', 'kind'].includes(nameOf(member))
}

function convertFields(fields: readonly Field[], facts: Facts): Schema {
  const ordered = fields.toSorted((left, right) => (left.name < right.name ? -1 : 1))
  const required = ordered.filter(field => field.required).map(field => field.name)
  return {
    type: 'object',
    properties: Object.fromEntries(ordered.map(field => [field.name, field.schema()])),
    ...(required.length === 0 ? {} : { required }),
    ...limits(facts),
  }
}

function convert(type: ts.TypeNode, facts: Facts, conversion: Conversion): Schema {
  if (ts.isParenthesizedTypeNode(type)) return convert(type.type, facts, conversion)
  if (ts.isTypeLiteralNode(type)) return convertLiteral(type, facts, conversion)
  if (ts.isIntersectionTypeNode(type)) return convertIntersection(type, facts, conversion)
  if (ts.isUnionTypeNode(type)) return convertUnion(type, facts)
  if (ts.isLiteralTypeNode(type)) return withLimits(facts, 'string')
  if (ts.isTypeReferenceNode(type)) return convertReference(type, facts, conversion)
  switch (type.kind) {
    case ts.SyntaxKind.StringKeyword:
      return withLimits(facts, 'string')
    case ts.SyntaxKind.BooleanKeyword:
      return 'boolean'
    case ts.SyntaxKind.NumberKeyword:
      return withLimits(facts, 'number')
    default:
      return 'any'
  }
}

/** An object, and what its fields exclude: the first part has all fields, the others repeat them with some of them required. */
function convertIntersection(type: ts.IntersectionTypeNode, facts: Facts, conversion: Conversion): Schema {
  const [first] = type.types
  const whole = first === undefined ? 'any' : convert(first, facts, conversion)
  const rules = exclusions(type).map(fields => ({
    rule: `[${fields.map(field => `has(self.${field})`).join(', ')}].filter(set, set).size() <= 1`,
    message: `at most one of ${fields.join(', ')} may be set`,
  }))
  if (typeof whole === 'string' || rules.length === 0) return whole
  return { ...whole, 'x-kubernetes-validations': rules }
}

function convertLiteral(type: ts.TypeLiteralNode, facts: Facts, conversion: Conversion): Schema {
  const members = type.members.filter(member => ts.isPropertySignature(member))
  const index = type.members.find(member => ts.isIndexSignatureDeclaration(member))
  if (members.length > 0) return convertFields(declaredFields(members, facts, conversion), facts)
  if (index === undefined) return 'object'
  const values = convert(index.type, facts.values(), conversion)
  const kept = limits(facts)
  if (typeof values === 'string' && Object.keys(kept).length === 0) return `{}${values}`
  return { type: 'object', additionalProperties: values, ...kept }
}

/** A union of literals is an enumeration; of numbers and strings, an int-or-string. Anything else is not narrowed. */
function convertUnion(type: ts.UnionTypeNode, facts: Facts): Schema {
  const parts = type.types.filter(part => !(ts.isLiteralTypeNode(part) && part.literal.kind === ts.SyntaxKind.NullKeyword))
  if (parts.every(part => ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal))) {
    const values = parts.map(part => (ts.isLiteralTypeNode(part) && ts.isStringLiteral(part.literal) ? part.literal.text : ''))
    return values.some(value => value.includes('|')) ? { type: 'string', enum: values } : `=${values.join('|')}`
  }
  const kinds = new Set(parts.map(part => part.kind))
  const scalar = kinds.size === 2 && kinds.has(ts.SyntaxKind.NumberKeyword) && kinds.has(ts.SyntaxKind.StringKeyword)
  if (!scalar) return 'any'
  const kept = limits(facts)
  return Object.keys(kept).length === 0 ? 'int-or-string' : { 'x-kubernetes-int-or-string': true, ...kept }
}

function convertReference(type: ts.TypeReferenceNode, facts: Facts, conversion: Conversion): Schema {
  const name = ts.isIdentifier(type.typeName) ? type.typeName.text : ''
  const argument = type.typeArguments?.[0]
  if (name === 'Array' && argument !== undefined) {
    const items = convert(argument, facts.items(), conversion)
    const kept = limits(facts)
    if (typeof items === 'string' && Object.keys(kept).length === 0) return `[]${items}`
    return { type: 'array', items, ...kept }
  }
  const own = conversion.types.get(name)
  if (own !== undefined) return convertOwn(own, conversion)
  return builtinExpression(name, conversion.builtin)
}

function convertOwn(source: SourceType, conversion: Conversion): Schema {
  if (!ts.isInterfaceDeclaration(source.type)) return convert(source.type, source.facts(), conversion)
  const key = definitionKey(source, conversion.root)
  if (!conversion.definitions.has(key)) {
    conversion.definitions.set(key, 'any')
    conversion.definitions.set(key, convertFields(fieldsOf(source, conversion), source.facts()))
  }
  return `#${key}`
}

function definitionKey(source: SourceType, root: SourceType): string {
  const group = source.group === root.group ? '' : `${source.group.split('.')[0] ?? ''}.`
  const version = source.version === root.version ? '' : `${source.version}.`
  return `${group}${version}${source.name}`
}

const machinery: readonly (readonly [RegExp, Schema])[] = [
  [/^I(IoK8sApimachineryPkgApisMetaV1)?ObjectMeta$/, '#V1ObjectMeta'],
  [/ApisMetaV1MicroTime$/, 'micro-time'],
  [/ApisMetaV1Time$/, 'date-time'],
  [/ApiResourceQuantity$/, 'quantity'],
  [/UtilIntstrIntOrString$/, 'int-or-string'],
  [/ApisMetaV1Duration$/, 'string'],
  [/RuntimeRawExtension$/, 'object'],
  [/ApiextensionsV1JSON$/, 'any'],
]

/** A type of Kubernetes itself; what not every version has is not looked into. */
function builtinExpression(name: string, builtin: ReadonlyMap<string, Definition>): Schema {
  const known = machinery.find(([pattern]) => pattern.test(name))
  if (known !== undefined) return known[1]
  const parts = /^IIoK8s(?:Api|ApimachineryPkgApis)([A-Z][a-z]+)(V\d+(?:(?:alpha|beta)\d+)?)(\w+)$/.exec(name)
  const [, group = '', version = '', kind = ''] = parts ?? []
  const found = [`${group}${version}${kind}`, `${version}${kind}`].find(candidate => builtin.has(candidate))
  return found === undefined ? 'any' : `#${found}`
}
