// The committed form: the newest version whole, every other version as what differs from it. One line per definition, so
// that a diff of schemas/ can be read.

import { sorted, type Definition, type VersionModel } from './model.ts'

/** JSON text of a whole version. */
export function printVersion(version: string, model: VersionModel): string {
  return printFile({ format: 1, version }, {
    kinds: sorted(model.kinds).map(([gvk, kind]) => [gvk, kindEntry(kind)] as const),
    definitions: sorted(model.definitions).map(([name, definition]) => [name, whole(definition)] as const),
  })
}

/** JSON text of a version as its difference from `base`; null marks what the version lacks. */
export function printDelta(version: string, model: VersionModel, baseVersion: string, base: VersionModel): string {
  const kinds = new Map<string, unknown>()
  for (const [gvk, kind] of model.kinds) {
    const entry = kindEntry(kind)
    const known = base.kinds.get(gvk)
    if (known === undefined || JSON.stringify(kindEntry(known)) !== JSON.stringify(entry)) kinds.set(gvk, entry)
  }
  for (const gvk of base.kinds.keys()) if (!model.kinds.has(gvk)) kinds.set(gvk, null)
  const definitions = new Map<string, unknown>()
  for (const [name, definition] of model.definitions) {
    const known = base.definitions.get(name)
    const change = known === undefined ? whole(definition) : difference(known, definition)
    if (change !== undefined) definitions.set(name, change)
  }
  for (const name of base.definitions.keys()) if (!model.definitions.has(name)) definitions.set(name, null)
  return printFile({ format: 1, version, base: baseVersion }, { kinds: sorted(kinds), definitions: sorted(definitions) })
}

function kindEntry({ definition, plural, namespaced }: { definition: string; plural: string; namespaced: boolean }): unknown {
  return [definition, plural, namespaced ? 'Namespaced' : 'Cluster']
}

function whole(definition: Definition): Record<string, unknown> {
  const required = [...definition.required].toSorted()
  return {
    properties: Object.fromEntries(sorted(definition.properties)),
    ...(required.length === 0 ? {} : { required }),
  }
}

function difference(base: Definition, target: Definition): Record<string, unknown> | undefined {
  const properties = new Map<string, string | null>()
  for (const [field, expression] of target.properties) {
    if (base.properties.get(field) !== expression) properties.set(field, expression)
  }
  for (const field of base.properties.keys()) if (!target.properties.has(field)) properties.set(field, null)
  const required = [...target.required].toSorted()
  const sameRequired = JSON.stringify(required) === JSON.stringify([...base.required].toSorted())
  if (properties.size === 0 && sameRequired) return undefined
  return {
    change: true,
    ...(properties.size === 0 ? {} : { properties: Object.fromEntries(sorted(properties)) }),
    ...(sameRequired ? {} : { required }),
  }
}

type Section = readonly (readonly [string, unknown])[]

function printFile(head: Record<string, unknown>, sections: Readonly<Record<string, Section>>): string {
  const lines = Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
  for (const [name, section] of Object.entries(sections)) {
    const rows = section.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
    lines.push(`${JSON.stringify(name)}:{\n${rows.join(',\n')}\n}`)
  }
  return `{\n${lines.join(',\n')}\n}\n`
}
