// The parameter sets of an ApplicationSet's generators, where they follow from Git alone: list, git directories and files of
// this repository, matrix and merge of these. Clusters, pull requests, SCM and plugins ask services: not evaluated.

import type { FileTree } from '../../manifest/file-tree.ts'
import { parseYaml } from '../../manifest/parse-yaml.ts'
import { selectorMatches } from '../../manifest/label-selector.ts'
import { asList, asMap, asString, isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { whereIs } from './git-url.ts'
import { matchesFilePath, matchesGlob } from './glob.ts'
import { normalizeName } from './go-template-functions.ts'
import type { Expansion, Template } from './expansion.ts'
import { jsonText } from '../../manifest/json-text.ts'

export type Parameters = Expansion<readonly YamlMap[]>

export interface GeneratorContext {
  readonly tree: FileTree
  readonly repoURLs: Iterable<string>
  readonly template: Template
}

const notEvaluated = (reason: string): Parameters => ({ kind: 'not-evaluated', reason })
const wrong = (reason: string): Parameters => ({ kind: 'wrong', reason })
const expanded = (value: readonly YamlMap[]): Parameters => ({ kind: 'expanded', value })

/** The parameter sets of one entry of `generators`, those its selector leaves. */
export function parametersOf(generator: YamlMap, context: GeneratorContext): Parameters {
  const all = allParameters(generator, context)
  const { selector } = generator
  if (all.kind !== 'expanded' || !isMap(selector)) return all
  const chosen = all.value.filter(set => selectorMatches(selector, flatten(set, '')))
  return expanded(chosen)
}

function allParameters(generator: YamlMap, context: GeneratorContext): Parameters {
  if (isMap(generator['list'])) return listParameters(generator['list'], context)
  if (isMap(generator['git'])) return gitParameters(generator['git'], context)
  if (isMap(generator['matrix'])) return matrixParameters(generator['matrix'], context)
  if (isMap(generator['merge'])) return mergeParameters(generator['merge'], context)
  const [name = 'none'] = Object.keys(generator)
  return notEvaluated(`generator "${name}" asks a service`)
}

function listParameters(list: YamlMap, { template }: GeneratorContext): Parameters {
  const elements = asList(list['elements']).map(asMap)
  const written = template.go ? elements : elements.map(flatElement)
  const text = asString(list['elementsYaml']) ?? ''
  if (text === '') return expanded(written)
  const { value, diagnostics } = parseYaml(text, 'elementsYaml')
  const more = value[0]?.value
  if (diagnostics.length > 0 || !isList(more)) return wrong('elementsYaml is no list')
  return expanded([...written, ...more.map(asMap)])
}

/** Without Go templates parameters are flat strings; `values` is the one map. */
function flatElement(element: YamlMap): YamlMap {
  const entries = Object.entries(element).flatMap(([key, value]): readonly (readonly [string, YamlValue])[] => {
    if (key === 'values' && isMap(value))
      return Object.entries(value).map(([name, item]) => [`values.${name}`, item ?? null] as const)
    return [[key, value ?? null]]
  })
  return Object.fromEntries(entries)
}

function gitParameters(git: YamlMap, context: GeneratorContext): Parameters {
  const repoURL = asString(git['repoURL']) ?? ''
  if (whereIs(repoURL, context.repoURLs) !== 'here') return notEvaluated(`repository "${repoURL}" is not this one`)
  const directories = asList(git['directories']).map(asMap)
  const found =
    directories.length > 0
      ? expanded(matchingDirectories(directories, context.tree).map(path => pathParameters(path, git, context)))
      : fileParameters(git, context)
  return found.kind === 'expanded' && isMap(git['values']) ? withValues(found.value, git['values'], context) : found
}

/** `values` of a generator: texts filled from each set, and added to it (applicationset/generators/value_interpolation.go). */
function withValues(sets: readonly YamlMap[], values: YamlMap, { template }: GeneratorContext): Parameters {
  const complete: YamlMap[] = []
  for (const set of sets) {
    const rendered = template.render(values, set)
    if (rendered.kind !== 'expanded') return rendered
    const filled = asMap(rendered.value)
    const flat = Object.fromEntries(Object.entries(filled).map(([key, value]) => [`values.${key}`, value]))
    complete.push(template.go ? mergeMaps(set, { values: filled }) : { ...set, ...flat })
  }
  return expanded(complete)
}

/** Directories of the tree that a pattern includes and none excludes; hidden ones are skipped. */
function matchingDirectories(patterns: readonly YamlMap[], tree: FileTree): readonly string[] {
  const all = new Set<string>()
  for (const path of tree.keys()) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) all.add(path.slice(0, end))
  }
  const matches = (path: string, exclude: boolean): boolean =>
    patterns.some(item => (item['exclude'] === true) === exclude && matchesFilePath(asString(item['path']) ?? '', path))
  return [...all].filter(path => !/(^|\/)\./.test(path) && matches(path, false) && !matches(path, true)).sort()
}

function pathParameters(path: string, git: YamlMap, { template }: GeneratorContext, filename?: string): YamlMap {
  const basename = path.slice(path.lastIndexOf('/') + 1)
  const file: YamlMap = filename === undefined ? {} : { filename, filenameNormalized: normalizeName(filename) }
  const prefix = asString(git['pathParamPrefix']) ?? ''
  const segments = path.split('/')
  if (template.go) {
    const value: YamlMap = { path, basename, basenameNormalized: normalizeName(basename), segments, ...file }
    return prefix === '' ? { path: value } : { [prefix]: { path: value } }
  }
  const name = prefix === '' ? 'path' : `${prefix}.path`
  const flat = { basename, basenameNormalized: normalizeName(basename), ...file }
  return {
    [name]: path,
    ...Object.fromEntries(Object.entries(flat).map(([key, value]) => [`${name}.${key}`, value])),
    ...Object.fromEntries(segments.map((segment, index) => [`${name}[${index}]`, segment])),
  }
}

function fileParameters(git: YamlMap, context: GeneratorContext): Parameters {
  const { tree, template } = context
  const sets: YamlMap[] = []
  const patterns = asList(git['files']).map(asMap)
  const chosen = matchingFiles(patterns, tree)
  if (chosen === undefined)
    return notEvaluated('the file patterns mean different things to the two ways Argo CD can read them')
  for (const file of chosen) {
    const { value, diagnostics } = parseYaml(tree.get(file) ?? '', file)
    if (diagnostics.length > 0) return wrong(`"${file}" cannot be read`)
    const content = value[0]?.value
    const objects = isList(content) ? content.map(asMap) : [asMap(content)]
    const slash = file.lastIndexOf('/')
    const place = pathParameters(slash < 0 ? '.' : file.slice(0, slash), git, context, file.slice(slash + 1))
    for (const object of objects) sets.push({ ...(template.go ? object : flatten(object, '')), ...place })
  }
  return expanded(sets)
}

/** Argo CD reads patterns as Git does, where `*` crosses slashes, or as globs, where it does not. Undefined when that matters. */
function matchingFiles(patterns: readonly YamlMap[], tree: FileTree): readonly string[] | undefined {
  const choose = (separators: string): readonly string[] => {
    const matches = (path: string, exclude: boolean): boolean =>
      patterns.some(
        item =>
          (item['exclude'] === true) === exclude &&
          matchesGlob((asString(item['path']) ?? '').replaceAll('**/', '{**/,}'), path, separators),
      )
    return [...tree.keys()].filter(path => matches(path, false) && !matches(path, true)).sort()
  }
  const asGlob = choose('/')
  return asGlob.join('\n') === choose('').join('\n') ? asGlob : undefined
}

function flatten(value: YamlMap, prefix: string): YamlMap {
  const entries = Object.entries(value).flatMap(([key, item]): readonly (readonly [string, string])[] => {
    if (isMap(item))
      return Object.entries(flatten(item, `${prefix}${key}.`)).map(
        ([name, leaf]) => [name, asString(leaf) ?? ''] as const,
      )
    if (isList(item))
      return item.flatMap((leaf, index) =>
        isMap(leaf) || isList(leaf) ? [] : [[`${prefix}${key}.${index}`, String(leaf)] as const],
      )
    return [[`${prefix}${key}`, String(item)] as const]
  })
  return Object.fromEntries(entries)
}

function matrixParameters(matrix: YamlMap, context: GeneratorContext): Parameters {
  const [first, second, third] = asList(matrix['generators']).map(asMap)
  if (first === undefined || second === undefined || third !== undefined)
    return wrong('a matrix has exactly two generators')
  const outer = parametersOf(first, context)
  if (outer.kind !== 'expanded') return outer
  const sets: YamlMap[] = []
  for (const set of outer.value) {
    const interpolated = context.template.render(second, set)
    if (interpolated.kind !== 'expanded') return interpolated
    const inner = parametersOf(asMap(interpolated.value), context)
    if (inner.kind !== 'expanded') return inner
    for (const other of inner.value) {
      const clash = Object.keys(other).find(key => set[key] !== undefined && set[key] !== other[key])
      if (clash !== undefined && !context.template.go)
        return wrong(`both generators of a matrix set "${clash}", and differently`)
      sets.push(mergeMaps(other, set))
    }
  }
  return expanded(sets)
}

function mergeParameters(merge: YamlMap, context: GeneratorContext): Parameters {
  const all = asList(merge['generators']).map(generator => parametersOf(asMap(generator), context))
  const keys = asList(merge['mergeKeys']).flatMap(key => asString(key) ?? [])
  if (all.length < 2 || keys.length === 0) return wrong('a merge has two generators or more, and merge keys')
  const sets: (readonly YamlMap[])[] = []
  for (const result of all) {
    if (result.kind !== 'expanded') return result
    sets.push(result.value)
  }
  const identity = (set: YamlMap): string => jsonText(keys.map(key => set[key]))
  if (sets.some(each => new Set(each.map(identity)).size !== each.length))
    return wrong('merge keys are not unique within a generator')
  const [base = [], ...others] = sets
  const merged = base.map(set =>
    others.reduce((result, other) => {
      const override = other.find(candidate => identity(candidate) === identity(set))
      return override === undefined ? result : mergeMaps(result, override)
    }, set),
  )
  return expanded(merged)
}

/** Maps merged in depth; the second wins. */
export function mergeMaps(base: YamlMap, over: YamlMap): YamlMap {
  const merged: Record<string, YamlValue | undefined> = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key]
    merged[key] = isMap(below) && isMap(value) ? mergeMaps(below, value) : value
  }
  return merged
}
