// The steps of one kustomization directory, in kustomize's order.
// Follows api/internal/target/kusttarget.go (runGenerators, runTransformers, runValidators) and kusttarget_configplugin.go.

import type { SourceLocation } from '../diagnostics/diagnostic.ts'
import type { Accumulator } from './accumulator.ts'
import type { DirectoryBuild } from './build-context.ts'
import { placing, refuse } from './build-fault.ts'
import { idText, type BuildResource, type Memory } from './build-resource.ts'
import { unmatchedImage, unmatchedReplacement } from './checks/unmatched.ts'
import { generateConfig, withGlobalOptions } from './generate/generate-config.ts'
import { joinOrigin } from './join-origin.ts'
import { configuredAt, entriesAt } from './locate-source.ts'
import type { Origin } from './origin-annotation.ts'
import { loadPatch, loadJsonPatch, loadStrategicPatches } from './load-patches.ts'
import { loadReplacements } from './load-replacements.ts'
import { externalGenerators, externalTransformers } from './plugins.ts'
import { ResourceList } from './resource-list.ts'
import { labelSteps } from './label-steps.ts'
import type { Step } from './step.ts'
import { affixNames } from './transform/affix-names.ts'
import { applyReplacements } from './transform/apply-replacements.ts'
import { setEntries } from './transform/set-entries.ts'
import { setImages } from './transform/set-images.ts'
import { setNamespace } from './transform/set-namespace.ts'
import { setReplicas } from './transform/set-replicas.ts'
import type { TransformerConfig } from './transformer-config.ts'

/** A field of the kustomization file and the transformers it configures. */
interface Stage {
  readonly transformer: string
  readonly steps: (build: DirectoryBuild, config: TransformerConfig) => readonly Step[]
}

const stages: readonly Stage[] = [
  {
    transformer: 'PatchStrategicMergeTransformer',
    steps: build => {
      const patches = build.fields.patchesStrategicMerge ?? []
      return patches.length === 0
        ? []
        : [{ at: build.at('patchesStrategicMerge'), run: loadStrategicPatches(build, patches) }]
    },
  },
  {
    transformer: 'PatchTransformer',
    steps: build =>
      (build.fields.patches ?? []).map((patch, index) => {
        const at = build.at('patches', index)
        return { at, run: placing(at, () => loadPatch(build, patch, at)) }
      }),
  },
  {
    transformer: 'NamespaceTransformer',
    steps: (build, config) => {
      const { namespace = '' } = build.fields
      const options = { namespace, fieldSpecs: config.namespace }
      return namespace === ''
        ? []
        : [{ at: build.at('namespace'), run: (resources: ResourceList) => setNamespace(resources, options) }]
    },
  },
  {
    transformer: 'PrefixTransformer',
    steps: (build, config) => affixSteps(build, 'namePrefix', config),
  },
  {
    transformer: 'SuffixTransformer',
    steps: (build, config) => affixSteps(build, 'nameSuffix', config),
  },
  { transformer: 'LabelTransformer', steps: labelSteps },
  {
    transformer: 'AnnotationsTransformer',
    steps: (build, config) => {
      const { commonAnnotations } = build.fields
      if (commonAnnotations === undefined || Object.keys(commonAnnotations).length === 0) return []
      return [
        {
          at: build.at('commonAnnotations'),
          run: resources => setEntries(resources.all, commonAnnotations, config.commonAnnotations),
          source: entriesAt(build.at('commonAnnotations'), commonAnnotations),
        },
      ]
    },
  },
  {
    transformer: 'PatchJson6902Transformer',
    steps: build =>
      (build.fields.patchesJson6902 ?? []).map((patch, index) => {
        const at = build.at('patchesJson6902', index)
        return { at, run: placing(at, () => loadJsonPatch(build, patch, at)) }
      }),
  },
  {
    transformer: 'ReplicaCountTransformer',
    steps: (build, config) =>
      (build.fields.replicas ?? []).map((replica, index) => ({
        at: build.at('replicas', index),
        run: resources => setReplicas(resources, replica, config.replicas),
      })),
  },
  {
    transformer: 'ImageTagTransformer',
    steps: (build, config) =>
      (build.fields.images ?? []).map((image, index) => ({
        at: build.at('images', index),
        run: resources => {
          const at = build.at('images', index)
          if (!setImages(resources.all, image, config.images)) resources.findings?.push(unmatchedImage(image.name, at))
        },
      })),
  },
  {
    transformer: 'ReplacementTransformer',
    steps: build => {
      const { replacements = [] } = build.fields
      if (replacements.length === 0) return []
      const loaded = loadReplacements(build, replacements)
      return [
        {
          at: build.at('replacements'),
          run: resources =>
            applyReplacements(resources.all, loaded, {
              placed: (replacement, run) => placing(replacementAt(build, replacement), run),
              unmatched: (replacement, target) => {
                resources.findings?.push(unmatchedReplacement(build.at('replacements'), replacement, target))
              },
            }),
        },
      ]
    },
  },
]

export function runGenerators(build: DirectoryBuild, into: Accumulator): void {
  const { configMapGenerator = [], secretGenerator = [], generatorOptions } = build.fields
  refuseHelm(build)
  const generated = [
    ...configMapGenerator.map(
      (args, index) => ({ kind: 'ConfigMap', args, at: build.at('configMapGenerator', index) }) as const,
    ),
    ...secretGenerator.map(
      (args, index) => ({ kind: 'Secret', args, at: build.at('secretGenerator', index) }) as const,
    ),
  ]
  for (const { kind, args, at } of generated) {
    placing(at, () => {
      const resource = generateConfig(kind, withGlobalOptions(args, generatorOptions), build.loader, at)
      absorb(into, [resource], builtInOrigin(build, `${kind}Generator`))
    })
  }
  for (const { at, origin, run } of externalGenerators(build)) placing(at, () => absorb(into, run(), origin))
}

function absorb(into: Accumulator, resources: readonly BuildResource[], origin: Origin | undefined): void {
  if (origin !== undefined) for (const resource of resources) resource.memory.origin ??= origin
  into.resources.absorb(resources)
  into.resources.findings?.push(...resources.flatMap(({ silences }) => silences ?? []))
  for (const resource of resources) into.resources.observe([resource], configuredAt(resource.readFrom, 'generator'))
}

function refuseHelm(build: DirectoryBuild): void {
  for (const field of ['helmCharts', 'helmChartInflationGenerator'] as const) {
    if ((build.fields[field] ?? []).length === 0) continue
    refuse('kustomize/helm-chart', `"${field}" renders a Helm chart, which this build does not do`, {
      at: build.at(field),
      help: 'Render the chart with helm template, commit the result, and list it under "resources".',
    })
  }
}

export function runTransformers(build: DirectoryBuild, gathered: Accumulator): void {
  const configured = stages.flatMap(({ transformer, steps }) => {
    const origin = builtInOrigin(build, transformer)
    return steps(build, gathered.config).map(step => (origin === undefined ? step : { ...step, origin }))
  })
  for (const step of [...configured, ...externalTransformers(build, 'transformers')]) runStep(step, gathered.resources)
}

function runStep({ at, origin, run, source }: Step, resources: ResourceList): void {
  placing(at, () => run(resources))
  resources.observe(resources.all, source ?? configuredAt(at))
  if (origin !== undefined) for (const resource of resources.all) reportTransformation(resource, origin)
  resources.dropRemoved()
}

function reportTransformation({ memory }: BuildResource, origin: Origin): void {
  if (memory.origin === undefined) memory.origin = origin
  else memory.transformations = [...memory.transformations, origin]
}

/** Validators are transformers that may look, but not touch: writing what was there before is touching, too (resource.go: ErrIfNotEquals). */
export function runValidators(build: DirectoryBuild, { resources }: Accumulator): void {
  // While origins are asked for, the plain build has been through this already.
  if (resources.tracking) return
  for (const { at, run } of externalTransformers(build, 'validators')) {
    const touched = new Set<BuildResource>()
    const copies = resources.all.map(resource => {
      const copy = resource.fork()
      copy.watch(() => touched.add(resource))
      return copy
    })
    const shown = new ResourceList({ tracking: false, checks: false })
    shown.append(copies)
    placing(at, () => run(shown))
    const changed = resources.all.find(
      (resource, index) => touched.has(resource) || !sameNotes(resource, copies[index] ?? resource),
    )
    if (changed !== undefined || shown.all.length !== copies.length) {
      refuse(
        'kustomize/validator',
        `a validator changes ${changed === undefined ? 'the objects' : idText(changed.id)}, it may only check`,
        {
          at,
          help: 'List it under "transformers" if it is meant to change objects.',
        },
      )
    }
  }
}

function sameNotes({ memory }: BuildResource, copy: BuildResource): boolean {
  return Object.entries(memory).every(([note, value]) => value === copy.memory[note as keyof Memory])
}

function builtInOrigin({ origin, file }: DirectoryBuild, kind: string): Origin | undefined {
  if (origin === undefined) return undefined
  const name = file.split('/').at(-1) ?? file
  return { configuredIn: joinOrigin(origin.path, name), configuredBy: { apiVersion: 'builtin', kind } }
}

/** Where an entry stands; those of files are not told apart. */
function replacementAt(build: DirectoryBuild, index: number): SourceLocation {
  const { replacements = [] } = build.fields
  return replacements.some(({ path = '' }) => path !== '') ? build.at('replacements') : build.at('replacements', index)
}

function affixSteps(
  build: DirectoryBuild,
  field: 'namePrefix' | 'nameSuffix',
  config: TransformerConfig,
): readonly Step[] {
  const text = build.fields[field] ?? ''
  if (text === '') return []
  const side = field === 'namePrefix' ? 'prefix' : 'suffix'
  return [{ at: build.at(field), run: resources => affixNames(resources, { side, text, fieldSpecs: config[field] }) }]
}
