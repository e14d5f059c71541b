// The steps that `labels:` and `commonLabels:` configure.
// Follows the LabelTransformer part of api/internal/target/kusttarget_configplugin.go.

import type { DirectoryBuild } from './build-context.ts'
import { placing } from './build-fault.ts'
import { fieldSpec, type FieldSpec } from './field-spec.ts'
import { anyGvk } from './gvk.ts'
import type { LabelArgs } from './kustomization-file.ts'
import { fieldSpecs } from './load-configurations.ts'
import { entriesAt } from './locate-source.ts'
import type { ResourceList } from './resource-list.ts'
import type { Step } from './step.ts'
import { setEntries } from './transform/set-entries.ts'
import { mergeFieldSpecs, type TransformerConfig } from './transformer-config.ts'

const metadataLabels = fieldSpec({ ...anyGvk, path: 'metadata/labels', create: true })

/** One step for each entry of `labels`, and one for `commonLabels`, which runs (and is reported) even when it is empty. */
export function labelSteps(build: DirectoryBuild, config: TransformerConfig): readonly Step[] {
  const { labels = [], commonLabels } = build.fields
  if (labels.length === 0 && (commonLabels === undefined || Object.keys(commonLabels).length === 0)) return []
  const own = labels.map((label, index) => {
    const at = build.at('labels', index)
    const specs = placing(at, () => labelFieldSpecs(label, config))
    return {
      at,
      run: (resources: ResourceList) => setEntries(resources.all, label.pairs, specs),
      source: entriesAt(build.at('labels', index, 'pairs'), label.pairs),
    }
  })
  const common = {
    at: build.at('commonLabels'),
    run: (resources: ResourceList) => setEntries(resources.all, commonLabels, config.commonLabels),
    source: entriesAt(build.at('commonLabels'), commonLabels),
  }
  return [...own, common]
}

function labelFieldSpecs(label: LabelArgs, config: TransformerConfig): readonly FieldSpec[] {
  const configured = mergeFieldSpecs(fieldSpecs(label.fields), config.labels)
  if (label.includeSelectors === true) return mergeFieldSpecs(configured, config.commonLabels)
  const templates = label.includeTemplates === true ? mergeFieldSpecs(configured, config.templateLabels) : configured
  return mergeFieldSpecs(templates, [metadataLabels])
}
