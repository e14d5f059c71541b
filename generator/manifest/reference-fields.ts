/* oxlint-disable max-lines -- a table */
// The one table of "which field names which object": built-in kinds, and the custom resources teams deploy with Argo CD.
// The graph, the reference rules and change analysis read it; kustomize's own, narrower list (name-references.ts) decides
// what the builder renames, and a test holds that every row of it is covered here.

import { podTemplatePointers } from './pod-template.ts'

export interface ReferenceField {
  /** Kind of the object that holds the field. */
  readonly kind: string
  /** Its API group; any where absent. */
  readonly group?: string
  /** Path of the name inside the object: tokens of a JSON pointer, where `*` stands for every item of a list or entry of a map. */
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
  /** Path below the innermost map around the name of the key(s) used. */
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

/** Where a pod template stands in a kind that is not in podTemplatePointers. */
const customPodPaths: readonly (readonly [kind: string, path: string, group: string])[] = [
  ['Service', 'spec/template', 'serving.knative.dev'],
  ['ScaledJob', 'spec/jobTargetRef/template', 'keda.sh'],
]

type PodField = readonly [path: string, to: string, options?: Options]

const optional = { optionalAt: 'optional' } as const
const containerLists = ['containers', 'initContainers', 'ephemeralContainers'] as const

const containerFields: readonly PodField[] = containerLists.flatMap((list): readonly PodField[] => [
  [`${list}/*/env/*/valueFrom/configMapKeyRef/name`, 'ConfigMap', { ...optional, keysAt: 'key' }],
  [`${list}/*/env/*/valueFrom/secretKeyRef/name`, 'Secret', { ...optional, keysAt: 'key' }],
  [`${list}/*/envFrom/*/configMapRef/name`, 'ConfigMap', optional],
  [`${list}/*/envFrom/*/secretRef/name`, 'Secret', optional],
])

/** Paths below a pod's `spec`. */
const podFields: readonly PodField[] = [
  ...containerFields,
  ['volumes/*/configMap/name', 'ConfigMap', { ...optional, keysAt: 'items/*/key' }],
  ['volumes/*/secret/secretName', 'Secret', { ...optional, keysAt: 'items/*/key' }],
  ['volumes/*/projected/sources/*/configMap/name', 'ConfigMap', { ...optional, keysAt: 'items/*/key' }],
  ['volumes/*/projected/sources/*/secret/name', 'Secret', { ...optional, keysAt: 'items/*/key' }],
  ['volumes/*/persistentVolumeClaim/claimName', 'PersistentVolumeClaim'],
  ['volumes/*/ephemeral/volumeClaimTemplate/spec/storageClassName', 'StorageClass'],
  ['volumes/*/csi/nodePublishSecretRef/name', 'Secret'],
  ['volumes/*/csi/volumeAttributes/secretProviderClass', 'SecretProviderClass'],
  ['volumes/*/azureFile/secretName', 'Secret'],
  ['volumes/*/cephfs/secretRef/name', 'Secret'],
  ['volumes/*/cinder/secretRef/name', 'Secret'],
  ['volumes/*/flexVolume/secretRef/name', 'Secret'],
  ['volumes/*/iscsi/secretRef/name', 'Secret'],
  ['volumes/*/rbd/secretRef/name', 'Secret'],
  ['volumes/*/scaleIO/secretRef/name', 'Secret'],
  ['volumes/*/storageos/secretRef/name', 'Secret'],
  ['imagePullSecrets/*/name', 'Secret'],
  ['serviceAccountName', 'ServiceAccount'],
  ['priorityClassName', 'PriorityClass'],
  ['runtimeClassName', 'RuntimeClass'],
  ['resourceClaims/*/resourceClaimName', 'ResourceClaim'],
  ['resourceClaims/*/resourceClaimTemplateName', 'ResourceClaimTemplate'],
]

const podRows: readonly ReferenceField[] = [
  ...[...podTemplatePointers].map(([kind, at]) => ({ kind, base: at.slice(1) })),
  ...customPodPaths.map(([kind, base, group]) => ({ kind, base, group })),
].flatMap(({ base, ...holder }) =>
  podFields.map(([path, to, options]) => ({
    ...holder,
    ...options,
    path: base === '' ? `spec/${path}` : `${base}/spec/${path}`,
    to,
  })),
)

function row(kind: string, path: string, to: string, options: Options = {}): ReferenceField {
  return { kind, path, to, ...options }
}

/** One row per kind that holds the same field. */
function rows(kinds: readonly string[], path: string, to: string, options: Options = {}): readonly ReferenceField[] {
  return kinds.map(kind => row(kind, path, to, options))
}

const anyKind = { kindAt: 'kind', groupAt: 'apiVersion' } as const
const byNamespace = { namespaceAt: 'namespace' } as const
const route = { edge: 'routes' } as const

const workloadRows: readonly ReferenceField[] = [
  row('StatefulSet', 'spec/serviceName', 'Service'),
  row('StatefulSet', 'spec/volumeClaimTemplates/*/spec/storageClassName', 'StorageClass'),
  row('StatefulSet', 'spec/volumeClaimTemplates/*/spec/volumeName', 'PersistentVolume'),
  row('HorizontalPodAutoscaler', 'spec/scaleTargetRef/name', 'Deployment', anyKind),
  row('HorizontalPodAutoscaler', 'spec/metrics/*/object/describedObject/name', 'Service', anyKind),
  row('VerticalPodAutoscaler', 'spec/targetRef/name', 'Deployment', anyKind),
  row('ServiceAccount', 'imagePullSecrets/*/name', 'Secret'),
  row('ServiceAccount', 'secrets/*/name', 'Secret', { soft: true }),
  row('Node', 'spec/configSource/configMap/name', 'ConfigMap', { ...byNamespace, soft: true }),
]

const storageRows: readonly ReferenceField[] = [
  row('PersistentVolumeClaim', 'spec/storageClassName', 'StorageClass'),
  row('PersistentVolumeClaim', 'spec/volumeName', 'PersistentVolume'),
  row('PersistentVolumeClaim', 'spec/dataSource/name', '', { kindAt: 'kind', groupAt: 'apiGroup' }),
  row('PersistentVolumeClaim', 'spec/dataSourceRef/name', '', { kindAt: 'kind', groupAt: 'apiGroup', ...byNamespace }),
  row('PersistentVolume', 'spec/storageClassName', 'StorageClass'),
  row('PersistentVolume', 'spec/claimRef/name', 'PersistentVolumeClaim', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/azureFile/secretName', 'Secret', { namespaceAt: 'secretNamespace', soft: true }),
  row('PersistentVolume', 'spec/csi/nodePublishSecretRef/name', 'Secret', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/csi/nodeStageSecretRef/name', 'Secret', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/csi/controllerExpandSecretRef/name', 'Secret', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/csi/controllerPublishSecretRef/name', 'Secret', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/cephfs/secretRef/name', 'Secret', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/rbd/secretRef/name', 'Secret', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/iscsi/secretRef/name', 'Secret', { ...byNamespace, soft: true }),
  row('PersistentVolume', 'spec/flexVolume/secretRef/name', 'Secret', { ...byNamespace, soft: true }),
  row('StorageClass', 'parameters/secretName', 'Secret', { namespaceAt: 'secretNamespace', soft: true }),
  row('StorageClass', 'parameters/adminSecretName', 'Secret', { namespaceAt: 'adminSecretNamespace', soft: true }),
  row('StorageClass', 'parameters/userSecretName', 'Secret', { namespaceAt: 'userSecretNamespace', soft: true }),
  row('StorageClass', 'parameters/secretRef', 'Secret', { soft: true }),
]

const rbacRows: readonly ReferenceField[] = [
  row('RoleBinding', 'roleRef/name', 'Role', { kindAt: 'kind', groupAt: 'apiGroup' }),
  row('ClusterRoleBinding', 'roleRef/name', 'ClusterRole', { kindAt: 'kind', groupAt: 'apiGroup' }),
  row('RoleBinding', 'subjects/*/name', '', { kindAt: 'kind', ...byNamespace }),
  row('ClusterRoleBinding', 'subjects/*/name', '', { kindAt: 'kind', ...byNamespace }),
  ...(
    [
      ['ConfigMap', 'configmaps'],
      ['Secret', 'secrets'],
      ['Service', 'services'],
      ['ServiceAccount', 'serviceaccounts'],
      ['PersistentVolumeClaim', 'persistentvolumeclaims'],
      ['PersistentVolume', 'persistentvolumes'],
      ['Deployment', 'deployments'],
      ['StatefulSet', 'statefulsets'],
    ] as const
  ).flatMap(([to, plural]) =>
    rows(['Role', 'ClusterRole'], 'rules/*/resourceNames/*', to, { whenResource: plural, soft: true }),
  ),
]

const webhookKinds = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const

const clusterRows: readonly ReferenceField[] = [
  ...rows(webhookKinds, 'webhooks/*/clientConfig/service/name', 'Service', byNamespace),
  row('CustomResourceDefinition', 'spec/conversion/webhook/clientConfig/service/name', 'Service', byNamespace),
  row('APIService', 'spec/service/name', 'Service', byNamespace),
  row('ValidatingAdmissionPolicyBinding', 'spec/policyName', 'ValidatingAdmissionPolicy'),
  row('MutatingAdmissionPolicyBinding', 'spec/policyName', 'MutatingAdmissionPolicy'),
]

const nginxAnnotation = 'metadata/annotations/nginx.ingress.kubernetes.io~1'

const ingressRows: readonly ReferenceField[] = [
  row('Ingress', 'spec/ingressClassName', 'IngressClass'),
  row('Ingress', 'spec/tls/*/secretName', 'Secret'),
  row('Ingress', 'spec/rules/*/http/paths/*/backend/service/name', 'Service', route),
  row('Ingress', 'spec/defaultBackend/service/name', 'Service', route),
  row('Ingress', 'spec/rules/*/http/paths/*/backend/serviceName', 'Service', route),
  row('Ingress', 'spec/backend/serviceName', 'Service', route),
  row('Ingress', 'spec/rules/*/http/paths/*/backend/resource/name', '', { kindAt: 'kind', groupAt: 'apiGroup' }),
  row('Ingress', 'spec/defaultBackend/resource/name', '', { kindAt: 'kind', groupAt: 'apiGroup' }),
  row('Ingress', `${nginxAnnotation}auth-secret`, 'Secret', { format: 'namespace/name' }),
  row('Ingress', `${nginxAnnotation}auth-tls-secret`, 'Secret', { format: 'namespace/name' }),
  row('Ingress', `${nginxAnnotation}proxy-ssl-secret`, 'Secret', { format: 'namespace/name' }),
  row('Ingress', `${nginxAnnotation}fastcgi-params-configmap`, 'ConfigMap', { format: 'namespace/name' }),
  row('Ingress', 'metadata/annotations/ingress.kubernetes.io~1auth-secret', 'Secret', { format: 'namespace/name' }),
  row('Ingress', 'metadata/annotations/cert-manager.io~1issuer', 'Issuer', { toGroup: 'cert-manager.io', soft: true }),
  row('Ingress', 'metadata/annotations/cert-manager.io~1cluster-issuer', 'ClusterIssuer', {
    toGroup: 'cert-manager.io',
    soft: true,
  }),
  row('Ingress', 'metadata/annotations/traefik.ingress.kubernetes.io~1router.middlewares', 'Middleware', {
    format: 'traefik-middlewares',
  }),
]

const gateway = 'gateway.networking.k8s.io'
const httpRoutes = ['HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'] as const
const backendRef = { group: gateway, kindAt: 'kind', groupAt: 'group', ...byNamespace, ...route } as const

const gatewayRows: readonly ReferenceField[] = [
  ...rows(httpRoutes, 'spec/parentRefs/*/name', 'Gateway', {
    group: gateway,
    toGroup: gateway,
    kindAt: 'kind',
    groupAt: 'group',
    ...byNamespace,
  }),
  ...rows(httpRoutes, 'spec/rules/*/backendRefs/*/name', 'Service', { ...backendRef, toGroup: '' }),
  ...rows(httpRoutes, 'spec/rules/*/filters/*/requestMirror/backendRef/name', 'Service', {
    ...backendRef,
    toGroup: '',
  }),
  ...rows(httpRoutes, 'spec/rules/*/filters/*/extensionRef/name', '', {
    group: gateway,
    kindAt: 'kind',
    groupAt: 'group',
  }),
  row('Gateway', 'spec/gatewayClassName', 'GatewayClass', { group: gateway }),
  row('Gateway', 'spec/listeners/*/tls/certificateRefs/*/name', 'Secret', {
    group: gateway,
    toGroup: '',
    kindAt: 'kind',
    groupAt: 'group',
    ...byNamespace,
  }),
]

const traefikKinds = ['IngressRoute', 'IngressRouteTCP', 'IngressRouteUDP'] as const
const traefikService = { kindAt: 'kind', ...byNamespace, ...route } as const

const traefikRows: readonly ReferenceField[] = [
  ...rows(traefikKinds, 'spec/routes/*/services/*/name', 'Service', traefikService),
  ...rows(['IngressRoute'], 'spec/routes/*/middlewares/*/name', 'Middleware', byNamespace),
  ...rows(['IngressRouteTCP'], 'spec/routes/*/middlewares/*/name', 'MiddlewareTCP', byNamespace),
  ...rows(traefikKinds, 'spec/tls/secretName', 'Secret'),
  ...rows(traefikKinds, 'spec/tls/options/name', 'TLSOption', byNamespace),
  row('TraefikService', 'spec/weighted/services/*/name', 'Service', traefikService),
  row('TraefikService', 'spec/mirroring/name', 'Service', traefikService),
  row('TraefikService', 'spec/mirroring/mirrors/*/name', 'Service', traefikService),
  row('Middleware', 'spec/basicAuth/secret', 'Secret'),
  row('Middleware', 'spec/digestAuth/secret', 'Secret'),
  row('Middleware', 'spec/errors/service/name', 'Service', traefikService),
  row('Middleware', 'spec/chain/middlewares/*/name', 'Middleware', byNamespace),
  row('TLSStore', 'spec/defaultCertificate/secretName', 'Secret'),
]

const host = { format: 'host', edge: 'routes' } as const

const istioRows: readonly ReferenceField[] = [
  ...['http', 'tcp', 'tls'].map(protocol =>
    row('VirtualService', `spec/${protocol}/*/route/*/destination/host`, 'Service', host),
  ),
  row('VirtualService', 'spec/http/*/mirror/host', 'Service', host),
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
    'canary/trafficRouting/alb/rootService',
  ].map(path => row('Rollout', `spec/strategy/${path}`, 'Service', { group: rollouts })),
  ...['nginx/stableIngress', 'nginx/stableIngresses/*', 'alb/ingress', 'alb/ingresses/*'].map(path =>
    row('Rollout', `spec/strategy/canary/trafficRouting/${path}`, 'Ingress', { group: rollouts }),
  ),
  ...['istio/virtualService/name', 'istio/virtualServices/*/name'].map(path =>
    row('Rollout', `spec/strategy/canary/trafficRouting/${path}`, 'VirtualService', { group: rollouts }),
  ),
  row('Rollout', 'spec/strategy/canary/trafficRouting/istio/destinationRule/name', 'DestinationRule', {
    group: rollouts,
  }),
  row('Rollout', 'spec/workloadRef/name', 'Deployment', { group: rollouts, ...anyKind }),
  ...[
    'blueGreen/prePromotionAnalysis/templates/*',
    'blueGreen/postPromotionAnalysis/templates/*',
    'canary/analysis/templates/*',
    'canary/steps/*/analysis/templates/*',
    'canary/steps/*/experiment/analyses/*',
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
  row('ExternalSecret', 'spec/data/*/sourceRef/storeRef/name', 'SecretStore', stores),
  row('ExternalSecret', 'spec/dataFrom/*/sourceRef/storeRef/name', 'SecretStore', stores),
  row('ExternalSecret', 'spec/dataFrom/*/sourceRef/generatorRef/name', '', { kindAt: 'kind', groupAt: 'apiVersion' }),
  row('ExternalSecret', 'spec/target/template/templateFrom/*/configMap/name', 'ConfigMap', { keysAt: 'items/*/key' }),
  row('ExternalSecret', 'spec/target/template/templateFrom/*/secret/name', 'Secret', { keysAt: 'items/*/key' }),
  row('PushSecret', 'spec/secretStoreRefs/*/name', 'SecretStore', stores),
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
  ].map(path => row('Issuer', `spec/acme/solvers/*/dns01/${path}/name`, 'Secret', { group: certificates, ...key })),
]

const monitorEndpoints = [
  ['ServiceMonitor', 'spec/endpoints/*'],
  ['PodMonitor', 'spec/podMetricsEndpoints/*'],
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
  ...rows(['Prometheus', 'Alertmanager', 'ThanosRuler', 'PrometheusAgent'], 'spec/imagePullSecrets/*/name', 'Secret'),
  row('Alertmanager', 'spec/configSecret', 'Secret', { soft: true }),
]

const kedaRows: readonly ReferenceField[] = [
  row('ScaledObject', 'spec/scaleTargetRef/name', 'Deployment', { ...anyKind, group: 'keda.sh' }),
  ...rows(['ScaledObject', 'ScaledJob'], 'spec/triggers/*/authenticationRef/name', 'TriggerAuthentication', stores),
  row('TriggerAuthentication', 'spec/secretTargetRef/*/name', 'Secret', key),
  row('TriggerAuthentication', 'spec/configMapTargetRef/*/name', 'ConfigMap', key),
]

/** Every field that names another object. */
export const referenceFields: readonly ReferenceField[] = [
  ...podRows,
  ...workloadRows,
  ...storageRows,
  ...rbacRows,
  ...clusterRows,
  ...ingressRows,
  ...gatewayRows,
  ...traefikRows,
  ...istioRows,
  ...rolloutRows,
  ...secretRows,
  ...certificateRows,
  ...monitoringRows,
  ...kedaRows,
]
