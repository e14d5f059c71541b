// Random configurations of the built-in generators and transformers, as objects of their own.

import type { Draw, Json, Map_ } from './random-draw.ts'

/** What the configurations are about. */
export interface PluginPool {
  readonly objects: readonly Map_[]
  readonly selector: (object: Map_) => Map_
  readonly strategicPatch: (object: Map_) => string
  readonly jsonPatch: (object: Map_) => string
  readonly replacement: () => Map_
}

function plugin(kind: string, name: string, more: Map_): Map_ {
  return { apiVersion: 'builtin', kind, metadata: { name }, ...more }
}

function nameOf(object: Map_): Json {
  return (object['metadata'] as Map_)['name'] as Json
}

const labelSpecs: readonly Map_[] = [
  { path: 'metadata/labels', create: true },
  { path: 'spec/template/metadata/labels', create: false },
  { path: 'spec/selector/matchLabels', create: true, kind: 'Deployment', group: 'apps' },
]

type Make = (d: Draw, pool: PluginPool) => Map_

const transformers: { readonly [kind: string]: Make } = {
  LabelTransformer: d => ({ labels: { inline: d.of('yes', '1', 'x') }, fieldSpecs: d.some(labelSpecs) }),
  AnnotationsTransformer: d => ({
    annotations: { inline: d.of('1', 'a: b', '') },
    fieldSpecs: [{ path: 'metadata/annotations', create: d.chance(80) }],
  }),
  NamespaceTransformer: d => ({
    metadata: { name: 'n', namespace: d.of('trans', 'prod', '') },
    unsetOnly: d.chance(50),
    setRoleBindingSubjects: d.of('allServiceAccounts', 'none', 'defaultOnly'),
    fieldSpecs: [{ path: 'metadata/name', kind: 'Namespace', create: true }],
  }),
  PrefixTransformer: d => ({ prefix: d.of('pt-', ''), fieldSpecs: [{ path: 'metadata/name' }] }),
  SuffixTransformer: d => ({
    suffix: '-st',
    fieldSpecs: [d.of<Map_>({ path: 'metadata/name' }, { path: 'spec/size', kind: 'Widget' })],
  }),
  PrefixSuffixTransformer: d => ({
    prefix: 'ps-',
    ...(d.chance(50) ? { suffix: '-ps' } : {}),
    fieldSpecs: [{ path: 'metadata/name', ...(d.chance(30) ? { kind: 'Service' } : {}) }],
  }),
  ImageTagTransformer: d => ({
    imageTag: { name: d.of('nginx', 'redis', 'busybox'), ...(d.chance(60) ? { newTag: '9' } : { newName: 'img' }) },
    ...(d.chance(40) ? { fieldSpecs: [{ path: 'spec/image', create: d.chance(50) }] } : {}),
  }),
  ReplicaCountTransformer: (d, { objects }) => ({
    replica: { name: nameOf(d.of(...objects)), count: d.number(0, 5) },
    fieldSpecs: [{ path: 'spec/replicas', create: d.chance(70) }],
  }),
  PatchTransformer: (d, { objects, strategicPatch, jsonPatch, selector }) => {
    const target = d.of(...objects)
    if (d.chance(50)) return { patch: jsonPatch(target), target: selector(target) }
    return { patch: strategicPatch(target), ...(d.chance(40) ? { target: selector(target) } : {}) }
  },
  PatchStrategicMergeTransformer: (d, { objects, strategicPatch }) => ({ patches: strategicPatch(d.of(...objects)) }),
  PatchJson6902Transformer: (d, { objects, jsonPatch }) => {
    const target = d.of(...objects)
    return { target: { kind: target['kind'] as Json, name: nameOf(target) }, jsonOp: jsonPatch(target) }
  },
  ReplacementTransformer: (_, { replacement }) => ({ replacements: [replacement()] }),
  ValueAddTransformer: d => ({
    ...(d.chance(70) ? { value: d.of('added', '7', ' spaced ') } : {}),
    targets: [
      {
        ...(d.chance(60) ? { selector: { kind: d.of('ConfigMap', 'Service', 'Widget') } } : {}),
        fieldPath: d.of('metadata/namespace', 'spec/path', 'data/k', 'metadata/labels/added'),
        ...(d.chance(40) ? { filePathPosition: d.number(0, 3) } : {}),
      },
    ],
  }),
  HashTransformer: () => ({}),
}

const generators: { readonly [kind: string]: Make } = {
  ConfigMapGenerator: d => ({
    literals: [d.of('a=b', 'n=1')],
    ...(d.chance(30) ? { behavior: d.of('create', 'merge', 'replace') } : {}),
    ...(d.chance(30) ? { options: { disableNameSuffixHash: d.chance(50), labels: { g: 'h' } } } : {}),
    ...(d.chance(20) ? { namespace: d.of('prod', 'dev') } : {}),
  }),
  SecretGenerator: d => ({ literals: ['s=t'], ...(d.chance(40) ? { type: 'kubernetes.io/tls' } : {}) }),
  IAMPolicyGenerator: () => ({
    cloud: 'gke',
    kubernetesService: { namespace: 'k8s', name: 'account' },
    serviceAccount: { name: 'gsa', projectId: 'project' },
  }),
}

function draw(d: Draw, pool: PluginPool, makers: { readonly [kind: string]: Make }): Map_ {
  const kind = d.of(...Object.keys(makers))
  const { metadata, ...more } = makers[kind]?.(d, pool) ?? {}
  return { ...plugin(kind, d.of('gen-one', 'gen-two', 'web'), more), ...(metadata === undefined ? {} : { metadata }) }
}

export function randomTransformer(d: Draw, pool: PluginPool): Map_ {
  return draw(d, pool, transformers)
}

export function randomGenerator(d: Draw, pool: PluginPool): Map_ {
  return draw(d, pool, generators)
}
