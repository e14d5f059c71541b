// Custom resources whose schemas are bundled: the packages they are read from, and what those packages do not say.

/* oxlint-disable max-lines -- a table */

import { gatewayApiRules } from './gateway-api-rules.ts'
import type { PinnedPackage } from './packages.ts'
import type { Schema } from './scalar-schema.ts'

export const customPackages: readonly PinnedPackage[] = [
  {
    name: '@kubernetes-models/argo-cd',
    version: '4.0.0',
    integrity: 'sha512-xzgoF4x2iXJdbkOywP1tpZTzUzAU2dQ/LKBWHQKCupH/AQkJIgtv9J79+Vti5z4in/Kr6sUyCMBwDIF6YVWRfw==',
  },
  {
    name: '@kubernetes-models/argo-rollouts',
    version: '2.0.0',
    integrity: 'sha512-bKva0rPs0/kN7iWBmMTeNZytV7vCYHHr2/QhcBfOnp+y8daM5BJlHLd1yE+6JBkh5Z4k24QoQXbAMuZSbcwU1A==',
  },
  {
    name: '@kubernetes-models/cert-manager',
    version: '6.0.0',
    integrity: 'sha512-PvvzvJEnlEC64NC8HUUB4PFjFaBBNeYuO875Eu/FeMZN1OKm2DOXATRpo0WVCh5D2xbfhn30eUqKL3IrnQMX7w==',
  },
  {
    name: '@kubernetes-models/external-secrets',
    version: '2.0.0',
    integrity: 'sha512-IpwAaO1m67oVMvhvaVrdj18nNUG5aDXFL3S0RerILGenb0MvsjiSCnjAUW1P10gRz7rIEayhFRbtvlDSFBqeEA==',
  },
  {
    name: '@kubernetes-models/gateway-api',
    version: '2.0.0',
    integrity: 'sha512-e7SY7EkCGRHy5wHkaGhP32v7V1L+gBalfoqZDFDWn5k9Q7+IW6uz9jNWgOZ9R/Hv5NWyAFYaA01ET2qsysVt5A==',
  },
  {
    name: '@kubernetes-models/istio',
    version: '3.0.1',
    integrity: 'sha512-Ez+BM4WGjmkwQa4gSHuFKHZOha0fvwPOl3VZHgdUwBkO6FR08iDoLKFWM5WOoyMm3VbBnKGbWflsvNZ0BvoG6Q==',
  },
  {
    name: '@kubernetes-models/keda',
    version: '2.0.0',
    integrity: 'sha512-iqDohrzL51UXD6zM+Rl4RDnZ9Q7jwgikXYrDCxL0sWA5ZTFa7nMfS4Exu2uK6ohA+OUNQMUIFWORAHNpz5qlFw==',
  },
  {
    name: '@kubernetes-models/prometheus-operator',
    version: '6.0.0',
    integrity: 'sha512-ySNW4T6U6Vn86bmcJ/emmAYJ/UrzpNvzxWexWJSALwgiO4FqCgL6WoqFsOReSiMhw/LlF+MljQvoiwD3RnaGmg==',
  },
  {
    name: '@kubernetes-models/sealed-secrets',
    version: '6.0.0',
    integrity: 'sha512-lfDO9J7pjawvFvhGlFlOtKksAt188L+ulbEvs7ZpZOc5FM4adIjjZZGCbOdDHG3ne/cEjEIFBJ0qZivOyZ1/Vg==',
  },
  {
    name: '@kubernetes-models/traefik',
    version: '2.0.0',
    integrity: 'sha512-Q3fiM1KAH3pPLh83Ktevgzl9B+9ijloqJYxS9QbFw3CCq8HVIpRAYuQN03XiGaD4UiooPV4iv2zuSP7u3F2bSQ==',
  },
]

/** Types that look like kinds in a package, but are parts of others; and configuration that is no custom resource any more. */
export const notKinds: ReadonlySet<string> = new Set([
  'monitoring.coreos.com/v1 EmbeddedPersistentVolumeClaim',
  'keda.sh/v1alpha1 WithTriggers',
  'install.istio.io/v1alpha1 IstioOperator',
])

/** Kinds without a namespace; every other one lives in one. */
export const clusterScoped: ReadonlySet<string> = new Set([
  'AWSPCAClusterIssuer',
  'Bundle',
  'CertificateRequestPolicy',
  'ClusterAnalysisTemplate',
  'ClusterBundle',
  'ClusterCloudEventSource',
  'ClusterExternalSecret',
  'ClusterGenerator',
  'ClusterIssuer',
  'ClusterPushSecret',
  'ClusterSecretStore',
  'ClusterTriggerAuthentication',
  'GatewayClass',
  'XMesh',
])

/** Plurals that are not formed by rule. */
export const plurals: Readonly<Record<string, string>> = { Prometheus: 'prometheuses', XMesh: 'xmeshes' }

/** What a definition gets beside what its package says: fields, other types, and fields that are not required after all. */
export interface Amendment {
  readonly properties?: Readonly<Record<string, Schema>>
  readonly optional?: readonly string[]
  /** Rules in CEL (`x-kubernetes-validations`), in words of our own. */
  readonly rules?: readonly { readonly rule: string; readonly message: string; readonly fieldPath?: string }[]
  /** Lists whose entries are told apart by their `name`. */
  readonly keyedByName?: readonly string[]
  /** JSON schema keywords of the definition itself. */
  readonly keywords?: Readonly<Record<string, unknown>>
}

/** Stands for the object itself among the definitions. */
export const objectItself = ''

/** Stands for the objects of one kind among the definitions. */
export const objectOf = (kind: string): string => `object ${kind}`

const azureCloud = '=PublicCloud|USGovernmentCloud|ChinaCloud|GermanCloud|AzureStackCloud'

/** A duration as Go reads it; the types of the packages only say that it is a text. */
const duration = { type: 'string', format: 'go-duration' }

/**
 * Package to definition to amendment. The packages are read from Go types: fields newer than the package, and defaults that make
 * a field optional, are not in them. From the API documentation of each project; new objects are left open.
 */
export const amendments: Readonly<Record<string, Readonly<Record<string, Amendment>>>> = {
  // Argo CD's operator manual: application.yaml, project.yaml, applicationset.yaml.
  '@kubernetes-models/argo-cd': {
    ApplicationSourceDirectory: { properties: { disableExtensionFilter: 'boolean' } },
    ApplicationSource: { properties: { tagPrefix: 'string' } },
    SyncSource: { properties: { repoURL: 'string' } },
    AppProjectSpec: { properties: { sourceIntegrity: 'object' } },
    SyncWindow: { properties: { syncOverrun: 'boolean' } },
    SCMProviderGeneratorGitea: { properties: { excludeArchivedRepos: 'boolean' } },
    SCMProviderGeneratorGithub: { properties: { excludeArchivedRepos: 'boolean' } },
    SCMProviderGeneratorGitlab: { properties: { includeArchivedRepos: 'boolean' } },
    ApplicationSummary: { properties: { isAppOfApps: 'boolean' } },
    SourceHydratorStatus: { properties: { lastComparedDryRevision: 'string' } },
    ApplicationSetStatus: { properties: { health: 'object' } },
    ApplicationSetSyncPolicy: { properties: { applicationsSync: '=create-only|create-update|create-delete|sync' } },
  },
  '@kubernetes-models/gateway-api': gatewayApiRules,
  // The definitions keep whatever a status holds.
  '@kubernetes-models/istio': {
    [objectItself]: { properties: { status: 'object' } },
    // https://istio.io/latest/docs/reference/config/networking/service-entry/, …/virtual-service/, …/security/request_authentication/
    [objectOf('ServiceEntry')]: {
      rules: [
        {
          rule: '!has(self.spec) || !(has(self.spec.workloadSelector) && has(self.spec.endpoints))',
          message: 'at most one of workloadSelector and endpoints may be set',
          fieldPath: '.spec.endpoints',
        },
      ],
    },
    [objectOf('VirtualService')]: {
      rules: [
        {
          rule: "!has(self.spec) || !has(self.spec.http) || self.spec.http.all(route, !has(route.timeout) || route.timeout.matches('^([0-9.]+(ns|us|µs|ms|s|m|h))+$'))",
          message: 'the timeout of a route is no duration such as 5s',
          fieldPath: '.spec.http',
        },
      ],
    },
    [objectOf('RequestAuthentication')]: {
      rules: [
        {
          rule: '!has(self.spec) || !has(self.spec.jwtRules) || self.spec.jwtRules.all(rule, !(has(rule.jwks) && has(rule.jwksUri)))',
          message: 'at most one of jwks and jwksUri may be set',
          fieldPath: '.spec.jwtRules',
        },
      ],
    },
  },
  // The operator reads durations with Go: https://cert-manager.io/docs/reference/api-docs/.
  '@kubernetes-models/cert-manager': { CertificateSpec: { properties: { duration, renewBefore: duration } } },
  // https://keda.sh/docs/latest/reference/scaledobject-spec/, …/concepts/authentication/
  '@kubernetes-models/keda': {
    ScaleTriggers: { properties: { metricType: '=AverageValue|Value|Utilization' } },
    AuthPodIdentity: { properties: { provider: '=azure|azure-workload|gcp|aws|aws-eks|aws-kiam|none' } },
  },
  // https://prometheus-operator.dev/docs/api-reference/api/
  '@kubernetes-models/prometheus-operator': { PrometheusRuleSpec: { keyedByName: ['groups'] } },
  // External Secrets Operator 1.x: API specification (https://external-secrets.io/latest/api/spec/).
  '@kubernetes-models/external-secrets': {
    GeneratorRef: { properties: { kind: 'string' } },
    ExternalSecretRewrite: { keywords: { minProperties: 1, maxProperties: 1 }, properties: { merge: 'object' } },
    TemplateFrom: { properties: { target: 'string' } },
    CAProvider: { properties: { type: '=Secret|ConfigMap' } },
    ExternalSecretTarget: { properties: { manifest: 'object' } },
    ExternalSecretTemplateMetadata: { properties: { finalizers: '[]string' } },
    SecretStoreProvider: {
      keywords: { minProperties: 1, maxProperties: 1 },
      properties: { barbican: 'object', dvls: 'object', ngrok: 'object', onepasswordSDK: 'object', volcengine: 'object' },
    },
    AzureKVProvider: { properties: { customCloudConfig: 'object', useAzureSDK: 'boolean', environmentType: azureCloud } },
    ACRAccessTokenSpec: { properties: { environmentType: azureCloud } },
    BeyondtrustServer: { properties: { decrypt: 'boolean' } },
    DopplerAuth: { properties: { oidcConfig: 'object' }, optional: ['secretRef'] },
    FakeProvider: { properties: { validationResult: 'integer' } },
    GCPSMAuth: { properties: { workloadIdentityFederation: 'object' } },
    GCPSMProvider: { properties: { secretVersionSelectionPolicy: 'string' } },
    GitlabProvider: { properties: { caBundle: 'byte', caProvider: 'object' } },
    IBMAuthSecretRef: { properties: { iamEndpoint: 'string' } },
    InfisicalAuth: {
      properties: {
        awsAuthCredentials: 'object',
        azureAuthCredentials: 'object',
        gcpIamAuthCredentials: 'object',
        gcpIdTokenAuthCredentials: 'object',
        jwtAuthCredentials: 'object',
        kubernetesAuthCredentials: 'object',
        ldapAuthCredentials: 'object',
        ociAuthCredentials: 'object',
        tokenAuthCredentials: 'object',
      },
    },
    InfisicalProvider: { properties: { caBundle: 'byte', caProvider: 'object' } },
    OnboardbaseProvider: { optional: ['apiHost', 'environment', 'project'] },
    PasswordSpec: {
      properties: { encoding: 'string', secretKeys: '[]string' },
      optional: ['allowRepeat', 'length', 'noUpper'],
    },
    SecretServerProvider: { properties: { caBundle: 'byte', caProvider: 'object', domain: 'string' } },
    VaultAppRole: { optional: ['path'] },
    VaultAuth: { properties: { gcp: 'object' } },
    VaultCertAuth: { properties: { path: 'string' } },
    VaultJwtAuth: { optional: ['path'] },
    VaultKubernetesAuth: { optional: ['mountPath'] },
    VaultLdapAuth: { optional: ['path'] },
    VaultProvider: { properties: { checkAndSet: 'object', version: '=v1|v2' } },
    VaultUserPassAuth: { optional: ['path'] },
    WebhookProvider: { optional: ['result'] },
    YandexCertificateManagerProvider: { properties: { fetching: 'object' } },
    YandexLockboxProvider: { properties: { fetching: 'object' } },
  },
}
