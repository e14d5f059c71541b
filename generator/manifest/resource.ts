// A Kubernetes object as every stage after parsing sees it: its data, who it is, and where it was read or rendered.

import type { ResourceReference, SourceLocation } from '../diagnostics/diagnostic.ts'
import { sharedText } from './shared-text.ts'
import { asMap, asString, isMap, type YamlMap, type YamlValue } from './value.ts'

export interface Resource extends ResourceReference {
  /** The whole object. Never mutated. */
  readonly object: YamlMap
  /**
   * Where the object stands. `file` is a YAML file, or the kustomization directory that rendered it
   * (then `document` is its place in the build's output); see SourceLocation.
   */
  readonly source: { readonly file: string; readonly document: number; readonly pointer?: string }
}

/** A place inside a resource; what rules report. The engine turns it into a SourceLocation. */
export interface Place {
  readonly resource: Resource
  readonly pointer: string
  readonly on?: 'key' | 'value'
}

/** Reads the identity out of a document; undefined when it is not a Kubernetes object with apiVersion, kind and name. */
export function toResource(value: YamlValue | undefined, source: Resource['source']): Resource | undefined {
  if (!isMap(value)) return undefined
  const metadata = asMap(value['metadata'])
  const apiVersion = asString(value['apiVersion'])
  const kind = asString(value['kind'])
  if (apiVersion === undefined || kind === undefined) return undefined
  const name = asString(metadata['name']) ?? asString(metadata['generateName'])
  if (name === undefined) return undefined
  const namespace = asString(metadata['namespace'])
  return {
    apiVersion: sharedText(apiVersion),
    kind: sharedText(kind),
    name,
    ...(namespace === undefined ? {} : { namespace }),
    object: value,
    source,
  }
}

/** The group of an apiVersion: 'apps' for 'apps/v1', '' for 'v1'. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? '' : apiVersion.slice(0, slash)
}

/** The version of an apiVersion: 'v1' for 'apps/v1'. */
export function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1)
}

/** One string per object of a cluster: group, kind, namespace, name. The API version is not part of an object's identity. */
export function resourceKey(resource: ResourceReference): string {
  return `${groupOf(resource.apiVersion)}/${resource.kind}/${resource.namespace ?? ''}/${resource.name}`
}

/** `Deployment hustlex/hustlex-api`: how messages name an object. */
export function describeResource({ kind, namespace, name }: ResourceReference): string {
  if (name === '') return `${kind} without a name${namespace === undefined ? '' : ` in ${namespace}`}`
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`
}

/** The file location of a place. */
export function locationOf(place: Place): SourceLocation {
  const { source } = place.resource
  return {
    file: source.file,
    document: source.document,
    pointer: (source.pointer ?? '') + place.pointer,
    ...(place.on === undefined ? {} : { on: place.on }),
  }
}
