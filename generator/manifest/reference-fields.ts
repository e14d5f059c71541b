/* oxlint-disable max-lines -- a table */
// Which field names which object, with what following the name takes: kinds, namespaces, keys, whether it may be missing.
// The rows of name-references.ts, which the builder renames by, are the beginning; added here are the meaning of those rows, the
// fields of built-in kinds that kustomize leaves alone, and the custom resources teams deploy with Argo CD.

import { nameReferences, type ReferringField } from './name-references.ts'
import { podTemplatePointers } from './pod-template.ts'

export interface ReferenceField {
  /** Kind of the object that holds the field. */
  readonly kind: string
  /** Its API group; any where absent. */
  readonly group?: string
  /** Path of the name inside the object: tokens of a JSON pointer. Lists on the way are walked through; `*` is every entry of a map. */
  readonly path: string
  /** Kind of the object named. Where `kindAt` is given: the kind meant when that field is absent. */
  readonly to: string
  /** API group of the object named; any where absent. */
  readonly toGroup?: string
  /** Field beside the name (in the innermost map around it) that names the kind. */
  readonly kindAt?: string
  /** Field beside the name that holds an API group, or an apiVersion. */
  readonly groupAt?: string
  /** Field beside the name that holds a namespace; the holder's own where absent. */
  readonly namespaceAt?: string
  /** Field beside the name that, when true, makes the reference optional. */
  readonly optionalAt?: string
  /** Where, beside the name, the key or keys that are used stand: `key`, or `items/key`. */
  readonly keysAt?: string
  /** The kind meant when a flag beside the name is true. */
  readonly toWhen?: { readonly flag: string; readonly kind: string }
  /** Only when the list `resources` beside the name holds this plural (RBAC rules). */
  readonly whenResource?: string
  /** How the name is written; plain where absent. */
  readonly format?: 'namespace/name' | 'host' | 'traefik-middlewares'
  /** What following the name means; `references` where absent. */
  readonly edge?: 'routes'
  /** The named object may be missing without harm (an RBAC rule about an object of tomorrow). */
  readonly soft?: true
}

type Options = Omit<ReferenceField, 'kind' | 'path' | 'to'>

const anyKind = { kindAt: 'kind', groupAt: 'apiVersion' } as const
const byNamespace = { namespaceAt: 'namespace' } as const
const route = { edge: 'routes' } as const

const optional = { optionalAt: 'optional' } as const

/** What the rows of name-references.ts mean, by the end of their path; `below` is the rest of the path, where that ends at a map. */
const meanings: readonly (readonly [end: string, meaning: Options & { readonly to?: string }, below?: string])[] = [
  ['configMapKeyRef/name', { ...optional, keysAt: 'key' }],
  ['secretKeyRef/name', { ...optional, keysAt: 'key' }],
  ['configMapRef/name', optional],
  ['secretRef/name', optional],
  ['configMap/name', { ...optional, keysAt: 'items/key' }],
  ['secret/secretName', { ...optional, keysAt: 'items/key' }],
  ['secret/name', { ...optional, keysAt: 'items/key' }],
  ['scaleTargetRef/name', anyKind],
  ['roleRef/name', { kindAt: 'kind', groupAt: 'apiGroup' }],
  ['subjects', { to: '', kindAt: 'kind', ...byNamespace }, 'name'],
  ['clientConfig/service', byNamespace, 'name'],
  ['spec/service/name', byNamespace],
  ['ackend/service/name', route],
  ['backend/serviceName', route],
  ['auth-secret', { format: 'namespace/name' }],
  ['auth-tls-secret', { format: 'namespace/name' }],
  ['fastcgi-params-configmap', { format: 'namespace/name' }],
  ['configSource/configMap', { ...byNamespace, soft: true }, 'name'],
  ['parameters/secretName', { namespaceAt: 'secretNamespace', soft: true }],
  ['parameters/adminSecretName', { namespaceAt: 'adminSecretNamespace', soft: true }],
  ['parameters/userSecretName', { namespaceAt: 'userSecretNamespace', soft: true }],
  ['parameters/secretRef', { soft: true }],
  ['azureFile/secretName', { namespaceAt: 'secretNamespace', soft: true }],
]

/** Resources of RBAC rules: `resourceNames` names objects of these kinds. */
const plurals: Readonly<Record<string, string>> = {
  ConfigMap: 'configmaps',
  Secret: 'secrets',
  Service: 'services',
  ServiceAccount: 'serviceaccounts',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  PersistentVolume: 'persistentvolumes',
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
}

/**
 * The rows kustomize renames by, with their meaning; a path that can name several kinds is one row that reads the kind. Of pods, the
 * rows of the kind Pod stand for all.
 */
const renamedRows: readonly ReferenceField[] = unique(
  nameReferences.flatMap(({ target, fields }) =>
    fields
      .filter(({ kind, path }) => !path.endsWith('resourceNames') && (kind === 'Pod' || !isOfPod(kind, path)))
      .map(field => withMeaning(field, target.kind)),
  ),
)

/** Whether a field is one of the pods that a kind describes. */
function isOfPod(kind: string, path: string): boolean {
  if (kind === 'Service') return true
  const at = podTemplatePointers.get(kind)
  return at !== undefined && path.startsWith(`${at.slice(1)}${at === '' ? '' : '/'}spec/`)
}

function withMeaning({ kind, group, path }: ReferringField, target: string): ReferenceField {
  const [, meaning, below] = meanings.find(([end]) => path.endsWith(end)) ?? ['', {}]
  const whole = below === undefined ? path : `${path}/${below}`
  const field = { ...meaning, kind, path: whole.replaceAll('\\/', '~1'), to: meaning.to ?? target }
  return group === undefined ? field : { ...field, group }
}

function unique(fields: readonly ReferenceField[]): readonly ReferenceField[] {
  return [...new Map(fields.map(field => [`${field.kind} ${field.group ?? ''} ${field.path}`, field])).values()]
}

/** Fields of a pod by their path below `spec`: those kustomize knows, in ephemeral containers too, and the rest. */
const podFields: readonly ReferenceField[] = [
  ...renamedRows
    .filter(({ kind }) => kind === 'Pod')
    .map(field => ({ ...field, path: field.path.replace(/^spec\//, '') }))
    .flatMap(field =>
      field.path.startsWith('containers/')
        ? [field, { ...field, path: field.path.replace(/^containers/, 'ephemeralContainers') }]
        : [field],
    ),
  row('Pod', 'volumes/ephemeral/volumeClaimTemplate/spec/storageClassName', 'StorageClass'),
  row('Pod', 'volumes/csi/volumeAttributes/secretProviderClass', 'SecretProviderClass'),
  ...[
    'csi/nodePublishSecretRef/name',
    'azureFile/secretName',
    'cephfs/secretRef/name',
    'cinder/secretRef/name',
    'flexVolume/secretRef/name',
    'iscsi/secretRef/name',
    'rbd/secretRef/name',
    'scaleIO/secretRef/name',
    'storageos/secretRef/name',
  ].map(path => row('Pod', `volumes/${path}`, 'Secret')),
  // The old name of serviceAccountName.
  row('Pod', 'serviceAccount', 'ServiceAccount'),
  row('Pod', 'runtimeClassName', 'RuntimeClass'),
  row('Pod', 'resourceClaims/resourceClaimName', 'ResourceClaim'),
  row('Pod', 'resourceClaims/resourceClaimTemplateName', 'ResourceClaimTemplate'),
]

/** Where a pod template stands in a kind that is not in podTemplatePointers. */
const customPodPaths: readonly (readonly [kind: string, path: string, group: string])[] = [
  ['Service', 'spec/template', 'serving.knative.dev'],
  ['ScaledJob', 'spec/jobTargetRef/template', 'keda.sh'],
]

const podRows: readonly ReferenceField[] = [
  ...[...podTemplatePointers].map(([kind, at]) => ({ kind, base: at.slice(1) })),
  ...customPodPaths.map(([kind, base, group]) => ({ kind, base, group })),
].flatMap(({ base, ...holder }) =>
  // The keys of a holder are there already, or follow: an object whose shape grows key by key costs V8 several times as much.
  podFields.map(field => ({ ...field, path: `${base === '' ? '' : `${base}/`}spec/${field.path}`, ...holder })),
)

function row(kind: string, path: string, to: string, options: Options = {}): ReferenceField {
  return { kind, path, to, ...options }
}

/** One row per kind that holds the same field. */
function rows(kinds: readonly string[], path: string, to: string, options: Options = {}): readonly ReferenceField[] {
  return kinds.map(kind => row(kind, path, to, options))
}

const workloadRows: readonly ReferenceField[] = [
  row('StatefulSet', 'spec/volumeClaimTemplates/spec/volumeName', 'PersistentVolume'),
  row('HorizontalPodAutoscaler', 'spec/metrics/object/describedObject/name', 'Service', anyKind),
  row('VerticalPodAutoscaler', 'spec/targetRef/name', 'Deployment', anyKind),
  row('ServiceAccount', 'secrets/name', 'Secret', { soft: true }),
]

const storageRows: readonly ReferenceField[] = [
  row('PersistentVolumeClaim', 'spec/dataSource/name', '', { kindAt: 'kind', groupAt: 'apiGroup' }),
  row('PersistentVolumeClaim', 'spec/dataSourceRef/name', '', { kindAt: 'kind', groupAt: 'apiGroup', ...byNamespace }),
  row('PersistentVolume', 'spec/claimRef/name', 'PersistentVolumeClaim', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/csi/nodePublishSecretRef/name', 'Secret', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/csi/nodeStageSecretRef/name', 'Secret', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/csi/controllerExpandSecretRef/name', 'Secret', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/csi/controllerPublishSecretRef/name', 'Secret', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/cephfs/secretRef/name', 'Secret', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/rbd/secretRef/name', 'Secret', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/iscsi/secretRef/name', 'Secret', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/flexVolume/secretRef/name', 'Secret', { ...byNamespace, soft: true }),
]

const rbacRows: readonly ReferenceField[] = Object.entries(plurals).flatMap(([to, whenResource]) =>
  rows(['Role', 'ClusterRole'], 'rules/resourceNames', to, { whenResource, soft: true }),
)

const clusterRows: readonly ReferenceField[] = [
  row('CustomResourceDefinition', 'spec/conversion/webhook/clientConfig/service/name', 'Service', byNamespace),
  row('MutatingAdmissionPolicyBinding', 'spec/policyName', 'MutatingAdmissionPolicy'),
]

const nginxAnnotation = 'metadata/annotations/nginx.ingress.kubernetes.io~1'

const ingressRows: readonly ReferenceField[] = [
  row('Ingress', 'spec/rules/http/paths/backend/resource/name', '', { kindAt: 'kind', groupAt: 'apiGroup' }),
  row('Ingress', 'spec/defaultBackend/resource/name', '', { kindAt: 'kind', groupAt: 'apiGroup' }),
  row('Ingress', `${nginxAnnotation}proxy-ssl-secret`, 'Secret', { format: 'namespace/name' }),
  row('Ingress', 'metadata/annotations/cert-manager.io~1issuer', 'Issuer', { toGroup: 'cert-manager.io' }),
  row('Ingress', 'metadata/annotations/cert-manager.io~1cluster-issuer', 'ClusterIssuer', {
    toGroup: 'cert-manager.io',
  }),
  row('Ingress', 'metadata/annotations/traefik.ingress.kubernetes.io~1router.middlewares', 'Middleware', {
    format: 'traefik-middlewares',
  }),
]

const gateway = 'gateway.networking.k8s.io'
const httpRoutes = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'] as const
const backendRef = { group: gateway, kindAt: 'kind', groupAt: 'group', ...byNamespace, ...route } as const

const gatewayRows: readonly ReferenceField[] = [
  ...rows(httpRoutes, 'spec/parentRefs/name', 'Gateway', {
    group: gateway,
    toGroup: gateway,
    kindAt: 'kind',
    groupAt: 'group',
    ...byNamespace,
  }),
  ...rows(httpRoutes, 'spec/rules/backendRefs/name', 'Service', { ...backendRef, toGroup: '' }),
  ...rows(httpRoutes, 'spec/rules/filters/requestMirror/backendRef/name', 'Service', {
    ...backendRef,
    toGroup: '',
  }),
  ...rows(httpRoutes, 'spec/rules/filters/extensionRef/name', '', {
    group: gateway,
    kindAt: 'kind',
    groupAt: 'group',
  }),
  row('Gateway', 'spec/gatewayClassName', 'GatewayClass', { group: gateway }),
  row('Gateway', 'spec/listeners/tls/certificateRefs/name', 'Secret', {
    group: gateway,
    toGroup: '',
    kindAt: 'kind',
    groupAt: 'group',
    ...byNamespace,
  }),
]

const openShiftRoute = { group: 'route.openshift.io', ...route } as const

const openShiftRows: readonly ReferenceField[] = [
  row('Route', 'spec/to/name', 'Service', openShiftRoute),
  row('Route', 'spec/alternateBackends/name', 'Service', openShiftRoute),
]

const traefikKinds = ['IngressRoute', 'IngressRouteTCP', 'IngressRouteUDP'] as const
const traefikService = { kindAt: 'kind', ...byNamespace, ...route } as const

const traefikRows: readonly ReferenceField[] = [
  ...rows(traefikKinds, 'spec/routes/services/name', 'Service', traefikService),
  ...rows(['IngressRoute'], 'spec/routes/middlewares/name', 'Middleware', byNamespace),
  ...rows(['IngressRouteTCP'], 'spec/routes/middlewares/name', 'MiddlewareTCP', byNamespace),
  ...rows(traefikKinds, 'spec/tls/secretName', 'Secret'),
  ...rows(traefikKinds, 'spec/tls/options/name', 'TLSOption', byNamespace),
  row('TraefikService', 'spec/weighted/services/name', 'Service', traefikService),
  row('TraefikService', 'spec/mirroring/name', 'Service', traefikService),
  row('TraefikService', 'spec/mirroring/mirrors/name', 'Service', traefikService),
  row('Middleware', 'spec/basicAuth/secret', 'Secret'),
  row('Middleware', 'spec/digestAuth/secret', 'Secret'),
  row('Middleware', 'spec/errors/service/name', 'Service', traefikService),
  row('Middleware', 'spec/chain/middlewares/name', 'Middleware', byNamespace),
  row('TLSStore', 'spec/defaultCertificate/secretName', 'Secret'),
]

const host = { format: 'host', edge: 'routes' } as const

const istioRows: readonly ReferenceField[] = [
  ...['http', 'tcp', 'tls'].map(protocol =>
    row('VirtualService', `spec/${protocol}/route/destination/host`, 'Service', host),
  ),
  row('VirtualService', 'spec/http/mirror/host', 'Service', host),
  row('DestinationRule', 'spec/host', 'Service', { format: 'host' }),
]

const rollouts = 'argoproj.io'

const rolloutRows: readonly ReferenceField[] = [
  ...[
    'blueGreen/activeService',
    'blueGreen/previewService',
    'canary/stableService',
    'canary/canaryService',
    'canary/pingPong/pingService',
    'canary/pingPong/pongService',
  ].map(path => row('Rollout', `spec/strategy/${path}`, 'Service', { group: rollouts })),
  // Names a backend of the Ingress, which may be an action alone: validation_references.go of Argo Rollouts asks for no Service.
  row('Rollout', 'spec/strategy/canary/trafficRouting/alb/rootService', 'Service', { group: rollouts, soft: true }),
  ...['nginx/stableIngress', 'nginx/stableIngresses', 'alb/ingress', 'alb/ingresses'].map(path =>
    row('Rollout', `spec/strategy/canary/trafficRouting/${path}`, 'Ingress', { group: rollouts }),
  ),
  ...['istio/virtualService/name', 'istio/virtualServices/name'].map(path =>
    row('Rollout', `spec/strategy/canary/trafficRouting/${path}`, 'VirtualService', { group: rollouts }),
  ),
  row('Rollout', 'spec/strategy/canary/trafficRouting/istio/destinationRule/name', 'DestinationRule', {
    group: rollouts,
  }),
  row('Rollout', 'spec/workloadRef/name', 'Deployment', { group: rollouts, ...anyKind }),
  ...[
    'blueGreen/prePromotionAnalysis/templates',
    'blueGreen/postPromotionAnalysis/templates',
    'canary/analysis/templates',
    'canary/steps/analysis/templates',
    'canary/steps/experiment/analyses',
  ].map(path =>
    row('Rollout', `spec/strategy/${path}/templateName`, 'AnalysisTemplate', {
      group: rollouts,
      toWhen: { flag: 'clusterScope', kind: 'ClusterAnalysisTemplate' },
    }),
  ),
]

const stores = { kindAt: 'kind' } as const
const key = { keysAt: 'key' } as const

const secretRows: readonly ReferenceField[] = [
  row('ExternalSecret', 'spec/secretStoreRef/name', 'SecretStore', stores),
  row('ExternalSecret', 'spec/data/sourceRef/storeRef/name', 'SecretStore', stores),
  row('ExternalSecret', 'spec/dataFrom/sourceRef/storeRef/name', 'SecretStore', stores),
  row('ExternalSecret', 'spec/dataFrom/sourceRef/generatorRef/name', '', { kindAt: 'kind', groupAt: 'apiVersion' }),
  row('ExternalSecret', 'spec/target/template/templateFrom/configMap/name', 'ConfigMap', { keysAt: 'items/key' }),
  row('ExternalSecret', 'spec/target/template/templateFrom/secret/name', 'Secret', { keysAt: 'items/key' }),
  row('PushSecret', 'spec/secretStoreRefs/name', 'SecretStore', stores),
  row('PushSecret', 'spec/selector/secret/name', 'Secret'),
  ...[
    'aws/auth/secretRef/accessKeyIDSecretRef',
    'aws/auth/secretRef/secretAccessKeySecretRef',
    'vault/auth/tokenSecretRef',
    'vault/auth/appRole/secretRef',
    'gcpsm/auth/secretRef/secretAccessKeySecretRef',
    'azurekv/authSecretRef/clientId',
    'azurekv/authSecretRef/clientSecret',
    'onepassword/auth/secretRef/connectTokenSecretRef',
    'doppler/auth/secretRef/dopplerToken',
  ].map(path => row('SecretStore', `spec/provider/${path}/name`, 'Secret', { ...key, ...byNamespace })),
  ...[
    'aws/auth/jwt/serviceAccountRef',
    'vault/auth/kubernetes/serviceAccountRef',
    'gcpsm/auth/workloadIdentity/serviceAccountRef',
    'azurekv/serviceAccountRef',
    'kubernetes/auth/serviceAccount',
  ].flatMap(path =>
    rows(['SecretStore', 'ClusterSecretStore'], `spec/provider/${path}/name`, 'ServiceAccount', byNamespace),
  ),
]

const certificates = 'cert-manager.io'

const certificateRows: readonly ReferenceField[] = [
  row('Certificate', 'spec/issuerRef/name', 'Issuer', {
    group: certificates,
    toGroup: certificates,
    kindAt: 'kind',
    groupAt: 'group',
  }),
  row('Certificate', 'spec/keystores/*/passwordSecretRef/name', 'Secret', { group: certificates, ...key }),
  row('Issuer', 'spec/ca/secretName', 'Secret', { group: certificates }),
  row('Issuer', 'spec/vault/auth/tokenSecretRef/name', 'Secret', { group: certificates, ...key }),
  ...[
    'cloudflare/apiTokenSecretRef',
    'cloudflare/apiKeySecretRef',
    'route53/secretAccessKeySecretRef',
    'digitalocean/tokenSecretRef',
  ].map(path => row('Issuer', `spec/acme/solvers/dns01/${path}/name`, 'Secret', { group: certificates, ...key })),
]

const monitorEndpoints = [
  ['ServiceMonitor', 'spec/endpoints'],
  ['PodMonitor', 'spec/podMetricsEndpoints'],
  ['Probe', 'spec'],
] as const

const monitoringRows: readonly ReferenceField[] = [
  ...monitorEndpoints.flatMap(([kind, base]) => [
    ...['basicAuth/username', 'basicAuth/password', 'bearerTokenSecret', 'authorization/credentials'].map(path =>
      row(kind, `${base}/${path}/name`, 'Secret', { ...key, ...optional }),
    ),
    ...['ca', 'cert'].flatMap(path => [
      row(kind, `${base}/tlsConfig/${path}/secret/name`, 'Secret', { ...key, ...optional }),
      row(kind, `${base}/tlsConfig/${path}/configMap/name`, 'ConfigMap', { ...key, ...optional }),
    ]),
    row(kind, `${base}/tlsConfig/keySecret/name`, 'Secret', { ...key, ...optional }),
  ]),
  ...rows(
    ['Prometheus', 'Alertmanager', 'ThanosRuler', 'PrometheusAgent'],
    'spec/serviceAccountName',
    'ServiceAccount',
  ),
  ...rows(['Prometheus', 'Alertmanager', 'ThanosRuler', 'PrometheusAgent'], 'spec/imagePullSecrets/name', 'Secret'),
  row('Alertmanager', 'spec/configSecret', 'Secret', { soft: true }),
]

const kedaRows: readonly ReferenceField[] = [
  row('ScaledObject', 'spec/scaleTargetRef/name', 'Deployment', { ...anyKind, group: 'keda.sh' }),
  ...rows(['ScaledObject', 'ScaledJob'], 'spec/triggers/authenticationRef/name', 'TriggerAuthentication', stores),
  row('TriggerAuthentication', 'spec/secretTargetRef/name', 'Secret', key),
  row('TriggerAuthentication', 'spec/configMapTargetRef/name', 'ConfigMap', key),
]

/** Every field that names another object. */
export const referenceFields: readonly ReferenceField[] = [
  ...podRows,
  ...renamedRows.filter(({ kind }) => kind !== 'Pod'),
  ...workloadRows,
  ...storageRows,
  ...rbacRows,
  ...clusterRows,
  ...ingressRows,
  ...gatewayRows,
  ...openShiftRows,
  ...traefikRows,
  ...istioRows,
  ...rolloutRows,
  ...secretRows,
  ...certificateRows,
  ...monitoringRows,
  ...kedaRows,
]
