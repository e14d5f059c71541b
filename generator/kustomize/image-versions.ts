// Versions meet images: `images:` entries in each overlay, and the image an object must end up with.

import { podTemplateOf } from '../manifest/pod-template.ts'
import { toResource } from '../manifest/resource.ts'
import { asList, asMap, asString, isList, isMap, type YamlMap, type YamlValue } from '../manifest/value.ts'
import type { Versions } from '../model/releases.ts'
import type { WantedObject } from '../resources/wanted-object.ts'
import type { ImageVersion } from './kustomization-file.ts'

/** The `images:` entries an overlay needs: one for each unversioned image that occurs, in alphabetical order. */
export function imageVersions(wanted: readonly WantedObject[], versions: Versions): readonly ImageVersion[] {
  const used = new Set(wanted.flatMap(one => imagesOf(one.object)))
  return [...used].sort().flatMap(name => {
    const version = versions[name]
    if (version === undefined) return []
    return [version.startsWith('sha256:') ? { name, digest: version } : { name, newTag: version }]
  })
}

/** All container images an object names. */
export function imagesOf(object: YamlMap): readonly string[] {
  const resource = toResource(object, { file: '', document: 1 })
  const spec = resource === undefined ? undefined : podTemplateOf(resource)?.spec
  return ['initContainers', 'containers'].flatMap(field =>
    asList(spec?.[field]).flatMap(container => asString(asMap(container)['image']) ?? []),
  )
}

/** The object with versions filled in, as `images:` will leave it. */
export function withVersions(object: YamlMap, versions: Versions): YamlMap {
  return replaceImages(object, versions) as YamlMap
}

function replaceImages(value: YamlValue | undefined, versions: Versions): YamlValue | undefined {
  if (isList(value)) return value.map(item => replaceImages(item, versions) ?? null)
  if (!isMap(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key,
      key === 'containers' || key === 'initContainers'
        ? asList(field).map(container => versioned(asMap(container), versions))
        : replaceImages(field, versions),
    ]),
  )
}

function versioned(container: YamlMap, versions: Versions): YamlMap {
  const image = asString(container['image'])
  const version = image === undefined ? undefined : versions[image]
  if (image === undefined || version === undefined) return container
  return { ...container, image: version.startsWith('sha256:') ? `${image}@${version}` : `${image}:${version}` }
}
