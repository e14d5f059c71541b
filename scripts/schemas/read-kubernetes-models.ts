// Reads what the clients leave out from the declarations of kubernetes-models: enumerations (literal unions) and quantities.
// The package holds one definition per name for the newest Kubernetes; older versions take the same values.

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export interface FieldFacts {
  /** `=A|B` for the values of an enumeration, or `quantity`; what a `string` in the client's type is to become. */
  readonly leaf: string
}

/** `V1ServicePort protocol` (and, for twins in other versions, `ServicePort protocol`) to what is known of the field. */
export type Facts = ReadonlyMap<string, FieldFacts>

/** @param folder the unpacked package */
export function readFacts(folder: string): Facts {
  const facts = new Map<string, FieldFacts>()
  const byKind = new Map<string, FieldFacts | undefined>()
  for (const file of declarations(folder)) {
    const { version, kind } = file
    for (const [field, leaf] of fieldsOf(readFileSync(file.path, 'utf8'))) {
      facts.set(`${version}${kind} ${field}`, { leaf })
      const twin = `${kind} ${field}`
      const known = byKind.get(twin)
      byKind.set(twin, byKind.has(twin) && known?.leaf !== leaf ? undefined : { leaf })
    }
  }
  for (const [key, value] of byKind) if (value !== undefined && !facts.has(key)) facts.set(key, value)
  return facts
}

interface Declaration {
  readonly path: string
  /** `V1`, `V2beta1`, as the client prefixes its models. */
  readonly version: string
  readonly kind: string
}

function declarations(folder: string): readonly Declaration[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.d.ts') && !name.includes('_schemas'))
    .toSorted()
    .flatMap(name => {
      const [kind, version] = name.replace('.d.ts', '').split(path.sep).reverse()
      if (kind === undefined || version === undefined || !/^v\d/.test(version) || kind === 'index') return []
      return [{ path: path.join(folder, name), version: `V${version.slice(1)}`, kind }]
    })
}

function* fieldsOf(text: string): Generator<[field: string, leaf: string]> {
  const body = /export interface I\w+ \{\n([\s\S]*?)\n\}/.exec(text)?.[1] ?? ''
  const code = body.replaceAll(/\/\*[\s\S]*?\*\//g, '')
  for (const [, field, type] of code.matchAll(/^ {4}"([^"]+)"\??: ([^;{]*|\{\s*\[key: string\]: [^;]*;\s*\});$/gm)) {
    const leaf = leafOf(field ?? '', type ?? '')
    if (leaf !== undefined && field !== undefined) yield [field, leaf]
  }
}

function leafOf(field: string, type: string): string | undefined {
  if (type.includes('IIoK8sApimachineryPkgApiResourceQuantity')) return 'quantity'
  if (field === 'apiVersion' || field === 'kind') return undefined
  const literals = [...type.matchAll(/"([^"]*)"/g)].map(match => match[1] ?? '')
  if (literals.length === 0) return undefined
  return `=${[...new Set(literals)].toSorted().join('|')}`
}
