// The schemas of Kustomize's two kinds, written from its reference documentation
// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/) and the fields kustomize 5.8 reads.

/* oxlint-disable max-lines -- a table */

import type { Schema } from './scalar-schema.ts'

const object = (properties: Record<string, Schema>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  ...(required.length === 0 ? {} : { required }),
})

const selector = {
  group: 'string',
  version: 'string',
  kind: 'string',
  name: 'string',
  namespace: 'string',
  labelSelector: 'string',
  annotationSelector: 'string',
}

const generatorOptions = object({
  labels: '{}string',
  annotations: '{}string',
  disableNameSuffixHash: 'boolean',
  immutable: 'boolean',
})

const generator = {
  name: 'string',
  namespace: 'string',
  behavior: '=create|replace|merge',
  literals: '[]string',
  files: '[]string',
  envs: '[]string',
  env: 'string',
  options: generatorOptions,
}

const patchTarget = object(selector)

const patch = object({ path: 'string', patch: 'string', target: patchTarget, options: '{}boolean' })

const fieldSpec = object({ group: 'string', version: 'string', kind: 'string', path: 'string', create: 'boolean' })

const fieldOptions = object({ delimiter: 'string', index: 'integer', encoding: 'string', create: 'boolean' })

const replacement = object({
  path: 'string',
  source: object({
    group: 'string',
    version: 'string',
    kind: 'string',
    name: 'string',
    namespace: 'string',
    fieldPath: 'string',
    options: fieldOptions,
  }),
  sourceValue: 'string',
  targets: {
    type: 'array',
    items: object({
      select: object(selector),
      reject: { type: 'array', items: object(selector) },
      fieldPaths: '[]string',
      options: fieldOptions,
    }),
  },
})

const helmChart = object({
  name: 'string',
  version: 'string',
  repo: 'string',
  releaseName: 'string',
  namespace: 'string',
  additionalValuesFiles: '[]string',
  valuesFile: 'string',
  valuesInline: 'object',
  valuesMerge: '=merge|override|replace',
  includeCRDs: 'boolean',
  skipHooks: 'boolean',
  skipTests: 'boolean',
  apiVersions: '[]string',
  kubeVersion: 'string',
  nameTemplate: 'string',
  debug: 'boolean',
  devel: 'boolean',
})

/** What Kustomization and Component share: everything. */
export const kustomization: Schema = object({
  openapi: '{}string',
  namePrefix: 'string',
  nameSuffix: 'string',
  namespace: 'string',
  commonLabels: '{}string',
  labels: {
    type: 'array',
    items: object({
      pairs: '{}string',
      includeSelectors: 'boolean',
      includeTemplates: 'boolean',
      fields: { type: 'array', items: fieldSpec },
    }),
  },
  commonAnnotations: '{}string',
  patchesStrategicMerge: '[]string',
  patchesJson6902: { type: 'array', items: patch },
  patches: { type: 'array', items: patch },
  images: {
    type: 'array',
    items: object({ name: 'string', newName: 'string', newTag: 'string', tagSuffix: 'string', digest: 'string' }),
  },
  imageTags: { type: 'array', items: object({ name: 'string', newName: 'string', newTag: 'string', digest: 'string' }) },
  replacements: { type: 'array', items: replacement },
  replicas: { type: 'array', items: object({ name: 'string', count: 'int64' }) },
  vars: {
    type: 'array',
    items: object({
      name: 'string',
      objref: object({
        apiVersion: 'string',
        group: 'string',
        version: 'string',
        kind: 'string',
        name: 'string',
        namespace: 'string',
      }),
      fieldref: object({ fieldpath: 'string', fieldPath: 'string' }),
    }),
  },
  sortOptions: object({
    order: '=legacy|fifo',
    legacySortOptions: object({ orderFirst: '[]string', orderLast: '[]string' }),
  }),
  resources: '[]string',
  components: '[]string',
  crds: '[]string',
  bases: '[]string',
  configMapGenerator: { type: 'array', items: object(generator) },
  secretGenerator: { type: 'array', items: object({ ...generator, type: 'string' }) },
  generatorOptions,
  helmGlobals: object({ chartHome: 'string', configHome: 'string' }),
  helmCharts: { type: 'array', items: helmChart },
  helmChartInflationGenerator: { type: 'array', items: 'object' },
  configurations: '[]string',
  generators: '[]string',
  transformers: '[]string',
  validators: '[]string',
  buildMetadata: '[]=managedByLabel|originAnnotations|transformerAnnotations',
})

export const kustomizeKinds: readonly { readonly apiVersion: string; readonly kind: string }[] = [
  { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' },
  { apiVersion: 'kustomize.config.k8s.io/v1', kind: 'Kustomization' },
  { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' },
]
