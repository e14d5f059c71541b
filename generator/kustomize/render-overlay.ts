// k8s/overlays/<environment>: what differs from the base, and nothing else. Nobody writes a patch: patches are the
// difference between the wanted objects and the base, in one file per concern.

import type { FileTree } from '../manifest/file-tree.ts'
import { groupOf, versionOf } from '../manifest/resource.ts'
import { asMap, asString, type YamlMap } from '../manifest/value.ts'
import { jsonDifference } from '../merge/json-difference.ts'
import { kubernetesSchema } from '../merge/merge-keys.ts'
import { sameData } from '../merge/same-data.ts'
import { assemblePatch, strategicChanges, type Change } from '../merge/strategic-difference.ts'
import type { Versions } from '../model/releases.ts'
import type { WantedObject } from '../resources/wanted-object.ts'
import { generatedFile } from './generated-file.ts'
import { imageVersions } from './image-versions.ts'
import { kustomization, type PatchReference } from './kustomization-file.ts'
import { concernOf } from './patch-concerns.ts'
import { groupByFile } from './render-base.ts'

export interface OverlayInput {
  readonly environment: string
  readonly namespace: string
  readonly base: readonly WantedObject[]
  /** The environment's objects, with unversioned images. */
  readonly wanted: readonly WantedObject[]
  readonly versions: Versions
  /** Applies a strategic merge patch the way `kustomize build` does: to see whether a patch really says the difference. */
  readonly applyPatch: (object: YamlMap, patch: YamlMap) => YamlMap
}

export function overlayDirectory(environment: string): string {
  return `k8s/overlays/${environment}`
}

/** The overlay's files: kustomization, patches by concern, and the objects that the base does not have. */
export function renderOverlay(input: OverlayInput): FileTree {
  const directory = overlayDirectory(input.environment)
  const baseById = new Map(input.base.map(one => [identity(one.object), one]))
  const wantedById = new Map(input.wanted.map(one => [identity(inBase(one.object, input)), one]))
  const added = groupByFile([...wantedById].flatMap(([id, one]) => (baseById.has(id) ? [] : [placed(one)])))
  const patches = [...baseById].flatMap(([id, one]) => objectPatches(one, wantedById.get(id), input))
  const files = patchFiles(patches)
  return new Map([
    [
      `${directory}/kustomization.yaml`,
      generatedFile([
        kustomization({
          namespace: input.namespace,
          resources: ['../../base', ...added.keys()],
          patches: files.map(({ reference }) => reference),
          images: imageVersions(input.wanted, input.versions),
        }),
      ]),
    ],
    ...[...added].map(
      ([file, group]) => [`${directory}/${file}`, generatedFile(group.map(one => one.object))] as const,
    ),
    ...files.map(({ reference, text }) => [`${directory}/${reference.path}`, text] as const),
  ])
}

/** The autoscaler stands beside the patches, where ADR-010 puts it; other additions stand beside the kustomization. */
function placed(wanted: WantedObject): WantedObject {
  return wanted.file === 'hpa.yaml' ? { ...wanted, file: 'patches/hpa.yaml' } : wanted
}

interface ObjectPatch {
  readonly concern: string
  readonly body: YamlMap | readonly unknown[]
  readonly target?: NonNullable<PatchReference['target']>
}

function objectPatches(
  base: WantedObject,
  wanted: WantedObject | undefined,
  input: OverlayInput,
): readonly ObjectPatch[] {
  const head = patchHead(base.object)
  if (wanted === undefined) return [{ concern: removalOf(base.object), body: { $patch: 'delete', ...head } }]
  const to = inBase(wanted.object, input)
  const changes = strategicChanges(
    base.object,
    to,
    kubernetesSchema(text(base.object, 'apiVersion'), text(base.object, 'kind')),
  )
  if (changes?.length === 0) return []
  const parts = changes === undefined ? [] : byConcern(base, changes)
  const result = parts.reduce((object, part) => input.applyPatch(object, part.body), base.object)
  return changes !== undefined && sameData(result, to) ? parts : [jsonPatch(base, to)]
}

/** A file each: kustomize 5.5, which kubectl 1.32 holds, crashes over what follows a deletion in the same patch file. */
function removalOf(object: YamlMap): string {
  return `removed-${text(object, 'kind').toLowerCase()}-${text(asMap(object['metadata']), 'name')}`
}

function byConcern(base: WantedObject, changes: readonly Change[]): readonly { concern: string; body: YamlMap }[] {
  const otherwise = base.file.replace(/\.yaml$/, '')
  const groups = new Map<string, Change[]>()
  for (const change of changes) {
    const concern = concernOf(text(base.object, 'kind'), change.path, otherwise)
    groups.set(concern, [...(groups.get(concern) ?? []), change])
  }
  const head = patchHead(base.object)
  return [...groups].map(([concern, group]) => {
    const body = assemblePatch(group)
    return { concern, body: { ...body, ...head, metadata: { ...asMap(body['metadata']), ...asMap(head['metadata']) } } }
  })
}

function jsonPatch(base: WantedObject, to: YamlMap): ObjectPatch {
  const apiVersion = text(base.object, 'apiVersion')
  const group = groupOf(apiVersion)
  const name = text(asMap(base.object['metadata']), 'name')
  return {
    concern: `${text(base.object, 'kind').toLowerCase()}-${name}`,
    body: jsonDifference(base.object, to),
    target: {
      ...(group === '' ? {} : { group }),
      version: versionOf(apiVersion),
      kind: text(base.object, 'kind'),
      name,
    },
  }
}

/** One file per concern, in alphabetical order; a JSON patch has a file of its own. */
function patchFiles(
  patches: readonly ObjectPatch[],
): readonly { readonly reference: PatchReference; readonly text: string }[] {
  const groups = new Map<string, ObjectPatch[]>()
  for (const patch of patches) groups.set(patch.concern, [...(groups.get(patch.concern) ?? []), patch])
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([concern, group]) => {
      const target = group[0]?.target
      return {
        reference: { path: `patches/${concern}.yaml`, ...(target === undefined ? {} : { target }) },
        text: generatedFile(group.map(patch => patch.body as YamlMap)),
      }
    })
}

/** A patch names the base's object: kustomize patches first and sets the namespace after. */
function patchHead(object: YamlMap): YamlMap {
  const { name, namespace } = asMap(object['metadata'])
  return {
    apiVersion: object['apiVersion'],
    kind: object['kind'],
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
  }
}

/**
 * The object as it must stand before the overlay's `namespace:` is applied: in the base's namespace. Kustomize gives a
 * Namespace object that name, too.
 */
function inBase(object: YamlMap, { base, namespace }: OverlayInput): YamlMap {
  const own = text(asMap(base.find(one => one.object['kind'] === 'Namespace')?.object['metadata']), 'name')
  const metadata = asMap(object['metadata'])
  if (object['kind'] === 'Namespace' && metadata['name'] === namespace) {
    return { ...object, metadata: { ...metadata, name: own } }
  }
  return metadata['namespace'] === namespace ? { ...object, metadata: { ...metadata, namespace: own } } : object
}

function identity(object: YamlMap): string {
  const { name, namespace } = asMap(object['metadata'])
  return JSON.stringify([groupOf(text(object, 'apiVersion')), object['kind'], namespace, name])
}

function text(map: YamlMap, key: string): string {
  return asString(map[key]) ?? ''
}
