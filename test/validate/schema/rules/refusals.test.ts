/* oxlint-disable max-lines -- a table */
// One line per thing the server refuses that no fixture shows: what is written, which rule speaks, and where.

import { describe, expect, test } from 'vitest'
import { parseYaml } from '../../../../generator/manifest/parse-yaml.ts'
import { documentResources } from '../../../../generator/validate/schema/check-documents.ts'
import { refusalsOf } from '../../../../generator/validate/schema/rules/registry.ts'
import { fixtureProfile } from '../../../support/rule-fixtures.ts'

type Row = readonly [yaml: string, rule: string, pointer: string]

const object = (apiVersion: string, kind: string, fields: string): string =>
  `{ apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: web }, ${fields} }`
const spec = (fields: string): string =>
  object('v1', 'Pod', `spec: { containers: [{ name: web, image: nginx }], ${fields} }`)
const container = (fields: string, more = ''): string =>
  object('v1', 'Pod', `spec: { containers: [{ name: web, image: nginx, ${fields} }]${more} }`)
const volume = (fields: string): string => spec(`volumes: [{ name: data, ${fields} }]`)
const template = 'template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: nginx }] } }'
const workload = (kind: string, fields: string): string =>
  object('apps/v1', kind, `spec: { selector: { matchLabels: { app: web } }, ${template}, ${fields} }`)
const once = 'template: { spec: { restartPolicy: Never, containers: [{ name: web, image: nginx }] } }'
const job = (fields: string): string => object('batch/v1', 'Job', `spec: { ${once}, ${fields} }`)
const service = (fields: string): string => object('v1', 'Service', `spec: { ports: [{ port: 80 }], ${fields} }`)
const admission = 'admissionregistration.k8s.io/v1'
const match = 'operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods]'
const policy = (fields: string): string => object(admission, 'ValidatingAdmissionPolicy', `spec: { ${fields} }`)
const constraints = `matchConstraints: { resourceRules: [{ ${match} }] }`
const mutating = (mutations: string, fields = 'reinvocationPolicy: Never'): string =>
  object(admission, 'MutatingAdmissionPolicy', `spec: { ${constraints}, mutations: [${mutations}], ${fields} }`)
const naming = (names: string): string =>
  `validations: [{ expression: "true" }], matchConstraints: { resourceRules: [{ ${match}, resourceNames: [${names}] }] }`
const binding = (fields: string): string =>
  object(admission, 'ValidatingAdmissionPolicyBinding', `spec: { policyName: web, ${fields} }`)
const webhook = (fields: string, client = 'service: { name: web, namespace: team }'): string =>
  object(
    admission,
    'MutatingWebhookConfiguration',
    `webhooks: [{ name: a.b.c, sideEffects: None, admissionReviewVersions: [v1], clientConfig: { ${client} }, ${fields} }]`,
  )
const node = (term: string): string =>
  spec(
    `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [${term}] } } }`,
  )
const slice = (fields: string): string => object('discovery.k8s.io/v1', 'EndpointSlice', fields)
const pv = (fields: string): string =>
  object('v1', 'PersistentVolume', `spec: { accessModes: [ReadWriteOnce], capacity: { storage: 1Gi }, ${fields} }`)

const candidate = (fields: string): string =>
  object('coordination.k8s.io/v1beta1', 'LeaseCandidate', `spec: { ${fields} }`)
const migration = (resource: string): string =>
  object('storagemigration.k8s.io/v1beta1', 'StorageVersionMigration', `spec: { resource: ${resource} }`)
const review = (kind: string, fields: string): string =>
  `{ apiVersion: authorization.k8s.io/v1, kind: ${kind}, spec: { ${fields} } }`
const selecting = (selector: string): string =>
  review('SelfSubjectAccessReview', `resourceAttributes: { verb: get, fieldSelector: { ${selector} } }`)
const requiring = (requirement: string): string => selecting(`requirements: [{ ${requirement} }]`)
const fieldSelector = '/spec/resourceAttributes/fieldSelector'

const rows: Readonly<Record<string, readonly Row[]>> = {
  'every object': [
    [
      '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, generation: -1 } }',
      'out-of-range',
      '/metadata/generation',
    ],
  ],
  'mutating admission policies': [
    [mutating('{ patchType: JSONPatch }'), 'missing-value', '/spec/mutations/0'],
    [mutating('{ patchType: "" }'), 'missing-value', '/spec/mutations/0/patchType'],
    [
      mutating('{ patchType: JSONPatch, jsonPatch: { expression: " " } }'),
      'missing-value',
      '/spec/mutations/0/jsonPatch/expression',
    ],
    [mutating(''), 'missing-value', '/spec/mutations'],
    [
      mutating('{ patchType: JSONPatch, jsonPatch: { expression: "[]" } }', 'reinvocationPolicy: ""'),
      'missing-value',
      '/spec/reinvocationPolicy',
    ],
    [object(admission, 'MutatingAdmissionPolicyBinding', 'spec: {}'), 'missing-value', '/spec/policyName'],
  ],
  'lease candidates': [
    [
      '{ apiVersion: coordination.k8s.io/v1beta1, kind: LeaseCandidate, metadata: { name: a b } }',
      'invalid-name',
      '/metadata/name',
    ],
    [candidate('binaryVersion: ""'), 'missing-value', '/spec/binaryVersion'],
    [candidate('binaryVersion: v1.36.0'), 'unsupported-value', '/spec/binaryVersion'],
    [candidate('emulationVersion: "1.36"'), 'unsupported-value', '/spec/emulationVersion'],
    [candidate('strategy: Newest'), 'unsupported-value', '/spec/strategy'],
    [candidate('strategy: a/b/c'), 'unsupported-value', '/spec/strategy'],
    [candidate('strategy: OldestEmulationVersion'), 'missing-value', '/spec'],
    [candidate('strategy: OldestEmulationVersion, emulationVersion: ""'), 'missing-value', '/spec'],
    [candidate('binaryVersion: 1.9.0, emulationVersion: 1.10.0'), 'unsupported-value', '/spec/binaryVersion'],
  ],
  'storage version migrations': [
    [migration('{ group: apps, resource: "" }'), 'missing-value', '/spec/resource/resource'],
    [migration('{ group: apps, resource: Pods }'), 'invalid-reference-name', '/spec/resource/resource'],
    [migration('{ group: "a b", resource: pods }'), 'invalid-reference-name', '/spec/resource/group'],
  ],
  'access reviews': [
    [review('SelfSubjectAccessReview', ''), 'missing-value', '/spec'],
    [
      review('SelfSubjectAccessReview', 'resourceAttributes: { verb: get }, nonResourceAttributes: {}'),
      'exclusive-fields',
      '/spec/nonResourceAttributes',
    ],
    [review('SubjectAccessReview', 'groups: [], resourceAttributes: { verb: get }'), 'missing-value', '/spec'],
    [
      review('LocalSubjectAccessReview', 'user: ada, nonResourceAttributes: { path: /healthz }'),
      'forbidden-field',
      '/spec/nonResourceAttributes',
    ],
    [selecting('requirements: []'), 'missing-value', fieldSelector],
    [
      selecting('rawSelector: a=b, requirements: [{ key: a, operator: Exists }]'),
      'exclusive-fields',
      `${fieldSelector}/rawSelector`,
    ],
    [requiring('key: "", operator: Exists'), 'missing-value', `${fieldSelector}/requirements/0/key`],
    [requiring('key: a, operator: In'), 'missing-value', `${fieldSelector}/requirements/0/values`],
    [requiring('key: a, operator: Exists, values: [b]'), 'forbidden-field', `${fieldSelector}/requirements/0/values`],
  ],
  pods: [
    [spec('activeDeadlineSeconds: 0'), 'out-of-range', '/spec/activeDeadlineSeconds'],
    [spec('schedulingGates: [{ name: a }, { name: a }]'), 'duplicate-entry', '/spec/schedulingGates/1/name'],
    [
      spec('readinessGates: [{ conditionType: "a b" }]'),
      'invalid-reference-name',
      '/spec/readinessGates/0/conditionType',
    ],
    [spec('nodeName: n, schedulingGates: [{ name: a }]'), 'exclusive-fields', '/spec/nodeName'],
    [spec('hostUsers: false, hostNetwork: true'), 'exclusive-fields', '/spec/hostNetwork'],
    [
      spec('os: { name: linux }, securityContext: { windowsOptions: {} }'),
      'forbidden-field',
      '/spec/securityContext/windowsOptions',
    ],
    [
      spec('os: { name: windows }, securityContext: { runAsUser: 1 }'),
      'forbidden-field',
      '/spec/securityContext/runAsUser',
    ],
    [
      spec('securityContext: { sysctls: [{ name: "A", value: "1" }] }'),
      'invalid-security-context',
      '/spec/securityContext/sysctls/0/name',
    ],
    [
      spec('securityContext: { sysctls: [{ name: net.a, value: "1" }] }, hostNetwork: true'),
      'invalid-security-context',
      '/spec/securityContext/sysctls/0/name',
    ],
    [spec('securityContext: { runAsUser: -1 }'), 'out-of-range', '/spec/securityContext/runAsUser'],
    [
      spec('securityContext: { supplementalGroups: [2147483648] }'),
      'out-of-range',
      '/spec/securityContext/supplementalGroups/0',
    ],
    [spec('hostAliases: [{ ip: "10.0.0", hostnames: [a] }]'), 'invalid-ip', '/spec/hostAliases/0/ip'],
    [spec('hostAliases: [{ ip: 10.0.0.1, hostnames: [A_B] }]'), 'invalid-host-name', '/spec/hostAliases/0/hostnames/0'],
    [spec('dnsConfig: { options: [{ value: "1" }] }'), 'invalid-dns-config', '/spec/dnsConfig/options/0'],
    [spec('tolerations: [{ key: a, value: "b c" }]'), 'invalid-toleration', '/spec/tolerations/0/value'],
    [spec('tolerations: [{ effect: NoSchedule }]'), 'invalid-toleration', '/spec/tolerations/0'],
    [spec('resourceClaims: [{ name: gpu }]'), 'missing-value', '/spec/resourceClaims/0'],
    [spec('overhead: { cpu: -1 }'), 'invalid-resource-amount', '/spec/overhead/cpu'],
    [spec('nodeSelector: { "a b": c }'), 'invalid-label', '/spec/nodeSelector/a b'],
    [
      node('{ matchExpressions: [{ key: a, operator: Gt, values: ["1", "2"] }] }'),
      'invalid-affinity',
      '/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchExpressions/0',
    ],
    [
      node('{ matchFields: [{ key: spec.x, operator: In, values: [a] }] }'),
      'invalid-affinity',
      '/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchFields/0/key',
    ],
    [
      spec('resources: { limits: { example.com/gpu: 1 } }'),
      'invalid-resource-name',
      '/spec/resources/limits/example.com~1gpu',
    ],
    [
      spec('resources: { requests: { cpu: 2 }, limits: { cpu: 1 } }'),
      'request-above-limit',
      '/spec/resources/requests/cpu',
    ],
  ],
  containers: [
    [
      container('securityContext: { procMount: Unmasked }'),
      'invalid-security-context',
      '/spec/containers/0/securityContext/procMount',
    ],
    [
      container('securityContext: { allowPrivilegeEscalation: false, capabilities: { add: [CAP_SYS_ADMIN] } }'),
      'invalid-security-context',
      '/spec/containers/0/securityContext/allowPrivilegeEscalation',
    ],
    [
      container('securityContext: { windowsOptions: { runAsUserName: "a\\\\b\\\\c" } }'),
      'invalid-windows-options',
      '/spec/containers/0/securityContext/windowsOptions/runAsUserName',
    ],
    [
      container('securityContext: { appArmorProfile: { type: Localhost, localhostProfile: " a" } }'),
      'invalid-security-profile',
      '/spec/containers/0/securityContext/appArmorProfile/localhostProfile',
    ],
    [
      container(
        'resizePolicy: [{ resourceName: cpu, restartPolicy: NotRequired }, { resourceName: cpu, restartPolicy: NotRequired }]',
      ),
      'duplicate-entry',
      '/spec/containers/0/resizePolicy/1/resourceName',
    ],
    [
      container('resources: { limits: { hugepages-2Mi: 3Mi, cpu: 1 } }'),
      'invalid-resource-amount',
      '/spec/containers/0/resources/limits/hugepages-2Mi',
    ],
    [
      container('resources: { limits: { hugepages-2Mi: 4Mi } }'),
      'invalid-resource-name',
      '/spec/containers/0/resources',
    ],
    [
      container('resources: { requests: { example.com/gpu: 1 } }'),
      'request-above-limit',
      '/spec/containers/0/resources/requests/example.com~1gpu',
    ],
    [container('envFrom: [{ prefix: a }]'), 'invalid-environment-source', '/spec/containers/0/envFrom/0'],
    [container('envFrom: [{ configMapRef: {} }]'), 'missing-value', '/spec/containers/0/envFrom/0/configMapRef/name'],
    [
      container('env: [{ name: A, valueFrom: { secretKeyRef: { name: a, key: b/c } } }]'),
      'invalid-data-key',
      '/spec/containers/0/env/0/valueFrom/secretKeyRef/key',
    ],
    [
      container('env: [{ name: A, valueFrom: { resourceFieldRef: { resource: limits.disk } } }]'),
      'invalid-field-path',
      '/spec/containers/0/env/0/valueFrom/resourceFieldRef/resource',
    ],
    [
      container('env: [{ name: A, valueFrom: { resourceFieldRef: { resource: limits.cpu, divisor: 1Mi } } }]'),
      'invalid-field-path',
      '/spec/containers/0/env/0/valueFrom/resourceFieldRef/divisor',
    ],
    [container('livenessProbe: { exec: {} }'), 'invalid-probe', '/spec/containers/0/livenessProbe/exec'],
    [
      container('readinessProbe: { terminationGracePeriodSeconds: 1, grpc: { port: 1 } }'),
      'invalid-probe',
      '/spec/containers/0/readinessProbe/terminationGracePeriodSeconds',
    ],
    [
      container('livenessProbe: { httpGet: { port: 80, httpHeaders: [{ name: "a b", value: c }] } }'),
      'invalid-probe',
      '/spec/containers/0/livenessProbe/httpGet/httpHeaders/0/name',
    ],
    [
      container('volumeDevices: [{ name: data, devicePath: /dev/a }]', ', volumes: [{ name: data, emptyDir: {} }]'),
      'invalid-mount',
      '/spec/containers/0/volumeDevices/0/name',
    ],
    [
      container(
        'volumeMounts: [{ name: data, mountPath: /a, subPath: a, subPathExpr: b }]',
        ', volumes: [{ name: data }]',
      ),
      'invalid-mount',
      '/spec/containers/0/volumeMounts/0/subPathExpr',
    ],
    [
      container(
        'volumeMounts: [{ name: data, mountPath: /a, recursiveReadOnly: Enabled }]',
        ', volumes: [{ name: data }]',
      ),
      'invalid-mount',
      '/spec/containers/0/volumeMounts/0/recursiveReadOnly',
    ],
    [
      container('ports: [{ containerPort: 80, hostPort: 80 }, { containerPort: 81, hostPort: 80 }]'),
      'duplicate-port',
      '/spec/containers/0/ports/1/hostPort',
    ],
  ],
  volumes: [
    [volume('emptyDir: { sizeLimit: -1Gi }'), 'invalid-resource-amount', '/spec/volumes/0/emptyDir/sizeLimit'],
    [volume('hostPath: { path: /a/../b }'), 'invalid-volume-path', '/spec/volumes/0/hostPath/path'],
    [volume('nfs: { server: a, path: b }'), 'invalid-volume-path', '/spec/volumes/0/nfs/path'],
    [volume('csi: { driver: "a b" }'), 'invalid-volume', '/spec/volumes/0/csi/driver'],
    [volume('downwardAPI: { items: [{ path: a }] }'), 'invalid-volume', '/spec/volumes/0/downwardAPI/items/0'],
    [
      volume('downwardAPI: { items: [{ path: a, resourceFieldRef: { resource: limits.cpu } }] }'),
      'missing-value',
      '/spec/volumes/0/downwardAPI/items/0/resourceFieldRef/containerName',
    ],
    [
      volume('projected: { sources: [{ serviceAccountToken: { path: a, expirationSeconds: 60 } }] }'),
      'out-of-range',
      '/spec/volumes/0/projected/sources/0/serviceAccountToken/expirationSeconds',
    ],
    [
      volume('projected: { sources: [{ secret: { name: a }, configMap: { name: a } }] }'),
      'invalid-volume',
      '/spec/volumes/0/projected/sources/0/configMap',
    ],
    [
      volume('projected: { sources: [{ secret: { name: a, items: [{ key: a, path: x }, { key: b, path: x }] } }] }'),
      'duplicate-mount-path',
      '/spec/volumes/0/projected/sources/0/secret/items/1/path',
    ],
    [
      volume(
        'ephemeral: { volumeClaimTemplate: { metadata: { name: a }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1 } } } } }',
      ),
      'forbidden-field',
      '/spec/volumes/0/ephemeral/volumeClaimTemplate/metadata/name',
    ],
    [volume('iscsi: { targetPortal: a, iqn: "iqn.x", lun: 0 }'), 'invalid-volume', '/spec/volumes/0/iscsi/iqn'],
    [volume('fc: { targetWWNs: [a] }'), 'missing-value', '/spec/volumes/0/fc'],
    [volume('flocker: { datasetName: a/b }'), 'invalid-volume', '/spec/volumes/0/flocker/datasetName'],
    [volume('quobyte: { registry: a, volume: b }'), 'invalid-volume', '/spec/volumes/0/quobyte/registry'],
    [
      pv('hostPath: { path: / }, persistentVolumeReclaimPolicy: Recycle'),
      'invalid-persistent-volume',
      '/spec/persistentVolumeReclaimPolicy',
    ],
    [
      pv('csi: { driver: a, volumeHandle: b, nodePublishSecretRef: { name: c } }'),
      'missing-value',
      '/spec/csi/nodePublishSecretRef/namespace',
    ],
    [pv('nfs: { server: a, path: /b }, nodeAffinity: {}'), 'missing-value', '/spec/nodeAffinity'],
    [
      object(
        'v1',
        'PersistentVolumeClaim',
        'spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1 } }, dataSourceRef: { kind: A, name: b } }',
      ),
      'invalid-volume-claim',
      '/spec/dataSourceRef/kind',
    ],
    [
      object('storage.k8s.io/v1', 'StorageClass', 'provisioner: a, allowedTopologies: [{}]'),
      'invalid-storage-class',
      '/allowedTopologies/0',
    ],
    [
      object('storage.k8s.io/v1', 'CSIDriver', 'spec: { tokenRequests: [{ audience: a }, { audience: a }] }'),
      'duplicate-entry',
      '/spec/tokenRequests/1',
    ],
  ],
  workloads: [
    [
      workload('DaemonSet', 'updateStrategy: { rollingUpdate: { maxSurge: 1 } }'),
      'invalid-rollout',
      '/spec/updateStrategy/rollingUpdate/maxSurge',
    ],
    [
      workload('DaemonSet', 'updateStrategy: { rollingUpdate: { maxUnavailable: 0 } }'),
      'invalid-rollout',
      '/spec/updateStrategy/rollingUpdate/maxUnavailable',
    ],
    [
      workload('StatefulSet', 'updateStrategy: { type: OnDelete, rollingUpdate: {} }'),
      'forbidden-field',
      '/spec/updateStrategy/rollingUpdate',
    ],
    [workload('StatefulSet', 'ordinals: { start: -1 }'), 'out-of-range', '/spec/ordinals/start'],
    [
      workload(
        'StatefulSet',
        'volumeClaimTemplates: [{ metadata: { name: A }, spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1 } } } }]',
      ),
      'invalid-volume',
      '/spec/volumeClaimTemplates/0/metadata/name',
    ],
    [
      object('v1', 'ReplicationController', `spec: { selector: { app: api }, ${template} }`),
      'selector-mismatch',
      '/spec/template/metadata/labels',
    ],
    [
      object(
        'apps/v1',
        'Deployment',
        'spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } } } }',
      ),
      'missing-value',
      '/spec/template/spec',
    ],
    [object('apps/v1', 'Deployment', ''), 'missing-value', '/spec'],
    [job('manualSelector: true'), 'invalid-job', '/spec/manualSelector'],
    [job('selector: { matchLabels: { app: web } }'), 'invalid-job', '/spec/selector'],
    [job('completionMode: Indexed, parallelism: 2'), 'invalid-job', '/spec'],
    [
      job('completionMode: Indexed, completions: 5, backoffLimitPerIndex: 1, maxFailedIndexes: 6'),
      'out-of-range',
      '/spec/maxFailedIndexes',
    ],
    [
      job('podFailurePolicy: { rules: [{ action: FailIndex, onPodConditions: [{ type: A }] }] }'),
      'invalid-pod-failure-policy',
      '/spec/podFailurePolicy/rules/0/action',
    ],
    [
      object(
        'autoscaling/v2',
        'HorizontalPodAutoscaler',
        'spec: { maxReplicas: 2, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: a }, behavior: { scaleUp: { policies: [{ type: Pods, value: 1, periodSeconds: 3600 }] } } }',
      ),
      'out-of-range',
      '/spec/behavior/scaleUp/policies/0/periodSeconds',
    ],
  ],
  'services and networks': [
    [service('type: ExternalName'), 'missing-value', '/spec'],
    [service('type: ExternalName, externalName: a_b'), 'invalid-service-type', '/spec/externalName'],
    [service('loadBalancerClass: a/b'), 'invalid-service-type', '/spec/loadBalancerClass'],
    [service('healthCheckNodePort: 30000'), 'invalid-service-type', '/spec/healthCheckNodePort'],
    [
      service('sessionAffinity: ClientIP, sessionAffinityConfig: { clientIP: { timeoutSeconds: 0 } }'),
      'out-of-range',
      '/spec/sessionAffinityConfig/clientIP/timeoutSeconds',
    ],
    [service('clusterIP: None, clusterIPs: [None, 10.0.0.1]'), 'invalid-cluster-ip', '/spec/clusterIPs'],
    [service('clusterIP: 10.0.0.1, ipFamilies: [IPv6]'), 'invalid-cluster-ip', '/spec/clusterIP'],
    [
      slice('addressType: IPv4, endpoints: [{ addresses: ["fd00::1"] }]'),
      'invalid-endpoint',
      '/endpoints/0/addresses/0',
    ],
    [slice('addressType: FQDN, endpoints: [{ addresses: [web] }]'), 'invalid-endpoint', '/endpoints/0/addresses/0'],
    [slice('addressType: IPv4, endpoints: [{ addresses: [] }]'), 'invalid-endpoint', '/endpoints/0/addresses'],
    [
      object('networking.k8s.io/v1', 'IngressClass', 'spec: { controller: web }'),
      'invalid-reference-name',
      '/spec/controller',
    ],
    [
      object(
        'networking.k8s.io/v1',
        'IngressClass',
        'spec: { controller: a.b/c, parameters: { kind: A, name: b, scope: Namespace } }',
      ),
      'missing-value',
      '/spec/parameters',
    ],
    [object('networking.k8s.io/v1', 'Ingress', 'spec: {}'), 'invalid-ingress-backend', '/spec'],
    [
      object(
        'networking.k8s.io/v1',
        'NetworkPolicy',
        'spec: { podSelector: {}, egress: [{ ports: [{ endPort: 90 }] }] }',
      ),
      'invalid-port',
      '/spec/egress/0/ports/0/endPort',
    ],
  ],
  'cluster objects': [
    [object('v1', 'Namespace', 'spec: { finalizers: [mine] }'), 'invalid-finalizer', '/spec/finalizers/0'],
    [
      object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'aggregationRule: { clusterRoleSelectors: [] }'),
      'missing-value',
      '/aggregationRule/clusterRoleSelectors',
    ],
    [
      object(
        'rbac.authorization.k8s.io/v1',
        'RoleBinding',
        'roleRef: { kind: Role, name: a }, subjects: [{ kind: User, name: a, apiGroup: users }]',
      ),
      'invalid-subject',
      '/subjects/0/apiGroup',
    ],
    [object('node.k8s.io/v1', 'RuntimeClass', 'handler: A'), 'invalid-reference-name', '/handler'],
    [
      object('coordination.k8s.io/v1', 'Lease', 'spec: { leaseDurationSeconds: 0 }'),
      'out-of-range',
      '/spec/leaseDurationSeconds',
    ],
    [object('v1', 'ResourceQuota', 'spec: { hard: { pods: 1.5 } }'), 'invalid-resource-amount', '/spec/hard/pods'],
    [object('v1', 'ResourceQuota', 'spec: { hard: { widgets: 1 } }'), 'invalid-resource-name', '/spec/hard/widgets'],
    [
      object('v1', 'ResourceQuota', 'spec: { scopes: [Terminating, NotTerminating] }'),
      'invalid-quota',
      '/spec/scopes/1',
    ],
    [
      object(
        'v1',
        'ResourceQuota',
        'spec: { scopeSelector: { matchExpressions: [{ scopeName: PriorityClass, operator: In }] } }',
      ),
      'invalid-quota',
      '/spec/scopeSelector/matchExpressions/0',
    ],
    [
      object('v1', 'LimitRange', 'spec: { limits: [{ type: Pod, default: { cpu: 1 } }] }'),
      'forbidden-field',
      '/spec/limits/0/default',
    ],
    [
      object('v1', 'LimitRange', 'spec: { limits: [{ type: PersistentVolumeClaim }] }'),
      'invalid-limit-range',
      '/spec/limits/0',
    ],
    [
      object('v1', 'LimitRange', 'spec: { limits: [{ type: Container, maxLimitRequestRatio: { cpu: 500m } }] }'),
      'invalid-limit-range',
      '/spec/limits/0/maxLimitRequestRatio/cpu',
    ],
    [object('v1', 'Secret', 'type: kubernetes.io/basic-auth'), 'invalid-secret', '/type'],
    [
      object('v1', 'Secret', 'type: kubernetes.io/dockerconfigjson, stringData: { .dockerconfigjson: "nothing" }'),
      'invalid-secret',
      '/stringData/.dockerconfigjson',
    ],
    [webhook('timeoutSeconds: 31'), 'out-of-range', '/webhooks/0/timeoutSeconds'],
    [webhook('', 'url: "http://example.com"'), 'invalid-webhook', '/webhooks/0/clientConfig/url'],
    [
      webhook('', 'service: { name: web, namespace: team, path: validate }'),
      'invalid-webhook',
      '/webhooks/0/clientConfig/service/path',
    ],
    [
      webhook('rules: [{ operations: ["*", CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods] }]'),
      'invalid-webhook',
      '/webhooks/0/rules/0/operations',
    ],
    [
      webhook('rules: [{ operations: [CREATE], apiGroups: [""], apiVersions: [v1], resources: [pods/*, pods/exec] }]'),
      'invalid-webhook',
      '/webhooks/0/rules/0/resources',
    ],
    [policy(constraints), 'invalid-admission-policy', '/spec'],
    [policy(naming('a/b')), 'invalid-admission-policy', '/spec/matchConstraints/resourceRules/0/resourceNames/0'],
    [policy(naming('a, a')), 'duplicate-entry', '/spec/matchConstraints/resourceRules/0/resourceNames/1'],
    [policy(`${constraints}, validations: [{ expression: " " }]`), 'missing-value', '/spec/validations/0/expression'],
    [
      policy(`${constraints}, validations: [{ expression: "true" }], paramKind: { apiVersion: a/b/c, kind: A }`),
      'invalid-admission-policy',
      '/spec/paramKind/apiVersion',
    ],
    [binding('validationActions: [Deny, Warn]'), 'invalid-admission-policy', '/spec/validationActions'],
    [
      binding('validationActions: [Deny], paramRef: { parameterNotFoundAction: Deny }'),
      'invalid-admission-policy',
      '/spec/paramRef',
    ],
  ],
}

describe.each(Object.entries(rows))('%s', (_title, table) => {
  test.each(table)('%s is refused by %s at %s', (yaml, rule, pointer) => {
    const [resource] = documentResources(parseYaml(yaml, 'input.yaml').value).value
    if (resource === undefined) throw new Error('no resource')
    const found = refusalsOf(resource, fixtureProfile).map(finding => `${finding.rule} ${finding.at.pointer}`)
    expect(found).toEqual([`${rule} ${pointer}`])
  })
})
