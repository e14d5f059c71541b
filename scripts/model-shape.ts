// Writes generator/model/model-shape.ts: what a platform file may hold, read off the types it is written against, so that a
// misspelt or mistyped setting is refused where no editor and no type checker has looked.
// `npm run model:shape` writes it; a test holds that it is current.

import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { format, resolveConfig } from 'prettier'
import ts from 'typescript'
import type { ModelShape, Shape } from '../generator/model/shape.ts'

export const shapeFile = 'generator/model/model-shape.ts'

/** Types that are checked elsewhere, or not by their shape: what the walk does not enter. */
const opaque: Readonly<Record<string, Shape>> = {
  BuiltInObject: 'any',
  BuiltInPatch: 'any',
  Component: 'component',
  CustomObject: 'any',
  DeclarationSite: 'any',
  DeclaredRule: 'any',
  Overrides: 'overrides',
}

/** The source of generator/model/model-shape.ts. */
export async function modelShapeSource(): Promise<string> {
  const { shapes, settings, components } = readShapes()
  const source = `// What a platform file may hold. Written by scripts/model-shape.ts from the types; do not edit.
/* oxlint-disable max-lines -- a table alone in its file */

import type { ModelShape } from './shape.ts'

export const modelShape: ModelShape = ${JSON.stringify({ settings, components, shapes })}
`
  return format(source, { ...(await resolveConfig(shapeFile)), parser: 'typescript' })
}

function readShapes(): ModelShape {
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  }
  const program = ts.createProgram(['generator/model/platform.ts', 'generator/model/component.ts'], options)
  const reader = shapeReader(program.getTypeChecker())
  const settings = reader.shapeOf(reader.propertyOf(declared(program, 'platform.ts', 'Platform'), 'settings'))
  const components = inOrder(
    membersOf(declared(program, 'component.ts', 'Component')).map(member => [
      reader.literalOf(reader.propertyOf(member, 'type')),
      reader.shapeOf(reader.propertyOf(member, 'settings')),
    ]),
  )
  return { settings, components, shapes: inOrder([...reader.shapes]) }
}

function inOrder(entries: readonly (readonly [string, Shape])[]): Readonly<Record<string, Shape>> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** The type a module of generator/model exports under a name. */
function declared(program: ts.Program, file: string, name: string): ts.Type {
  const source = program.getSourceFile(`generator/model/${file}`)
  const checker = program.getTypeChecker()
  const symbol = source === undefined ? undefined : checker.getSymbolAtLocation(source)
  const found = symbol === undefined ? undefined : checker.getExportsOfModule(symbol).find(one => one.name === name)
  if (found === undefined) throw new Error(`generator/model/${file} exports no "${name}"`)
  return checker.getDeclaredTypeOfSymbol(found)
}

function membersOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type]
}

function isFromModel(node: ts.Node | undefined): boolean {
  const file = node?.getSourceFile().fileName ?? ''
  return file.includes('generator/model/') && !file.endsWith('kubernetes-object.ts')
}

function nameOf(type: ts.Type): string | undefined {
  const name = (type.aliasSymbol ?? (type.symbol as ts.Symbol | undefined))?.name
  return name === undefined || name.startsWith('__') ? undefined : name
}

interface ShapeReader {
  /** Named shapes met so far. */
  readonly shapes: ReadonlyMap<string, Shape>
  readonly shapeOf: (type: ts.Type) => Shape
  readonly propertyOf: (type: ts.Type, name: string) => ts.Type
  readonly literalOf: (type: ts.Type) => string
}

function shapeReader(checker: ts.TypeChecker): ShapeReader {
  const shapes = new Map<string, Shape>()

  const typeOf = (property: ts.Symbol): ts.Type => checker.getNonNullableType(checker.getTypeOfSymbol(property))

  function shapeOf(type: ts.Type): Shape {
    const name = nameOf(type)
    const fixed = name === undefined ? undefined : opaque[name]
    if (fixed !== undefined) return fixed
    if (type.isUnion()) return named(type, () => unionOf(type.types))
    if ((type.flags & ts.TypeFlags.String) !== 0) return 'string'
    if ((type.flags & ts.TypeFlags.Number) !== 0) return 'number'
    if ((type.flags & ts.TypeFlags.TemplateLiteral) !== 0) return templateOf(type as ts.TemplateLiteralType)
    if (type.isStringLiteral()) return { values: [type.value] }
    if ((type.flags & ts.TypeFlags.BooleanLiteral) !== 0) return { values: [checker.typeToString(type) === 'true'] }
    return (type.flags & ts.TypeFlags.Object) !== 0 || type.isIntersection() ? objectOf(type) : 'any'
  }

  function unionOf(types: readonly ts.Type[]): Shape {
    const members = types.filter(type => (type.flags & ts.TypeFlags.Undefined) === 0).map(shapeOf)
    const values = members.flatMap(member => (typeof member === 'object' && 'values' in member ? member.values : []))
    const others = members.filter(member => typeof member !== 'object' || !('values' in member))
    const distinct = [...new Map(others.map(member => [JSON.stringify(member), member])).values()]
    const all: readonly Shape[] = [...distinct, ...(values.length === 0 ? [] : [valuesOf(values)])]
    if (all.includes('any')) return 'any'
    return all.length === 1 ? (all[0] ?? 'any') : { oneOf: all }
  }

  function objectOf(type: ts.Type): Shape {
    if (checker.isArrayType(type) || checker.isTupleType(type)) return listOf(type as ts.TypeReference)
    if (type.getCallSignatures().length > 0) return 'any'
    const properties = checker.getPropertiesOfType(type)
    const index = checker.getIndexTypeOfType(type, ts.IndexKind.String)
    if (index !== undefined && properties.length === 0) return { map: shapeOf(index) }
    if (!properties.some(property => isFromModel(property.declarations?.[0]))) return 'any'
    return named(type, () => fieldsOf(properties))
  }

  /** A reference to the shape of a type that has a name in the model; else the shape itself. */
  function named(type: ts.Type, read: () => Shape): Shape {
    const name = nameOf(type)
    const [declaration] = (type.aliasSymbol ?? (type.symbol as ts.Symbol | undefined))?.declarations ?? []
    if (name === undefined || !isFromModel(declaration)) return read()
    if (!shapes.has(name)) {
      shapes.set(name, 'any')
      shapes.set(name, read())
    }
    return { ref: name }
  }

  function fieldsOf(properties: readonly ts.Symbol[]): Shape {
    const isOptional = (property: ts.Symbol): boolean => (property.flags & ts.SymbolFlags.Optional) !== 0
    return {
      fields: Object.fromEntries(properties.map(property => [property.name, shapeOf(typeOf(property))])),
      required: properties.filter(property => !isOptional(property)).map(property => property.name),
    }
  }

  function listOf(type: ts.TypeReference): Shape {
    const [item, ...more] = checker.getTypeArguments(type)
    return { list: item === undefined ? 'any' : unionOf([item, ...more]) }
  }

  return {
    shapes,
    shapeOf,
    propertyOf: (type, name) => {
      const property = checker.getPropertyOfType(type, name)
      if (property === undefined) throw new Error(`${checker.typeToString(type)} has no "${name}"`)
      return typeOf(property)
    },
    literalOf: type => (type.isStringLiteral() ? type.value : checker.typeToString(type)),
  }
}

/** `true | false` is a boolean. */
function valuesOf(values: readonly (string | boolean)[]): Shape {
  return values.includes(true) && values.includes(false) ? 'boolean' : { values: [...new Set(values)] }
}

/** A path starts with a slash; other patterns (quantities, percentages) have checks of their own that say more. */
function templateOf({ texts }: ts.TemplateLiteralType): Shape {
  return texts[0] === '/' && texts.length === 2 && texts[1] === '' ? { prefix: '/' } : 'string'
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(shapeFile, await modelShapeSource())
}
