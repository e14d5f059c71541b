/* oxlint-disable max-lines -- a table */
// The fields of a kustomization file and of the files it refers to, with their types.
// Follows api/types of kustomize 5.8.

import type { Shape } from './struct-decoder.ts'

const texts: Shape = { list: 'string' }
const textMap: Shape = { map: 'string' }

const gvk = { group: 'string', version: 'string', kind: 'string' } as const

export const fieldSpecShape: Shape = { fields: { ...gvk, path: 'string', create: 'boolean' } }

export const selectorShape: Shape = {
  fields: { ...gvk, name: 'string', namespace: 'string', labelSelector: 'string', annotationSelector: 'string' },
}

export const patchShape: Shape = {
  fields: {
    path: 'string',
    patch: 'string',
    target: selectorShape,
    options: { fields: { allowNameChange: 'boolean', allowKindChange: 'boolean' } },
  },
}

export const imageShape: Shape = {
  fields: { name: 'string', newName: 'string', tagSuffix: 'string', newTag: 'string', digest: 'string' },
}

export const replicaShape: Shape = { fields: { name: 'string', count: 'integer' } }

const fieldOptions: Shape = {
  fields: { delimiter: 'string', index: 'integer', encoding: 'string', create: 'boolean' },
}

export const replacementShape: Shape = {
  fields: {
    path: 'string',
    source: {
      fields: { ...gvk, name: 'string', namespace: 'string', fieldPath: 'string', options: fieldOptions },
    },
    sourceValue: 'string',
    targets: {
      list: {
        fields: { select: selectorShape, reject: { list: selectorShape }, fieldPaths: texts, options: fieldOptions },
      },
    },
  },
}

const generatorOptions: Shape = {
  fields: { labels: textMap, annotations: textMap, disableNameSuffixHash: 'boolean', immutable: 'boolean' },
}

const generatorFields = {
  name: 'string',
  namespace: 'string',
  behavior: 'string',
  literals: texts,
  files: texts,
  envs: texts,
  env: 'string',
  options: generatorOptions,
} as const

export const configMapShape: Shape = { fields: generatorFields }
export const secretShape: Shape = { fields: { ...generatorFields, type: 'string' } }

export const kustomizationShape: Shape = {
  fields: {
    kind: 'string',
    apiVersion: 'string',
    metadata: { fields: { name: 'string', namespace: 'string', labels: textMap, annotations: textMap } },
    openapi: textMap,
    namePrefix: 'string',
    nameSuffix: 'string',
    namespace: 'string',
    commonLabels: textMap,
    labels: {
      list: {
        fields: {
          pairs: textMap,
          includeSelectors: 'boolean',
          includeTemplates: 'boolean',
          fields: { list: fieldSpecShape },
        },
      },
    },
    commonAnnotations: textMap,
    patchesStrategicMerge: texts,
    patchesJson6902: { list: patchShape },
    patches: { list: patchShape },
    images: { list: imageShape },
    imageTags: { list: imageShape },
    replacements: { list: replacementShape },
    replicas: { list: replicaShape },
    vars: {
      list: {
        fields: {
          name: 'string',
          objref: { fields: { apiVersion: 'string', ...gvk, name: 'string', namespace: 'string' } },
          fieldref: { fields: { fieldPath: 'string' } },
        },
      },
    },
    sortOptions: {
      fields: { order: 'string', legacySortOptions: { fields: { orderFirst: texts, orderLast: texts } } },
    },
    resources: texts,
    components: texts,
    crds: texts,
    bases: texts,
    configMapGenerator: { list: configMapShape },
    secretGenerator: { list: secretShape },
    helmGlobals: 'any',
    helmCharts: { list: 'any' },
    helmChartInflationGenerator: { list: 'any' },
    generatorOptions,
    configurations: texts,
    generators: texts,
    transformers: texts,
    validators: texts,
    buildMetadata: texts,
  },
}

const fieldSpecs: Shape = { list: fieldSpecShape }

/** A file of `configurations:`. */
export const configurationShape: Shape = {
  fields: {
    namePrefix: fieldSpecs,
    nameSuffix: fieldSpecs,
    namespace: fieldSpecs,
    commonLabels: fieldSpecs,
    labels: fieldSpecs,
    templateLabels: fieldSpecs,
    commonAnnotations: fieldSpecs,
    nameReference: { list: { fields: { ...gvk, fieldSpecs } } },
    varReference: fieldSpecs,
    images: fieldSpecs,
    replicas: fieldSpecs,
  },
}
