// The type declarations of an @kubernetes-models/* package, by the names that its files refer to them with.

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { readValidator, type Facts } from './read-validator.ts'

export interface SourceType {
  readonly file: string
  readonly group: string
  readonly version: string
  readonly name: string
  readonly type: ts.TypeNode | ts.InterfaceDeclaration
  readonly facts: () => Facts
}

/** Every exported interface and type, by the names other files refer to it with. */
export function indexTypes(folder: string): ReadonlyMap<string, SourceType> {
  const index = new Map<string, SourceType>()
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.d.ts') && !name.endsWith('index.d.ts') && !name.startsWith('_schemas'))
    .toSorted()
  for (const file of names) {
    const parsed = ts.createSourceFile(file, readFileSync(path.join(folder, file), 'utf8'), ts.ScriptTarget.ES2022)
    const parts = file.replace('.d.ts', '').split(path.sep)
    const [name = '', version = '', group = ''] = parts.toReversed()
    const declared = parsed.statements.find(
      statement =>
        (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) && statement.name.text === `I${name}`,
    )
    if (declared === undefined) continue
    const alias = aliasOf(parsed, `I${name}`)
    const schema = alias?.slice(1) ?? `${camel(group)}${camel(version)}${name}`
    const source: SourceType = {
      file,
      group,
      version,
      name,
      type: ts.isInterfaceDeclaration(declared) ? declared : (declared as ts.TypeAliasDeclaration).type,
      facts: () => readValidator(path.join(folder, '_schemas', `${schema}.js`)),
    }
    index.set(alias ?? `${file}#I${name}`, source)
  }
  return index
}

/** `export type { IFoo as IComGithub…Foo }`. */
function aliasOf(file: ts.SourceFile, name: string): string | undefined {
  for (const statement of file.statements) {
    if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined) continue
    if (!ts.isNamedExports(statement.exportClause)) continue
    const found = statement.exportClause.elements.find(element => element.propertyName?.text === name)
    if (found !== undefined) return found.name.text
  }
  return undefined
}

function camel(text: string): string {
  return text
    .split(/[.-]/)
    .map(part => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')
}

export function membersOf(source: SourceType): readonly ts.PropertySignature[] {
  return ts.isInterfaceDeclaration(source.type) ? source.type.members.filter(member => ts.isPropertySignature(member)) : []
}

export function identityOf(source: SourceType): { readonly apiVersion: string; readonly kind: string } | undefined {
  const literal = (name: string): string | undefined => {
    const type = membersOf(source).find(member => nameOf(member) === name)?.type
    return type !== undefined && ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? type.literal.text : undefined
  }
  const apiVersion = literal('apiVersion')
  const kind = literal('kind')
  if (apiVersion === undefined || kind === undefined || kind.endsWith('List')) return undefined
  return { apiVersion, kind }
}

export function nameOf(member: ts.PropertySignature): string {
  return ts.isStringLiteral(member.name) || ts.isIdentifier(member.name) ? member.name.text : ''
}

export function parentsOf({ type }: SourceType): readonly string[] {
  if (!ts.isInterfaceDeclaration(type)) return []
  return (type.heritageClauses ?? [])
    .flatMap(clause => clause.types.map(({ expression }) => (ts.isIdentifier(expression) ? expression.text : '')))
    .filter(name => name !== 'TypeMeta')
}

/** `type IFoo = IBar`: what an interface that extends IFoo extends. */
export function aliasedName(type: ts.TypeNode): string {
  return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? type.typeName.text : ''
}
