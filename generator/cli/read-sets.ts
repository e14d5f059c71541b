// From targets to objects: overlays built, files read. What cannot be built or read is a finding, and its objects are missing.

import { posix } from 'node:path'
import { createBuilder, type Builder } from '../build/build-kustomization.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { FileTree } from '../manifest/file-tree.ts'
import { parseYaml, type YamlDocument } from '../manifest/parse-yaml.ts'
import type { Resource } from '../manifest/resource.ts'
import { isMap } from '../manifest/value.ts'
import type { Sources } from '../report/locate-diagnostics.ts'
import { documentResources } from '../validate/schema/check-documents.ts'
import type { CheckSet } from './check-sets.ts'
import { isTemplate, isToolConfiguration } from './foreign-files.ts'
import type { DeclaredProfiles } from './declared-profiles.ts'
import { commonDirectory } from './common-directory.ts'
import { recordingTree } from './recording-tree.ts'

export interface ReadSets {
  readonly sets: readonly CheckSet[]
  readonly diagnostics: readonly Diagnostic[]
  readonly notChecked: readonly string[]
  readonly sources: Sources
  readonly declared: DeclaredProfiles | undefined
  readonly builder: Builder
}

export interface ReadOverlays {
  readonly built: readonly { readonly directory: string; readonly resources: readonly Resource[] }[]
  readonly diagnostics: readonly Diagnostic[]
  /** Every file that a build read. */
  readonly used: ReadonlySet<string>
  /** For building further directories of the same tree. */
  readonly builder: Builder
}

/** Builds kustomization directories of one tree. */
export function readOverlays(tree: FileTree, directories: readonly string[]): ReadOverlays {
  const recording = recordingTree(tree)
  const builder = createBuilder(recording.tree)
  const results = directories.map(directory => ({ directory, ...builder.build(directory, { checks: true }) }))
  return {
    built: results.map(({ directory, value }) => ({ directory, resources: value })),
    diagnostics: results.flatMap(({ diagnostics }) => diagnostics),
    used: recording.read,
    builder,
  }
}

export interface ReadManifests {
  /** The directory that the files with objects share; '.' where that is the top. */
  readonly directory: string
  readonly resources: readonly Resource[]
  readonly diagnostics: readonly Diagnostic[]
  readonly notChecked: readonly string[]
}

/**
 * Reads YAML files as they are, as kubectl and directory sources of Argo CD do: `yes` is true, and a key `8080` is a text.
 * @param files `named` by the user: whatever is no Kubernetes object there is a finding; `found` in a tree: a file without any
 *   object (a chart's values, a workflow) is only listed as not checked
 */
export function readManifests(
  tree: FileTree,
  files: {
    readonly named: readonly string[]
    readonly found: readonly string[]
    readonly display?: (file: string) => string
  },
): ReadManifests {
  const readAsKubectl = (file: string) => parseYaml(tree.get(file) ?? '', file, { scalars: 'yaml-1.1' })
  const parsed = [
    ...files.named.map(file => ({ file, named: true, ...readAsKubectl(file) })),
    ...files.found
      .filter(file => !files.named.includes(file))
      .map(file => ({ file, named: false, ...readAsKubectl(file) })),
  ]
  const found = parsed.filter(({ named }) => !named)
  const foreign = found.filter(({ file, value, diagnostics }) =>
    diagnostics.length === 0 ? !value.some(looksLikeObject) : !objectKeys.test(tree.get(file) ?? ''),
  )
  const templates = found.filter(
    ({ file, diagnostics }) =>
      diagnostics.length > 0 && objectKeys.test(tree.get(file) ?? '') && isTemplate(tree.get(file) ?? ''),
  )
  const read = parsed.filter(one => !foreign.includes(one) && !templates.includes(one))
  const sentence = (what: string, group: readonly { readonly file: string }[]): readonly string[] =>
    group.length === 0 ? [] : [`${what}: ${group.map(({ file }) => files.display?.(file) ?? file).join(', ')}`]
  const objects = documentResources(read.flatMap(({ value }) => value))
  return {
    directory: commonDirectory(objects.value.map(({ source }) => posix.dirname(source.file))) ?? '.',
    resources: objects.value,
    diagnostics: [...read.flatMap(({ diagnostics }) => diagnostics), ...objects.diagnostics],
    notChecked: [
      ...sentence('files that hold no Kubernetes object', foreign),
      ...sentence('templates, which are no YAML before they are filled in', templates),
    ],
  }
}

/** What a text that cannot be read must have to be worth a finding: a workflow or a compiler's settings may break YAML's rules. */
const objectKeys = /^[ \t{"']*(?:apiVersion|kind)["']?[ \t]*:/m

/** A document that means to be an object, even where it fails to. */
function looksLikeObject({ value }: YamlDocument): boolean {
  if (!isMap(value) || isToolConfiguration(value)) return false
  return value['kind'] !== undefined || value['apiVersion'] !== undefined
}
