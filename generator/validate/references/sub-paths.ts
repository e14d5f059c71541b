// Mounts that pick one file out of a ConfigMap or Secret volume by `subPath`.

import type { Graph } from '../../graph/graph.ts'
import { containersOf, podTemplateOf } from '../../manifest/pod-template.ts'
import { child, valueAt } from '../../manifest/pointer.ts'
import type { Reference } from '../../manifest/references-of.ts'
import type { Place, Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, type YamlValue } from '../../manifest/value.ts'

export interface SubPathUse {
  /** The ConfigMap or Secret of the volume. */
  readonly reference: Reference
  readonly subPath: string
  readonly at: Place
}

const volumeField = /(?:^|\/)volumes\/(?:configMap\/name|secret\/secretName)$/

/** Mounts by subPath of volumes that are not optional and do not rename their keys. */
export function subPathsOf(resource: Resource, graph: Graph): readonly SubPathUse[] {
  const containers = containersOf(resource).filter(({ spec }) => asList(spec['volumeMounts']).some(isPicking))
  const volumes = containers.length === 0 ? none : pickableVolumes(resource, graph)
  if (volumes.size === 0) return []
  return containers.flatMap(({ spec, pointer }) =>
    asList(spec['volumeMounts']).flatMap((entry, index) => {
      const mount = asMap(entry)
      const reference = volumes.get(asString(mount['name']) ?? '')
      const subPath = asString(mount['subPath'])
      if (reference === undefined || subPath === undefined || !/^[-._a-zA-Z0-9]+$/.test(subPath)) return []
      return [{ reference, subPath, at: { resource, pointer: child(pointer, 'volumeMounts', index, 'subPath') } }]
    }),
  )
}

const none: ReadonlyMap<string, Reference> = new Map()

function isPicking(mount: YamlValue): boolean {
  return asMap(mount)['subPath'] !== undefined
}

function pickableVolumes(resource: Resource, graph: Graph): ReadonlyMap<string, Reference> {
  const volumes = new Map<string, Reference>()
  if (podTemplateOf(resource) === undefined) return volumes
  for (const reference of graph.referencesFrom(resource)) {
    if (reference.optional || reference.keys.length > 0 || !volumeField.test(reference.field.path)) continue
    const volume = asMap(valueAt(resource.object, reference.at.pointer.replace(/\/[^/]+\/[^/]+$/, '')))
    const name = asString(volume['name'])
    if (name !== undefined) volumes.set(name, reference)
  }
  return volumes
}
