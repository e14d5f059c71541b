// Which fields the built-in transformers touch: the defaults, merged with `configurations:` and `crds:`.
// Follows api/internal/plugins/builtinconfig (transformerconfig.go, namebackreferences.go) and api/types/fieldspec.go.

import { refuse } from './build-fault.ts'
import { defaultFieldSpecs } from './default-field-specs.ts'
import type { FieldSpec } from './field-spec.ts'
import { compareGvk, gvkIsSelected, type Gvk } from './gvk.ts'

export interface NameBackReference {
  readonly gvk: Gvk
  readonly referrers: readonly FieldSpec[]
}

export interface TransformerConfig {
  readonly namePrefix: readonly FieldSpec[]
  readonly nameSuffix: readonly FieldSpec[]
  readonly namespace: readonly FieldSpec[]
  readonly commonLabels: readonly FieldSpec[]
  readonly labels: readonly FieldSpec[]
  readonly templateLabels: readonly FieldSpec[]
  readonly commonAnnotations: readonly FieldSpec[]
  readonly nameReference: readonly NameBackReference[]
  readonly varReference: readonly FieldSpec[]
  readonly images: readonly FieldSpec[]
  readonly replicas: readonly FieldSpec[]
}

export const emptyConfig: TransformerConfig = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  commonLabels: [],
  labels: [],
  templateLabels: [],
  commonAnnotations: [],
  nameReference: [],
  varReference: [],
  images: [],
  replicas: [],
}

/** Each list is made and sorted when it is first asked for: most builds need few of them. */
export const defaultConfig: TransformerConfig = {
  get namePrefix() {
    return defaults('namePrefix')
  },
  get nameSuffix() {
    return defaults('nameSuffix')
  },
  get namespace() {
    return defaults('namespace')
  },
  get commonLabels() {
    return defaults('commonLabels')
  },
  get labels() {
    return defaults('labels')
  },
  get templateLabels() {
    return defaults('templateLabels')
  },
  get commonAnnotations() {
    return defaults('commonAnnotations')
  },
  get nameReference() {
    return (backReferences ??= sortBackReferences(defaultFieldSpecs.nameReference()))
  },
  get varReference() {
    return defaults('varReference')
  },
  get images() {
    return defaults('images')
  },
  get replicas() {
    return defaults('replicas')
  },
}

const lists = new Map<string, readonly FieldSpec[]>()
let backReferences: readonly NameBackReference[] | undefined

function defaults(name: Exclude<keyof TransformerConfig, 'nameReference'>): readonly FieldSpec[] {
  let list = lists.get(name)
  if (list === undefined) lists.set(name, (list = defaultFieldSpecs[name]().toSorted(compareGvk)))
  return list
}

/** Both configurations; what `added` repeats is not doubled. */
export function mergeConfigs(base: TransformerConfig, added: TransformerConfig): TransformerConfig {
  if (added === base || added === emptyConfig) return base
  // The defaults overlap nowhere; other lists, sorted, may: then a general spec after a special one counts as covered by it.
  if (base === emptyConfig && added === defaultConfig) return added
  return sortConfig({
    namePrefix: mergeFieldSpecs(base.namePrefix, added.namePrefix),
    nameSuffix: mergeFieldSpecs(base.nameSuffix, added.nameSuffix),
    namespace: mergeFieldSpecs(base.namespace, added.namespace),
    commonLabels: mergeFieldSpecs(base.commonLabels, added.commonLabels),
    labels: mergeFieldSpecs(base.labels, added.labels),
    templateLabels: mergeFieldSpecs(base.templateLabels, added.templateLabels),
    commonAnnotations: mergeFieldSpecs(base.commonAnnotations, added.commonAnnotations),
    nameReference: added.nameReference.reduce(mergeBackReference, base.nameReference),
    varReference: mergeFieldSpecs(base.varReference, added.varReference),
    images: mergeFieldSpecs(base.images, added.images),
    replicas: mergeFieldSpecs(base.replicas, added.replicas),
  })
}

/** Adds the specs that are not yet covered; two that agree on the field but not on `create` are refused. */
export function mergeFieldSpecs(base: readonly FieldSpec[], added: readonly FieldSpec[]): readonly FieldSpec[] {
  const merged = [...base]
  for (const spec of added) {
    const known = merged.find(other => other.path === spec.path && gvkIsSelected(other, spec))
    if (known === undefined) merged.push(spec)
    else if (known.create !== spec.create) {
      refuse('kustomize/field-spec-conflict', `the field "${spec.path}" is configured both with and without "create"`, {
        help: 'Give the field the same "create" everywhere.',
      })
    }
  }
  return merged
}

function mergeBackReference(
  base: readonly NameBackReference[],
  added: NameBackReference,
): readonly NameBackReference[] {
  const index = base.findIndex(({ gvk }) => sameGvk(gvk, added.gvk))
  const known = base[index]
  if (known === undefined) return [...base, added]
  return base.with(index, { gvk: known.gvk, referrers: mergeFieldSpecs(known.referrers, added.referrers) })
}

function sameGvk(a: Gvk, b: Gvk): boolean {
  return a.group === b.group && a.version === b.version && a.kind === b.kind
}

function sortConfig(config: TransformerConfig): TransformerConfig {
  const sorted = (specs: readonly FieldSpec[]): readonly FieldSpec[] => specs.toSorted(compareGvk)
  return {
    namePrefix: sorted(config.namePrefix),
    nameSuffix: sorted(config.nameSuffix),
    namespace: sorted(config.namespace),
    commonLabels: sorted(config.commonLabels),
    labels: sorted(config.labels),
    templateLabels: sorted(config.templateLabels),
    commonAnnotations: sorted(config.commonAnnotations),
    nameReference: sortBackReferences(config.nameReference),
    varReference: sorted(config.varReference),
    images: sorted(config.images),
    replicas: sorted(config.replicas),
  }
}

function sortBackReferences(references: readonly NameBackReference[]): readonly NameBackReference[] {
  return references.toSorted((a, b) => compareGvk(a.gvk, b.gvk))
}
