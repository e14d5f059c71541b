// What Argo CD makes of a directory without a tool: every file that looks like a manifest, in order of the files
// (reposerver/repository/repository.go, findManifests; docs/user-guide/directory.md).

import { filesUnder, type FileTree } from '../../../manifest/file-tree.ts'
import { parseYaml } from '../../../manifest/parse-yaml.ts'
import { groupOf, toResource, type Resource } from '../../../manifest/resource.ts'
import { asMap, asString, isList, type YamlMap } from '../../../manifest/value.ts'
import { matchesGlob } from '../../../argocd/simulate/glob.ts'
import type { SourceState } from './repository.ts'

type Found = { readonly resources: readonly Resource[] } | { readonly wrong: string }

/** A file that says so is passed over, whatever is in it. */
const skipMarker = '+argocd:skip-file-rendering'

/** @param settings `source.directory` */
export function plainDirectory(settings: YamlMap, directory: string, tree: FileTree): SourceState {
  const files = chosenFiles(settings, directory, tree)
  const jsonnet = files.find(file => file.endsWith('.jsonnet'))
  if (jsonnet !== undefined) return { kind: 'not-evaluated', reason: `jsonnet renders "${jsonnet}"` }
  const resources: Resource[] = []
  for (const file of files) {
    const found = manifestsIn(file, tree)
    if ('wrong' in found)
      return {
        kind: 'wrong',
        reason: found.wrong,
        help: 'Correct the file, or leave it out with directory.exclude.',
      }
    resources.push(...found.resources)
  }
  return { kind: 'rendered', directory, resources }
}

function chosenFiles(settings: YamlMap, directory: string, tree: FileTree): readonly string[] {
  const start = directory === '' ? 0 : directory.length + 1
  const include = asString(settings['include']) ?? ''
  const exclude = asString(settings['exclude']) ?? ''
  return filesUnder(tree, directory).filter(path => {
    const inside = path.slice(start)
    if (!/\.(ya?ml|json|jsonnet)$/.test(inside)) return false
    if (inside.includes('/') && settings['recurse'] !== true) return false
    if (exclude !== '' && matchesGlob(exclude, inside)) return false
    return (include === '' || matchesGlob(include, inside)) && tree.get(path)?.includes(skipMarker) !== true
  })
}

/** YAML that is no manifest is passed over, unless it looks like one; JSON that is none is an error. */
function manifestsIn(file: string, tree: FileTree): Found {
  const text = tree.get(file) ?? ''
  const { value, diagnostics } = parseYaml(text, file)
  // Of two equal keys Argo CD reads the last one.
  const broken = diagnostics.find(({ severity, code }) => severity === 'error' && code !== 'yaml/duplicate-key')
  if (broken !== undefined) return unreadable(file, text, broken.message)
  const resources: Resource[] = []
  for (const { value: object, document } of value) {
    if (object === null || object === undefined) continue
    const kind = asString(asMap(object)['kind']) ?? ''
    if (kind === '')
      return resources.length > 0 || file.endsWith('.json') ? halfManifest(file) : unreadable(file, text, noKind)
    if (groupOf(asString(asMap(object)['apiVersion']) ?? '') === 'kustomize.config.k8s.io') {
      return { wrong: `Argo CD takes "${file}" for a manifest, and no cluster has a kind "${kind}"` }
    }
    resources.push(...expanded(asMap(object), { file, document }))
  }
  return { resources }
}

const noKind = 'an object has no kind'

function halfManifest(file: string): Found {
  return { wrong: `Argo CD takes "${file}" for manifests, and one of its documents has no kind` }
}

function unreadable(file: string, text: string, reason: string): Found {
  const looksLikeManifest = ['apiVersion:', 'kind:', 'metadata:'].every(word => text.includes(word))
  return looksLikeManifest ? { wrong: `Argo CD cannot read "${file}": ${reason}` } : { resources: [] }
}

/** Any object with a list of items is taken for a list of objects. */
function expanded(object: YamlMap, source: Resource['source']): readonly Resource[] {
  const { items } = object
  if (!isList(items)) {
    const resource = toResource(object, source)
    return resource === undefined ? [] : [resource]
  }
  return items.flatMap((item, index) => toResource(item, { ...source, pointer: `/items/${index}` }) ?? [])
}
