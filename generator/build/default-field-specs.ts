/* oxlint-disable max-lines -- a table */
// The fields that each built-in transformer touches when a kustomization configures none.
// Follows api/internal/konfig/builtinpluginconsts of kustomize 5.8 (name references: manifest/name-references.ts).

import { nameReferences } from '../manifest/name-references.ts'
import { fieldSpec, type FieldSpec } from './field-spec.ts'
import type { Gvk } from './gvk.ts'

interface DefaultBackReference {
  readonly gvk: Gvk
  readonly referrers: readonly FieldSpec[]
}

function at(path: string, create: boolean, kind?: string, group?: string, version?: string): FieldSpec {
  return fieldSpec({ path, create, kind: kind ?? '', group: group ?? '', version: version ?? '' })
}

const podLabels = (): readonly FieldSpec[] => [
  at('metadata/labels', true),
  at('spec/template/metadata/labels', true, 'ReplicationController', '', 'v1'),
  at('spec/template/metadata/labels', true, 'Deployment'),
  at('spec/template/metadata/labels', true, 'ReplicaSet'),
  at('spec/template/metadata/labels', true, 'DaemonSet'),
  at('spec/template/metadata/labels', true, 'StatefulSet', 'apps'),
  at('spec/volumeClaimTemplates[]/metadata/labels', true, 'StatefulSet', 'apps'),
  at('spec/template/metadata/labels', true, 'Job', 'batch'),
  at('spec/jobTemplate/metadata/labels', true, 'CronJob', 'batch'),
  at('spec/jobTemplate/spec/template/metadata/labels', true, 'CronJob', 'batch'),
]

const placement = [
  'affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels',
  'affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels',
  'affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels',
  'affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels',
  'topologySpreadConstraints/labelSelector/matchLabels',
]

const selectors = (): readonly FieldSpec[] => [
  at('spec/selector', true, 'Service', '', 'v1'),
  at('spec/selector', true, 'ReplicationController', '', 'v1'),
  at('spec/selector/matchLabels', true, 'Deployment'),
  ...placement.map(path => at(`spec/template/spec/${path}`, false, 'Deployment', 'apps')),
  at('spec/selector/matchLabels', true, 'ReplicaSet'),
  at('spec/selector/matchLabels', true, 'DaemonSet'),
  at('spec/selector/matchLabels', true, 'StatefulSet', 'apps'),
  ...placement.map(path => at(`spec/template/spec/${path}`, false, 'StatefulSet', 'apps')),
  at('spec/selector/matchLabels', false, 'Job', 'batch'),
  at('spec/jobTemplate/spec/selector/matchLabels', false, 'CronJob', 'batch'),
  at('spec/selector/matchLabels', false, 'PodDisruptionBudget', 'policy'),
  at('spec/podSelector/matchLabels', false, 'NetworkPolicy', 'networking.k8s.io'),
  at('spec/ingress/from/podSelector/matchLabels', false, 'NetworkPolicy', 'networking.k8s.io'),
  at('spec/egress/to/podSelector/matchLabels', false, 'NetworkPolicy', 'networking.k8s.io'),
]

const podAnnotations = (): readonly FieldSpec[] => [
  at('metadata/annotations', true),
  at('spec/template/metadata/annotations', true, 'ReplicationController', '', 'v1'),
  at('spec/template/metadata/annotations', true, 'Deployment'),
  at('spec/template/metadata/annotations', true, 'ReplicaSet'),
  at('spec/template/metadata/annotations', true, 'DaemonSet'),
  at('spec/template/metadata/annotations', true, 'StatefulSet'),
  at('spec/template/metadata/annotations', true, 'Job', 'batch'),
  at('spec/jobTemplate/metadata/annotations', true, 'CronJob', 'batch'),
  at('spec/jobTemplate/spec/template/metadata/annotations', true, 'CronJob', 'batch'),
]

const containerVariables = ['args', 'command', 'env/value', 'volumeMounts/mountPath']

function podVariables(kind: string, podSpec: string, nfs: string): readonly FieldSpec[] {
  return [
    ...['containers', 'initContainers'].flatMap(list =>
      containerVariables.map(field => at(`${podSpec}/${list}/${field}`, false, kind)),
    ),
    at(nfs, false, kind),
  ]
}

const variables = (): readonly FieldSpec[] => [
  // The path of the CronJob's NFS server lacks a `spec`, upstream too.
  ...podVariables(
    'CronJob',
    'spec/jobTemplate/spec/template/spec',
    'spec/jobTemplate/spec/template/volumes/nfs/server',
  ),
  ...['DaemonSet', 'Deployment', 'Job', 'ReplicaSet'].flatMap(kind =>
    podVariables(kind, 'spec/template/spec', 'spec/template/spec/volumes/nfs/server'),
  ),
  at('spec/template/metadata/annotations', false, 'Deployment'),
  at('spec/rules/host', false, 'Ingress'),
  at('spec/tls/hosts', false, 'Ingress'),
  at('spec/tls/secretName', false, 'Ingress'),
  ...podVariables('Pod', 'spec', 'spec/volumes/nfs/server'),
  at('spec/ports/port', false, 'Service'),
  at('spec/ports/targetPort', false, 'Service'),
  ...podVariables('StatefulSet', 'spec/template/spec', 'spec/volumeClaimTemplates/spec/nfs/server'),
  at('spec/nfs/server', false, 'PersistentVolume'),
  at('metadata/labels', false),
  at('metadata/annotations', false),
]

/** What a kustomization starts from, each list made by its function. The lists are in kustomize's order, not yet sorted. */
export const defaultFieldSpecs = {
  namePrefix: (): readonly FieldSpec[] => [at('metadata/name', false)],
  nameSuffix: (): readonly FieldSpec[] => [at('metadata/name', false)],
  namespace: (): readonly FieldSpec[] => [
    at('metadata/name', true, 'Namespace'),
    at('spec/service/namespace', true, 'APIService', 'apiregistration.k8s.io'),
    at(
      'spec/conversion/webhook/clientConfig/service/namespace',
      false,
      'CustomResourceDefinition',
      'apiextensions.k8s.io',
    ),
  ],
  commonLabels: (): readonly FieldSpec[] => [...selectors(), ...podLabels()],
  labels: (): readonly FieldSpec[] => [],
  templateLabels: podLabels,
  commonAnnotations: podAnnotations,
  nameReference: (): readonly DefaultBackReference[] =>
    nameReferences.map(({ target, fields }) => ({
      gvk: { group: target.group ?? '', version: target.version ?? '', kind: target.kind },
      referrers: fields.map(field => at(field.path, false, field.kind, field.group, field.version)),
    })),
  varReference: variables,
  images: (): readonly FieldSpec[] =>
    ['spec', 'spec/template/spec'].flatMap(podSpec => [
      at(`${podSpec}/containers[]/image`, true),
      at(`${podSpec}/initContainers[]/image`, true),
      at(`${podSpec}/volumes[]/image/reference`, true),
    ]),
  replicas: (): readonly FieldSpec[] =>
    ['Deployment', 'ReplicationController', 'ReplicaSet', 'StatefulSet'].map(kind => at('spec/replicas', true, kind)),
}
