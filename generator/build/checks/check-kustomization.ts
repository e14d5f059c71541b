// What a kustomization file says that it should say otherwise, whatever it builds: deprecated fields, labels that reach selectors.

import type { Diagnostic, SourceLocation } from '../../diagnostics/diagnostic.ts'
import { child } from '../../manifest/pointer.ts'
import type { Kustomization } from '../kustomization-file.ts'

interface DeprecatedField {
  readonly replacement: string
  readonly help: string
}

/** https://github.com/kubernetes-sigs/kustomize, api/types/kustomization.go: the fields marked as deprecated. */
const deprecatedFields: { readonly [field in keyof Kustomization]?: DeprecatedField } = {
  bases: { replacement: 'resources', help: 'Move the entries to the end of "resources".' },
  imageTags: { replacement: 'images', help: 'Move the entries to the end of "images".' },
  patchesStrategicMerge: {
    replacement: 'patches',
    help: 'Write each entry under "patches" as "- path: FILE" or "- patch: |-".',
  },
  patchesJson6902: {
    replacement: 'patches',
    help: 'Move the entries to "patches"; "target", "path" and "patch" stay.',
  },
  vars: {
    replacement: 'replacements',
    help: 'Copy the value with an entry of "replacements" for each field that uses it.',
  },
  commonLabels: {
    replacement: 'labels',
    help: 'Write "labels: [{ pairs: { … }, includeSelectors: true }]"; leave includeSelectors out for new labels.',
  },
  helmChartInflationGenerator: { replacement: 'helmCharts', help: 'Move the entries to "helmCharts".' },
}

/**
 * Findings of one kustomization file.
 * @param written the fields as they stand in the file
 * @param at the file
 */
export function checkKustomization(
  written: readonly string[],
  fields: Kustomization,
  at: SourceLocation,
): readonly Diagnostic[] {
  return [...deprecated(written, at), ...emptyLabels(fields, at)]
}

function deprecated(written: readonly string[], at: SourceLocation): readonly Diagnostic[] {
  return written.flatMap(field => {
    const known = Object.entries(deprecatedFields).find(([name]) => name.toLowerCase() === field.toLowerCase())
    if (known === undefined) return []
    const [name, { replacement, help }] = known
    return [
      {
        code: 'kustomize/deprecated-field',
        severity: 'warning',
        message: `"${name}" is deprecated, "${replacement}" takes its place`,
        at: { ...at, pointer: child('', field), on: 'key' },
        help,
      },
    ]
  })
}

function emptyLabels({ labels = [] }: Kustomization, at: SourceLocation): readonly Diagnostic[] {
  return labels.flatMap(({ pairs = {} }, index) =>
    Object.keys(pairs).length > 0
      ? []
      : [
          {
            code: 'kustomize/labels-without-effect',
            severity: 'warning',
            message: 'the entry has no labels to set',
            at: { ...at, pointer: child('', 'labels', index) },
            help: 'Add "pairs", or remove the entry.',
          },
        ],
  )
}
