// Argo CD's own objects as the simulation reads them: tolerant of anything, because schemas are checked elsewhere, but
// exact about what is missing, null or empty where Argo CD tells these apart.

import { child, pointer, valueAt } from '../../manifest/pointer.ts'
import type { Resource } from '../../manifest/resource.ts'
import { groupOf } from '../../manifest/resource.ts'
import { asList, asMap, asString, isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'

export const argoGroup = 'argoproj.io'

export function isApplication(resource: Resource): boolean {
  return resource.kind === 'Application' && groupOf(resource.apiVersion) === argoGroup
}

export function isAppProject(resource: Resource): boolean {
  return resource.kind === 'AppProject' && groupOf(resource.apiVersion) === argoGroup
}

export function isApplicationSet(resource: Resource): boolean {
  return resource.kind === 'ApplicationSet' && groupOf(resource.apiVersion) === argoGroup
}

export interface SourceView {
  /** Pointer of the source inside the Application. */
  readonly pointer: string
  readonly repoURL: string
  readonly targetRevision: string
  /** Absent for Helm repositories and for sources that only lend their files (`ref`). */
  readonly path?: string
  readonly chart?: string
  readonly ref?: string
  readonly object: YamlMap
  /** `hydrated`: the branch the Source Hydrator writes; what it renders from is `dry`. */
  readonly role: 'plain' | 'dry' | 'hydrated'
}

/** All sources of an Application, whichever of the three fields holds them. As in Argo CD, a hydrator beats `sources`, which beat `source`. */
export function sourcesOf(application: YamlMap): readonly SourceView[] {
  const spec = asMap(application['spec'])
  const hydrator = spec['sourceHydrator']
  if (isMap(hydrator)) return hydratorSources(hydrator)
  const sources = asList(spec['sources'])
  if (sources.length > 0) {
    return sources.flatMap((source, index) =>
      isMap(source) ? [sourceView(source, pointer('spec', 'sources', index), 'plain')] : [],
    )
  }
  return isMap(spec['source']) ? [sourceView(spec['source'], pointer('spec', 'source'), 'plain')] : []
}

function hydratorSources(hydrator: YamlMap): readonly SourceView[] {
  const dry = asMap(hydrator['drySource'])
  const sync = asMap(hydrator['syncSource'])
  const base = pointer('spec', 'sourceHydrator')
  const hydrated: YamlMap = {
    repoURL: asString(sync['repoURL']) ?? dry['repoURL'],
    path: sync['path'],
    targetRevision: sync['targetBranch'],
  }
  return [
    sourceView(dry, child(base, 'drySource'), 'dry'),
    { ...sourceView(hydrated, child(base, 'syncSource'), 'hydrated'), object: sync },
  ]
}

function sourceView(source: YamlMap, at: string, role: SourceView['role']): SourceView {
  const path = asString(source['path'])
  const chart = asString(source['chart'])
  const ref = asString(source['ref'])
  return {
    pointer: at,
    repoURL: asString(source['repoURL']) ?? '',
    targetRevision: asString(source['targetRevision']) ?? '',
    ...(path === undefined ? {} : { path }),
    ...(chart === undefined ? {} : { chart }),
    ...(ref === undefined ? {} : { ref }),
    object: source,
    role,
  }
}

export interface DestinationView {
  readonly server: string
  readonly name: string
  readonly namespace: string
}

/** A destination; what is not written is ''. */
export function destinationView(value: YamlValue | undefined): DestinationView {
  const destination = asMap(value)
  return {
    server: asString(destination['server']) ?? '',
    name: asString(destination['name']) ?? '',
    namespace: asString(destination['namespace']) ?? '',
  }
}

export function destinationOfApplication(application: YamlMap): DestinationView {
  return destinationView(asMap(application['spec'])['destination'])
}

/** The project of an Application: `default` where none is named. */
export function projectOf(application: YamlMap): string {
  const project = asString(asMap(application['spec'])['project']) ?? ''
  return project === '' ? 'default' : project
}

/** The list at a pointer; undefined where it is missing or null, which Argo CD tells from an empty one. */
export function listAt(object: YamlMap, at: string): readonly YamlValue[] | undefined {
  const value = valueAt(object, at)
  return isList(value) ? value : undefined
}

export function annotationOf(object: YamlMap, name: string): string | undefined {
  return asString(asMap(asMap(object['metadata'])['annotations'])[name])
}

export function syncOptionsOf(application: YamlMap): readonly string[] {
  return asList(valueAt(application, '/spec/syncPolicy/syncOptions')).flatMap(option => asString(option) ?? [])
}

/** Whether Argo CD starts syncs by itself: an `automated` block that is not switched off. */
export function isAutomated(application: YamlMap): boolean {
  const automated = valueAt(application, '/spec/syncPolicy/automated')
  return isMap(automated) && automated['enabled'] !== false
}
