// The kustomization file: its fields, how it is read, and the spellings it still accepts.
// Follows api/types/kustomization.go.

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import type { YamlMap, YamlValue } from '../manifest/value.ts'
import { refuse } from './build-fault.ts'
import { decode, type Shape } from './struct-decoder.ts'
import { kustomizationShape } from './kustomization-shape.ts'

export interface FieldSpecArgs {
  readonly group?: string
  readonly version?: string
  readonly kind?: string
  readonly path?: string
  readonly create?: boolean
}

export interface SelectorArgs {
  readonly group?: string
  readonly version?: string
  readonly kind?: string
  readonly name?: string
  readonly namespace?: string
  readonly labelSelector?: string
  readonly annotationSelector?: string
}

export interface PatchArgs {
  readonly path?: string
  readonly patch?: string
  readonly target?: SelectorArgs
  readonly options?: { readonly allowNameChange?: boolean; readonly allowKindChange?: boolean }
}

export interface LabelArgs {
  readonly pairs?: { readonly [key: string]: string }
  readonly includeSelectors?: boolean
  readonly includeTemplates?: boolean
  readonly fields?: readonly FieldSpecArgs[]
}

export interface ImageArgs {
  readonly name?: string
  readonly newName?: string
  readonly tagSuffix?: string
  readonly newTag?: string
  readonly digest?: string
}

export interface ReplicaArgs {
  readonly name?: string
  readonly count?: number
}

export interface FieldOptions {
  readonly delimiter?: string
  readonly index?: number
  readonly encoding?: string
  readonly create?: boolean
}

export interface ReplacementArgs {
  readonly path?: string
  readonly source?: {
    readonly group?: string
    readonly version?: string
    readonly kind?: string
    readonly name?: string
    readonly namespace?: string
    readonly fieldPath?: string
    readonly options?: FieldOptions
  }
  readonly sourceValue?: string
  readonly targets?: readonly {
    readonly select?: SelectorArgs
    readonly reject?: readonly SelectorArgs[]
    readonly fieldPaths?: readonly string[]
    readonly options?: FieldOptions
  }[]
}

export interface GeneratorOptions {
  readonly labels?: { readonly [key: string]: string }
  readonly annotations?: { readonly [key: string]: string }
  readonly disableNameSuffixHash?: boolean
  readonly immutable?: boolean
}

export interface GeneratorArgs {
  readonly name?: string
  readonly namespace?: string
  readonly behavior?: string
  readonly literals?: readonly string[]
  readonly files?: readonly string[]
  readonly envs?: readonly string[]
  readonly env?: string
  readonly options?: GeneratorOptions
  /** Secrets only. */
  readonly type?: string
}

export interface VariableArgs {
  readonly name?: string
  readonly objref?: {
    readonly apiVersion?: string
    readonly group?: string
    readonly version?: string
    readonly kind?: string
    readonly name?: string
    readonly namespace?: string
  }
  readonly fieldref?: { readonly fieldPath?: string }
}

export interface SortOptions {
  readonly order?: string
  readonly legacySortOptions?: { readonly orderFirst?: readonly string[]; readonly orderLast?: readonly string[] }
}

export interface Kustomization {
  readonly kind?: string
  readonly apiVersion?: string
  readonly openapi?: { readonly [key: string]: string }
  readonly namePrefix?: string
  readonly nameSuffix?: string
  readonly namespace?: string
  readonly commonLabels?: { readonly [key: string]: string }
  readonly labels?: readonly LabelArgs[]
  readonly commonAnnotations?: { readonly [key: string]: string }
  readonly patchesStrategicMerge?: readonly string[]
  readonly patchesJson6902?: readonly PatchArgs[]
  readonly patches?: readonly PatchArgs[]
  readonly images?: readonly ImageArgs[]
  readonly imageTags?: readonly ImageArgs[]
  readonly replacements?: readonly ReplacementArgs[]
  readonly replicas?: readonly ReplicaArgs[]
  readonly vars?: readonly VariableArgs[]
  readonly sortOptions?: SortOptions
  readonly resources?: readonly string[]
  readonly components?: readonly string[]
  readonly crds?: readonly string[]
  readonly bases?: readonly string[]
  readonly configMapGenerator?: readonly GeneratorArgs[]
  readonly secretGenerator?: readonly GeneratorArgs[]
  readonly helmGlobals?: YamlMap
  readonly helmCharts?: readonly YamlValue[]
  readonly helmChartInflationGenerator?: readonly YamlValue[]
  readonly generatorOptions?: GeneratorOptions
  readonly configurations?: readonly string[]
  readonly generators?: readonly string[]
  readonly transformers?: readonly string[]
  readonly validators?: readonly string[]
  readonly buildMetadata?: readonly string[]
}

/** The names a kustomization file may have. */
export const kustomizationFileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']

const componentVersion = 'kustomize.config.k8s.io/v1alpha1'
const kustomizationVersion = 'kustomize.config.k8s.io/v1beta1'

/** Reads a kustomization out of its file's data; refuses what kustomize refuses. */
export function readKustomization(value: YamlValue | undefined, at: SourceLocation): Kustomization {
  const code = 'kustomize/kustomization'
  const read = decode<Kustomization | undefined>(value, kustomizationShape as Shape, { code, at }) ?? {}
  if (Object.keys(read).every(field => field === 'kind' || field === 'apiVersion')) {
    refuse(code, 'the kustomization is empty', { at, help: 'Add resources, components or another field.' })
  }
  enforceType(read, at)
  const { bases, imageTags, ...rest } = read
  return {
    ...rest,
    ...(bases === undefined ? {} : { resources: [...(rest.resources ?? []), ...bases] }),
    ...(imageTags === undefined ? {} : { images: [...(rest.images ?? []), ...imageTags] }),
  }
}

export function isComponent(kustomization: Kustomization): boolean {
  return kustomization.kind === 'Component'
}

function enforceType({ kind, apiVersion }: Kustomization, at: SourceLocation): void {
  if (kind !== undefined && kind !== '' && kind !== 'Kustomization' && kind !== 'Component') {
    refuse('kustomize/kustomization', `kind is "${kind}", allowed: Kustomization, Component`, {
      at: { ...at, pointer: '/kind' },
      help: 'Write "kind: Kustomization".',
    })
  }
  const required = kind === 'Component' ? componentVersion : kustomizationVersion
  if (apiVersion !== undefined && apiVersion !== '' && apiVersion !== required) {
    refuse(
      'kustomize/kustomization',
      `apiVersion is "${apiVersion}", for a ${kind ?? 'Kustomization'} it must be ${required}`,
      {
        at: { ...at, pointer: '/apiVersion' },
        help: `Write "apiVersion: ${required}".`,
      },
    )
  }
}
