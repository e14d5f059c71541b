// What `source.kustomize` of an Application does to a kustomization before it is built: Argo CD runs `kustomize edit` in the
// checkout (util/kustomize/kustomize.go), in the order of the steps below. Held against the real `kustomize edit` by a test.

import { asList, asMap, asString, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { editImages } from './kustomize-images.ts'

export type KustomizeEdit =
  | { readonly kind: 'edited'; readonly kustomization: YamlMap }
  /** Argo CD cannot generate manifests. */
  | { readonly kind: 'wrong'; readonly reason: string }

export interface EditContext {
  /** Build environment: ARGOCD_APP_NAME and its like, filled into images, labels and annotations. */
  readonly environment: Readonly<Record<string, string>>
  /** Whether a path, relative to the kustomization, is a directory with one. */
  readonly isKustomization: (path: string) => boolean
}

type Step = (kustomization: YamlMap, options: YamlMap, context: EditContext) => YamlMap | { readonly wrong: string }

/** Options that only choose a binary, or what charts are rendered for: they change no kustomization. */
export const harmlessOptions: ReadonlySet<string> = new Set(['apiVersions', 'kubeVersion', 'version'])

/** A kustomization with the options written into it. */
export function editKustomization(kustomization: YamlMap, options: YamlMap, context: EditContext): KustomizeEdit {
  let edited = kustomization
  for (const step of steps) {
    const result = step(edited, options, context)
    if (typeof result['wrong'] === 'string') return { kind: 'wrong', reason: result['wrong'] }
    edited = result as YamlMap
  }
  return { kind: 'edited', kustomization: edited }
}

function text(options: YamlMap, name: string): string {
  return asString(options[name]) ?? ''
}

function setText(field: string): Step {
  return (kustomization, options) => {
    const value = text(options, field)
    return value === '' ? kustomization : { ...kustomization, [field]: value }
  }
}

const setImages: Step = (kustomization, options, { environment }) => {
  const written = asList(options['images']).map(image => substitute(asString(image) ?? '', environment))
  if (written.length === 0) return kustomization
  const images = editImages(asList(kustomization['images']), written)
  return typeof images === 'string' ? { wrong: images } : { ...kustomization, images }
}

const setReplicas: Step = (kustomization, options) => {
  const written = asList(options['replicas']).map(asMap)
  if (written.length === 0) return kustomization
  const counts = written.map(({ name, count }) => ({
    name: asString(name) ?? '',
    count: Number(asString(count) ?? count),
  }))
  const malformed = counts.find(({ count }) => !Number.isInteger(count))
  if (malformed !== undefined) return { wrong: `replicas of "${malformed.name}" are no whole number` }
  const kept = asList(kustomization['replicas']).filter(
    entry => !counts.some(({ name }) => name === asMap(entry)['name']),
  )
  return { ...kustomization, replicas: [...kept, ...counts] }
}

const addLabels: Step = (kustomization, options, { environment }) => {
  const pairs = substituted(options['commonLabels'], environment)
  if (Object.keys(pairs).length === 0) return kustomization
  const withoutSelector = options['labelWithoutSelector'] === true
  const includeTemplates = options['labelIncludeTemplates'] === true
  if (includeTemplates && !withoutSelector) return { wrong: 'labelIncludeTemplates needs labelWithoutSelector' }
  if (!withoutSelector)
    return addPairs(kustomization, 'commonLabels', pairs, options['forceCommonLabels'] === true, 'label')
  const labels = asList(kustomization['labels'])
  const alike = labels.find(
    entry =>
      isMap(entry) && entry['includeSelectors'] !== true && (entry['includeTemplates'] === true) === includeTemplates,
  )
  const taken = Object.keys(pairs).find(key => asMap(asMap(alike)['pairs'])[key] !== undefined)
  if (taken !== undefined && options['forceCommonLabels'] !== true) return { wrong: alreadyThere('label', taken) }
  const entry = { ...asMap(alike), pairs: { ...asMap(asMap(alike)['pairs']), ...pairs } }
  const added = includeTemplates ? { ...entry, includeTemplates } : entry
  return {
    ...kustomization,
    labels: alike === undefined ? [...labels, added] : labels.map(each => (each === alike ? added : each)),
  }
}

const addAnnotations: Step = (kustomization, options, { environment }) => {
  const written = options['commonAnnotations']
  const pairs = options['commonAnnotationsEnvsubst'] === true ? substituted(written, environment) : asMap(written)
  if (Object.keys(pairs).length === 0) return kustomization
  return addPairs(kustomization, 'commonAnnotations', pairs, options['forceCommonAnnotations'] === true, 'annotation')
}

function addPairs(
  kustomization: YamlMap,
  field: string,
  pairs: YamlMap,
  force: boolean,
  what: string,
): YamlMap | { readonly wrong: string } {
  const before = asMap(kustomization[field])
  const taken = Object.keys(pairs).find(key => before[key] !== undefined)
  if (taken !== undefined && !force) return { wrong: alreadyThere(what, taken) }
  return { ...kustomization, [field]: { ...before, ...pairs } }
}

function alreadyThere(what: string, key: string): string {
  return `${what} "${key}" is in the kustomization already, and kustomize does not overwrite it without force`
}

const addPatches: Step = (kustomization, options) => {
  const patches = asList(options['patches'])
  return patches.length === 0
    ? kustomization
    : { ...kustomization, patches: [...asList(kustomization['patches']), ...patches] }
}

const addComponents: Step = (kustomization, options, { isKustomization }) => {
  const written = asList(options['components']).flatMap(component => asString(component) ?? [])
  const missing = written.filter(path => !isKustomization(path))
  const [first] = missing
  if (first !== undefined && options['ignoreMissingComponents'] !== true)
    return { wrong: `component "${first}" is no kustomization` }
  const before = asList(kustomization['components'])
  const added = written.filter(path => !missing.includes(path) && !before.includes(path))
  return added.length === 0 ? kustomization : { ...kustomization, components: [...before, ...added] }
}

const steps: readonly Step[] = [
  setText('namePrefix'),
  setText('nameSuffix'),
  setImages,
  setReplicas,
  addLabels,
  addAnnotations,
  setText('namespace'),
  addPatches,
  addComponents,
]

function substituted(value: YamlValue | undefined, environment: Readonly<Record<string, string>>): YamlMap {
  return Object.fromEntries(
    Object.entries(asMap(value)).map(([key, item]) => [key, substitute(asString(item) ?? '', environment)]),
  )
}

/** `$NAME`, `${NAME}` and `$$`, as os.Expand of Go reads them; what is not set is empty. */
export function substitute(written: string, environment: Readonly<Record<string, string>>): string {
  return written.replaceAll(/\$(?:\$|\{([^}]*)\}|([A-Za-z_]\w*))/g, (_, braced?: string, plain?: string) => {
    const name = braced ?? plain
    if (name === undefined || name === '$') return '$'
    return Object.hasOwn(environment, name) ? (environment[name] ?? '') : ''
  })
}
