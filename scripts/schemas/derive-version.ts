// Versions without a client, from their neighbours and a field list; and what older clients leave out, from newer ones.

import type { FieldLists } from './read-field-lists.ts'
import { referenceIn, type Definition, type VersionModel } from './model.ts'

/**
 * The version between two others. What both neighbours have is there; what one of them has is there if the field list says
 * so, or does not know the definition (lenient: a field too many is better than a false alarm).
 */
export function between(older: VersionModel, newer: VersionModel, lists: FieldLists): VersionModel {
  const definitions = new Map<string, Definition>()
  for (const name of new Set([...older.definitions.keys(), ...newer.definitions.keys()])) {
    definitions.set(name, merge(older.definitions.get(name), newer.definitions.get(name), lists.get(name)))
  }
  const kinds = new Map(newer.kinds)
  for (const [gvk, entry] of older.kinds) kinds.set(gvk, kinds.get(gvk) ?? entry)
  for (const [gvk, { definition }] of kinds) {
    if (older.kinds.has(gvk) && newer.kinds.has(gvk)) continue
    if (!lists.has(definition)) kinds.delete(gvk)
  }
  return reachable({ kinds, definitions })
}

function merge(
  older: Definition | undefined,
  newer: Definition | undefined,
  fields: ReadonlyMap<string, boolean> | undefined,
): Definition {
  if (older === undefined || newer === undefined) return (older ?? newer) as Definition
  const properties = new Map<string, string>()
  for (const name of new Set([...older.properties.keys(), ...newer.properties.keys()])) {
    const certain = older.properties.has(name) && newer.properties.has(name)
    if (!certain && fields !== undefined && !fields.has(name)) continue
    properties.set(name, older.properties.get(name) ?? newer.properties.get(name) ?? 'any')
  }
  const required = new Set([...properties.keys()].filter(name => older.required.has(name) && newer.required.has(name)))
  return { properties, required }
}

/** Number formats and byte strings of `target`, from the same field of `source`; an unknown number is an integer. */
export function withFormatsOf(target: VersionModel, source: VersionModel): VersionModel {
  const definitions = new Map<string, Definition>()
  for (const [name, definition] of target.definitions) {
    const properties = new Map<string, string>()
    for (const [field, expression] of definition.properties) {
      const known = source.definitions.get(name)?.properties.get(field)
      const refines = known !== undefined && /(number|string)$/.test(expression) && shapeOf(known) === shapeOf(expression)
      properties.set(field, refines ? known : expression.replace(/number$/, 'integer'))
    }
    definitions.set(name, { properties, required: definition.required })
  }
  return { kinds: target.kinds, definitions }
}

function shapeOf(expression: string): string {
  return expression.replace(/(byte)$/, 'string').replace(/(int32|int64|integer)$/, 'number')
}

/** Only the definitions the kinds lead to. */
export function reachable({ kinds, definitions }: VersionModel): VersionModel {
  const kept = new Map<string, Definition>()
  const queue = [...kinds.values()].map(kind => kind.definition)
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const definition = definitions.get(name)
    if (kept.has(name)) continue
    if (definition === undefined) throw new Error(`no definition "${name}"`)
    kept.set(name, definition)
    for (const expression of definition.properties.values()) {
      const next = referenceIn(expression)
      if (next !== undefined) queue.push(next)
    }
  }
  return { kinds, definitions: kept }
}
