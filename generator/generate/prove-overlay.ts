// The proof: what an overlay builds to is what the model wants there, object for object and field for field.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { child } from '../manifest/pointer.ts'
import { describeResource, resourceKey, toResource, type Resource } from '../manifest/resource.ts'
import { isList, isMap, type YamlMap, type YamlValue } from '../manifest/value.ts'
import { sameData } from '../merge/same-data.ts'

const help =
  'This is a fault of the generator, not of your model: nothing was written. Please report it with the model entry.'

/**
 * @param directory the built directory, which findings point into
 * @returns one finding per missing, additional or different object; none when the overlay is proven
 */
export function proveOverlay(
  directory: string,
  rendered: readonly Resource[],
  wanted: readonly YamlMap[],
): readonly Diagnostic[] {
  const found = new Map(rendered.map(resource => [resourceKey(resource), resource]))
  const expected = new Map(wanted.flatMap(object => withKey(object, directory)))
  const differences = [...expected].flatMap(([key, object]): readonly Diagnostic[] => {
    const resource = found.get(key)
    if (resource === undefined) return [finding(directory, 1, '', `${describeKey(object)} is wanted but not rendered`)]
    const pointer = firstDifference(object, resource.object, '')
    if (pointer === undefined) return []
    return [
      finding(
        directory,
        resource.source.document,
        pointer,
        `${describeResource(resource)} differs from the model at ${pointer || 'its root'}`,
      ),
    ]
  })
  const additional = [...found].flatMap(([key, resource]) =>
    expected.has(key)
      ? []
      : [finding(directory, resource.source.document, '', `${describeResource(resource)} is rendered but not wanted`)],
  )
  return [...differences, ...additional]
}

function withKey(object: YamlMap, directory: string): readonly (readonly [string, YamlMap])[] {
  const resource = toResource(object, { file: directory, document: 1 })
  return resource === undefined ? [] : [[resourceKey(resource), object]]
}

function describeKey(object: YamlMap): string {
  const resource = toResource(object, { file: '', document: 1 })
  return resource === undefined ? 'an object without a name' : describeResource(resource)
}

function firstDifference(a: YamlValue | undefined, b: YamlValue | undefined, at: string): string | undefined {
  if (sameData(a, b)) return undefined
  const keys = isMap(a) && isMap(b) ? [...new Set([...Object.keys(a), ...Object.keys(b)])].sort() : undefined
  if (keys !== undefined) {
    for (const key of keys) {
      const inner = firstDifference((a as YamlMap)[key], (b as YamlMap)[key], child(at, key))
      if (inner !== undefined) return inner
    }
  }
  if (isList(a) && isList(b) && a.length === b.length) {
    const index = a.findIndex((item, position) => !sameData(item, b[position]))
    return firstDifference(a[index], b[index], child(at, index))
  }
  return at
}

function finding(directory: string, document: number, pointer: string, message: string): Diagnostic {
  return {
    code: 'kustomize/not-as-declared',
    severity: 'error',
    message,
    help,
    at: { file: directory, document, pointer },
  }
}
