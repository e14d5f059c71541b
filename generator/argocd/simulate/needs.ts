// What an object needs before it can become healthy, and whether Argo CD waits for its health before the next wave.
// Only needs whose absence stops the object: a Service without pods is healthy, a pod without its Secret is not.

import { child, valueAt } from '../../manifest/pointer.ts'
import { podTemplateOf } from '../../manifest/pod-template.ts'
import { groupOf, type Place, type Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'

export interface Need {
  readonly consumer: Resource
  readonly provider: Resource
  /** The field that makes the need. */
  readonly at: Place
}

/** The needs among the objects of one Application; what is not among them is somebody else's. */
export function needsOf(resources: readonly Resource[]): readonly Need[] {
  const index = indexProviders(resources)
  return resources.flatMap(consumer =>
    wantsOf(consumer).flatMap(({ kind, name, pointer, clusterScoped }) => {
      const provider = index.get(key(kind, clusterScoped === true ? undefined : consumer.namespace, name))
      return provider === undefined || provider === consumer
        ? []
        : [{ consumer, provider, at: { resource: consumer, pointer } }]
    }),
  )
}

function indexProviders(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  const index = new Map<string, Resource>()
  for (const resource of resources) {
    if (resource.kind !== 'Secret') index.set(key(resource.kind, resource.namespace, resource.name), resource)
    const secret = producedSecret(resource)
    if (secret !== undefined) index.set(key('Secret', resource.namespace, secret), resource)
  }
  return index
}

function key(kind: string, namespace: string | undefined, name: YamlValue | undefined): string {
  return `${kind}/${namespace ?? ''}/${asString(name) ?? ''}`
}

interface Want {
  readonly kind: string
  readonly name: YamlValue | undefined
  readonly pointer: string
  readonly clusterScoped?: boolean
}

function wantsOf(resource: Resource): readonly Want[] {
  const group = groupOf(resource.apiVersion)
  if (group === 'external-secrets.io') return storeWant(resource)
  if (group === 'cert-manager.io' && resource.kind === 'Certificate')
    return reference(resource, '/spec/issuerRef', 'Issuer')
  if (resource.kind === 'HorizontalPodAutoscaler') return reference(resource, '/spec/scaleTargetRef', 'Deployment')
  return podWants(resource)
}

function storeWant(resource: Resource): readonly Want[] {
  return resource.kind === 'ExternalSecret' ? reference(resource, '/spec/secretStoreRef', 'SecretStore') : []
}

function reference(resource: Resource, pointer: string, usual: string): readonly Want[] {
  const value = asMap(valueAt(resource.object, pointer))
  const kind = asString(value['kind']) ?? usual
  if (value['name'] === undefined) return []
  return [{ kind, name: value['name'], pointer: child(pointer, 'name'), clusterScoped: kind.startsWith('Cluster') }]
}

function podWants(resource: Resource): readonly Want[] {
  const template = podTemplateOf(resource)
  if (template === undefined) return []
  const { spec, specPointer } = template
  const account = asString(spec['serviceAccountName'])
  return [
    ...(account === undefined
      ? []
      : [{ kind: 'ServiceAccount', name: account, pointer: child(specPointer, 'serviceAccountName') }]),
    ...['initContainers', 'containers'].flatMap(field =>
      asList(spec[field]).flatMap((container, index) =>
        containerWants(asMap(container), child(specPointer, field, index)),
      ),
    ),
    ...asList(spec['volumes']).flatMap((volume, index) =>
      volumeWants(asMap(volume), child(specPointer, 'volumes', index)),
    ),
  ]
}

function containerWants(container: YamlMap, pointer: string): readonly Want[] {
  const froms = asList(container['envFrom']).flatMap((item, index) => [
    ...named(item, 'configMapRef', 'ConfigMap', child(pointer, 'envFrom', index)),
    ...named(item, 'secretRef', 'Secret', child(pointer, 'envFrom', index)),
  ])
  const values = asList(container['env']).flatMap((item, index) => {
    const at = child(pointer, 'env', index, 'valueFrom')
    const from = asMap(item)['valueFrom']
    return [...named(from, 'configMapKeyRef', 'ConfigMap', at), ...named(from, 'secretKeyRef', 'Secret', at)]
  })
  return [...froms, ...values]
}

function volumeWants(volume: YamlMap, pointer: string): readonly Want[] {
  const projected = asList(asMap(volume['projected'])['sources']).flatMap((source, index) => [
    ...named(source, 'configMap', 'ConfigMap', child(pointer, 'projected', 'sources', index)),
    ...named(source, 'secret', 'Secret', child(pointer, 'projected', 'sources', index)),
  ])
  return [
    ...named(volume, 'configMap', 'ConfigMap', pointer),
    ...named(volume, 'secret', 'Secret', pointer, 'secretName'),
    ...named(volume, 'persistentVolumeClaim', 'PersistentVolumeClaim', pointer, 'claimName'),
    ...projected,
  ]
}

function named(
  holder: YamlValue | undefined,
  field: string,
  kind: string,
  pointer: string,
  key = 'name',
): readonly Want[] {
  const value = asMap(holder)[field]
  if (!isMap(value) || value['optional'] === true || value[key] === undefined) return []
  return [{ kind, name: value[key], pointer: child(pointer, field, key) }]
}

/** The Secret that an object is, or makes another controller create. */
function producedSecret(resource: Resource): string | undefined {
  const { kind, name, object } = resource
  if (kind === 'Secret' || kind === 'SealedSecret') return name
  if (kind === 'ExternalSecret') return asString(valueAt(object, '/spec/target/name')) ?? name
  return kind === 'Certificate' ? asString(valueAt(object, '/spec/secretName')) : undefined
}

/** Kinds whose health Argo CD assesses: gitops-engine/pkg/health, and resource_customizations for the bundled groups. */
const assessed = new Set([
  'apps/DaemonSet',
  'apps/Deployment',
  'apps/ReplicaSet',
  'apps/StatefulSet',
  'argoproj.io/AnalysisRun',
  'argoproj.io/ApplicationSet',
  'argoproj.io/Experiment',
  'argoproj.io/Rollout',
  'argoproj.io/Workflow',
  'autoscaling/HorizontalPodAutoscaler',
  'apiregistration.k8s.io/APIService',
  'batch/CronJob',
  'batch/Job',
  'bitnami.com/SealedSecret',
  'cert-manager.io/Certificate',
  'cert-manager.io/ClusterIssuer',
  'cert-manager.io/Issuer',
  'external-secrets.io/ClusterExternalSecret',
  'external-secrets.io/ClusterSecretStore',
  'external-secrets.io/ExternalSecret',
  'external-secrets.io/PushSecret',
  'external-secrets.io/SecretStore',
  'gateway.networking.k8s.io/GRPCRoute',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/GatewayClass',
  'gateway.networking.k8s.io/HTTPRoute',
  'keda.sh/ScaledJob',
  'keda.sh/ScaledObject',
  'monitoring.coreos.com/Prometheus',
  'networking.k8s.io/Ingress',
  'postgresql.cnpg.io/Cluster',
  'snapshot.storage.k8s.io/VolumeSnapshot',
  '/PersistentVolumeClaim',
  '/Pod',
])

/** Whether a later wave waits until this object is healthy; kinds without a health check never hold anything up. */
export function isHealthGated(resource: Resource): boolean {
  if (resource.kind === 'Service') return valueAt(resource.object, '/spec/type') === 'LoadBalancer'
  return assessed.has(`${groupOf(resource.apiVersion)}/${resource.kind}`)
}
