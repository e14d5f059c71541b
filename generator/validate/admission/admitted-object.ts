// The values that expressions of a policy see: the object on its way into the cluster, and its Namespace. What only the cluster writes
// is there, as it is for the server, but nobody here knows its value.

import { groupOf, type Resource } from '../../manifest/resource.ts'
import { asMap, type YamlMap } from '../../manifest/value.ts'
import { lazyMap } from '../cel/cel-map.ts'
import { fromData } from '../cel/data.ts'
import { NotEvaluated, type CelValue } from '../cel/values.ts'
import { isBuiltIn, withServerDefaults } from './server-defaults.ts'

const serverMetadata = ['uid', 'creationTimestamp', 'managedFields']

const withoutGeneration = /^(?:autoscaling|rbac\.authorization\.k8s\.io|storage\.k8s\.io|scheduling\.k8s\.io|)$/

const withStatus = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'Ingress',
  'Job',
  'Namespace',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Pod',
  'PodDisruptionBudget',
  'ReplicaSet',
  'ReplicationController',
  'ResourceQuota',
  'Service',
  'StatefulSet',
])

/** `object` of an admission request that creates the resource. */
export function admittedObject(resource: Resource): CelValue {
  const object = withServerDefaults(resource)
  const generation = resource.kind === 'Pod' || !withoutGeneration.test(groupOf(resource.apiVersion))
  const metadata: YamlMap = { ...(generation ? { generation: 1 } : {}), ...asMap(object['metadata']) }
  const status = withStatus.has(resource.kind) && isBuiltIn(resource) ? ['status'] : []
  return lazyMap([...present(object), ...status], key => {
    if (key === 'spec' && resource.kind === 'Service' && isBuiltIn(resource)) return serviceSpec(asMap(object[key]))
    if (key === 'metadata') return withUnknown(metadata, serverMetadata, 'metadata.')
    return status.includes(key) ? unknown(key) : fromData(object[key])
  })
}

/** Addresses are handed out by the cluster, except where the Service asks for some or can have none. */
function serviceSpec(spec: YamlMap): CelValue {
  const given = spec['type'] === 'ExternalName' ? [] : ['clusterIP', 'clusterIPs', 'ipFamilies']
  return withUnknown(
    spec,
    given.filter(field => spec[field] === undefined),
    'spec.',
  )
}

function withUnknown(map: YamlMap, names: readonly string[], prefix: string): CelValue {
  return lazyMap([...present(map), ...names], key => (names.includes(key) ? unknown(prefix + key) : fromData(map[key])))
}

function present(map: YamlMap): readonly string[] {
  return Object.keys(map).filter(key => map[key] !== undefined)
}

function unknown(field: string): never {
  throw new NotEvaluated(`object.${field} is written by the cluster`)
}

/** `namespaceObject`: the Namespace as the cluster has it, with the label that every one carries. */
export function namespaceValue(resource: Resource, namespace: Resource | undefined): CelValue {
  if (resource.namespace === undefined) return null
  if (namespace === undefined) throw new NotEvaluated(`Namespace "${resource.namespace}" is not in sight`)
  const { object, name } = namespace
  const metadata = asMap(object['metadata'])
  return fromData({
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
    ...object,
    metadata: { ...metadata, labels: { ...asMap(metadata['labels']), 'kubernetes.io/metadata.name': name } },
  })
}
