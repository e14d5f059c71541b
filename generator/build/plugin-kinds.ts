// The built-in generators and transformers that can be configured by an object of their own, and the fields of each.
// Follows api/internal/builtins of kustomize 5.8.

import { child } from '../manifest/pointer.ts'
import type { DirectoryBuild } from './build-context.ts'
import { refuse } from './build-fault.ts'
import type { BuildResource } from './build-resource.ts'
import { generateConfig } from './generate/generate-config.ts'
import { generateServiceAccount, type ServiceAccountArgs } from './generate/generate-service-account.ts'
import type {
  FieldSpecArgs,
  GeneratorArgs,
  ImageArgs,
  PatchArgs,
  ReplacementArgs,
  ReplicaArgs,
  SelectorArgs,
} from './kustomization-file.ts'
import {
  fieldSpecShape,
  imageShape,
  patchShape,
  replacementShape,
  replicaShape,
  secretShape,
  selectorShape,
} from './kustomization-shape.ts'
import { fieldSpecs } from './load-configurations.ts'
import { loadJsonPatch, loadPatch, readInlineOrFile, strategicStep } from './load-patches.ts'
import { loadReplacements } from './load-replacements.ts'
import { readObjects } from './read-resources.ts'
import type { ResourceList } from './resource-list.ts'
import { decode, type Shape } from './struct-decoder.ts'
import { addValue, type ValueTarget } from './transform/add-value.ts'
import { affixNames } from './transform/affix-names.ts'
import { applyReplacements } from './transform/apply-replacements.ts'
import { hashNames } from './transform/hash-names.ts'
import { setEntries } from './transform/set-entries.ts'
import { setImages } from './transform/set-images.ts'
import { setNamespace, type SubjectMode } from './transform/set-namespace.ts'
import { setReplicas } from './transform/set-replicas.ts'

type MakeGenerator = (build: DirectoryBuild, resource: BuildResource) => () => readonly BuildResource[]
type MakeTransformer = (build: DirectoryBuild, resource: BuildResource) => (resources: ResourceList) => void

function read<T>(resource: BuildResource, fields: { readonly [name: string]: Shape }): T {
  const shape: Shape = { fields }
  return decode<T>(resource.object, shape, {
    code: 'kustomize/plugin',
    at: resource.readFrom,
    lenient: true,
    coerce: true,
  })
}

const specs: Shape = { list: fieldSpecShape }
const texts: Shape = { map: 'string' }

interface WithFieldSpecs {
  readonly fieldSpecs?: readonly FieldSpecArgs[]
}

export const builtInGenerators: { readonly [kind: string]: MakeGenerator } = {
  ConfigMapGenerator: (build, resource) => () => [configFrom('ConfigMap', build, resource)],
  SecretGenerator: (build, resource) => () => [configFrom('Secret', build, resource)],
  IAMPolicyGenerator: (_, resource) => () => {
    const args = read<ServiceAccountArgs>(resource, {
      cloud: 'string',
      kubernetesService: { fields: { name: 'string', namespace: 'string' } },
      serviceAccount: { fields: { name: 'string', projectId: 'string' } },
    })
    return [generateServiceAccount(args, resource.readFrom)]
  },
  HelmChartInflationGenerator: (_, { readFrom }) =>
    refuse('kustomize/helm-chart', 'a Helm chart is rendered here, which this build does not do', {
      at: readFrom,
      help: 'Render the chart with helm template, commit the result, and list it under "resources".',
    }),
}

function configFrom(kind: 'ConfigMap' | 'Secret', build: DirectoryBuild, resource: BuildResource): BuildResource {
  const fields = { ...(secretShape as { fields: { readonly [name: string]: Shape } }).fields }
  const args = read<GeneratorArgs>(resource, fields)
  const name = args.name === undefined || args.name === '' ? resource.name : args.name
  const namespace = args.namespace === undefined || args.namespace === '' ? resource.namespace : args.namespace
  return generateConfig(kind, { ...args, name, namespace }, build.loader, resource.readFrom)
}

export const builtInTransformers: { readonly [kind: string]: MakeTransformer } = {
  AnnotationsTransformer: (_, resource) => {
    const { annotations, fieldSpecs: at } = read<
      WithFieldSpecs & { readonly annotations?: { readonly [key: string]: string } }
    >(resource, { annotations: texts, fieldSpecs: specs })
    return resources => setEntries(resources.all, annotations, fieldSpecs(at))
  },
  LabelTransformer: (_, resource) => {
    const { labels, fieldSpecs: at } = read<WithFieldSpecs & { readonly labels?: { readonly [key: string]: string } }>(
      resource,
      { labels: texts, fieldSpecs: specs },
    )
    return resources => setEntries(resources.all, labels, fieldSpecs(at))
  },
  NamespaceTransformer: (_, resource) => {
    const args = read<WithFieldSpecs & { readonly unsetOnly?: boolean; readonly setRoleBindingSubjects?: string }>(
      resource,
      {
        fieldSpecs: specs,
        unsetOnly: 'boolean',
        setRoleBindingSubjects: 'string',
      },
    )
    const options = {
      namespace: resource.namespace,
      fieldSpecs: fieldSpecs(args.fieldSpecs),
      unsetOnly: args.unsetOnly ?? false,
      setRoleBindingSubjects: subjectMode(args.setRoleBindingSubjects, resource),
    }
    return resources => setNamespace(resources, options)
  },
  PrefixTransformer: (_, resource) => affix(resource, 'prefix'),
  SuffixTransformer: (_, resource) => affix(resource, 'suffix'),
  PrefixSuffixTransformer: (_, resource) => {
    const [prefix, suffix] = [affix(resource, 'prefix'), affix(resource, 'suffix')]
    return resources => {
      prefix(resources)
      suffix(resources)
    }
  },
  ImageTagTransformer: (_, resource) => {
    const { imageTag, fieldSpecs: at } = read<WithFieldSpecs & { readonly imageTag?: ImageArgs }>(resource, {
      imageTag: imageShape,
      fieldSpecs: specs,
    })
    return resources => setImages(resources.all, imageTag ?? {}, fieldSpecs(at))
  },
  ReplicaCountTransformer: (_, resource) => {
    const { replica, fieldSpecs: at } = read<WithFieldSpecs & { readonly replica?: ReplicaArgs }>(resource, {
      replica: replicaShape,
      fieldSpecs: specs,
    })
    return resources => setReplicas(resources, replica ?? {}, fieldSpecs(at))
  },
  PatchTransformer: (build, resource) => {
    const args = read<PatchArgs>(resource, (patchShape as { fields: { readonly [name: string]: Shape } }).fields)
    return loadPatch(build, args, resource.readFrom)
  },
  PatchStrategicMergeTransformer: (build, resource) => {
    const { paths = [], patches = '' } = read<{ readonly paths?: readonly string[]; readonly patches?: string }>(
      resource,
      {
        paths: { list: 'string' },
        patches: 'string',
      },
    )
    const loaded = paths.flatMap(path => readInlineOrFile(build, path, resource.readFrom))
    return strategicStep(build, [...loaded, ...readObjects(patches, resource.readFrom.file)])
  },
  PatchJson6902Transformer: (build, resource) => {
    const { target, path, jsonOp } = read<{
      readonly target?: SelectorArgs
      readonly path?: string
      readonly jsonOp?: string
    }>(resource, { target: selectorShape, path: 'string', jsonOp: 'string' })
    const args = { ...(target === undefined ? {} : { target }), path: path ?? '', patch: jsonOp ?? '' }
    return loadJsonPatch(build, args, resource.readFrom)
  },
  ReplacementTransformer: (build, resource) => {
    const { replacements = [] } = read<{ readonly replacements?: readonly ReplacementArgs[] }>(resource, {
      replacements: { list: replacementShape },
    })
    const loaded = loadReplacements(build, replacements)
    return resources => applyReplacements(resources.all, loaded)
  },
  ValueAddTransformer: (build, resource) => {
    const target: Shape = { fields: { selector: selectorShape, fieldPath: 'string', filePathPosition: 'integer' } }
    const {
      value = '',
      targets = [],
      targetFilePath = '',
    } = read<ValueAddArgs>(resource, {
      value: 'string',
      targets: { list: target },
      targetFilePath: 'string',
    })
    const more = targetFilePath === '' ? [] : readTargets(build, targetFilePath, target)
    const text = value.trim() === '' ? (build.loader.root.split('/').at(-1) ?? '') : value.trim()
    return addValue(text, [...targets, ...more], resource.readFrom)
  },
  HashTransformer: () => resources => hashNames(resources),
}

interface ValueAddArgs {
  readonly value?: string
  readonly targets?: readonly ValueTarget[]
  readonly targetFilePath?: string
}

function readTargets(build: DirectoryBuild, path: string, target: Shape): readonly ValueTarget[] {
  const file = build.loader.resolve(path)
  const shape: Shape = { fields: { targets: { list: target } } }
  const read = decode<{ readonly targets?: readonly ValueTarget[] } | undefined>(build.context.run.data(file), shape, {
    code: 'kustomize/plugin',
    at: { file, document: 1, pointer: '' },
    lenient: true,
    coerce: true,
  })
  return read?.targets ?? []
}

function affix(resource: BuildResource, side: 'prefix' | 'suffix'): (resources: ResourceList) => void {
  const args = read<WithFieldSpecs & { readonly prefix?: string; readonly suffix?: string }>(resource, {
    prefix: 'string',
    suffix: 'string',
    fieldSpecs: specs,
  })
  const { fieldSpecs: at } = args
  if (at === undefined) {
    return refuse('kustomize/plugin', 'fieldSpecs is not expected to be nil', {
      at: resource.readFrom,
      help: 'Add "fieldSpecs", for instance "- path: metadata/name".',
    })
  }
  const options = { side, text: args[side] ?? '', fieldSpecs: fieldSpecs(at) }
  return resources => affixNames(resources, options)
}

const subjectModes: readonly SubjectMode[] = ['defaultOnly', 'allServiceAccounts', 'none']

function subjectMode(text: string | undefined, resource: BuildResource): SubjectMode {
  if (text === undefined || text === '') return 'defaultOnly'
  const mode = subjectModes.find(known => known === text)
  if (mode !== undefined) return mode
  return refuse('kustomize/plugin', `setRoleBindingSubjects is "${text}", allowed: ${subjectModes.join(', ')}`, {
    at: { ...resource.readFrom, pointer: child(resource.readFrom.pointer, 'setRoleBindingSubjects') },
    help: 'Write one of the allowed values.',
  })
}
