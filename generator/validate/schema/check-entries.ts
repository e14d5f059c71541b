// Lists that are maps or sets in disguise: two entries with the same key, or the same value.

import { jsonText } from '../../manifest/json-text.ts'
import { isMap, type YamlList, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import type { ListKeys, SchemaNode } from './schema-node.ts'
import { quote, report, type Walk } from './walk.ts'

export function checkEntries(node: SchemaNode, list: YamlList, walk: Walk): void {
  if (list.length < 2) return
  if (node.keys !== undefined) checkKeys(node, node.keys, list, walk)
  else checkSet(list, walk)
}

function checkKeys(node: SchemaNode, keys: ListKeys, list: YamlList, walk: Walk): void {
  const seen = new Map<string, number>()
  list.forEach((entry, index) => {
    if (!isMap(entry)) return
    const values = keys.names.map(name => keyOf(node, name, entry))
    if (values.every(value => value === undefined)) return
    const identity = jsonText(values)
    const first = seen.get(identity)
    if (first === undefined) return void seen.set(identity, index)
    const tolerated = keys.tolerated && differ(keys.apart, entry, list[first])
    const named = keys.names.map((name, at) => `${name} ${quote(values[at] ?? null)}`).join(', ')
    walk.path.push(index, keys.names[0] ?? 'name')
    report(walk, 'schema/repeated-entry', {
      message: `entry ${index + 1} repeats entry ${first + 1}: ${named}`,
      help: tolerated
        ? 'Keep one of the two: the server stores both with a warning, but an apply that merges cannot tell them apart.'
        : 'Keep one of the two: the server refuses entries with the same key.',
      ...(tolerated ? { severity: 'warning' } : {}),
    })
    walk.path.length -= 2
  })
}

/** Whether two entries differ in a field that tells them apart; where there is no such field, they may be equal. */
function differ(apart: string | undefined, entry: YamlMap, first: YamlValue | undefined): boolean {
  return apart === undefined || (isMap(first) && entry[apart] !== first[apart])
}

/** The value of a key, with the server's default where it is left out: a port without a protocol is a TCP port. */
function keyOf(node: SchemaNode, name: string, entry: YamlMap): YamlValue | undefined {
  const value = entry[name]
  if (value !== undefined && value !== null) return value
  return name === 'protocol' ? 'TCP' : node.items?.shape?.().properties.get(name)?.defaultValue
}

function checkSet(list: YamlList, walk: Walk): void {
  const seen = new Map<string, number>()
  list.forEach((entry, index) => {
    const identity = jsonText(entry)
    const first = seen.get(identity)
    if (first === undefined) return void seen.set(identity, index)
    walk.path.push(index)
    report(walk, 'schema/repeated-entry', {
      message: `entry ${index + 1} repeats entry ${first + 1}: ${quote(entry)}`,
      help: 'Keep one of the two: the list is a set.',
    })
    walk.path.pop()
  })
}
