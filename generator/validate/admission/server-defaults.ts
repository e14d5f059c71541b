// An object as admission sees it: with what the API server has filled in by then. An expression that reads spec.replicas finds 1 where
// nothing is written. kubernetes/kubernetes, pkg/apis/*/v1/defaults.go; held against a 1.34 API server.

import { groupOf, type Resource } from '../../manifest/resource.ts'
import { asMap, asString, type YamlMap } from '../../manifest/value.ts'
import { each, fields, steps, when, within, withoutEmpty, type Step } from './defaults.ts'
import { canonicalResources, claimTemplate, podSpec, templateSpec } from './pod-defaults.ts'

const template: Step = within('template', within('spec', templateSpec))

const rolling = (parameters: YamlMap): Step =>
  steps(
    fields({ type: 'RollingUpdate' }),
    when(
      strategy => strategy['type'] === 'RollingUpdate',
      steps(fields({ rollingUpdate: {} }), within('rollingUpdate', fields(parameters))),
    ),
  )

const deployment: Step = steps(
  fields({ replicas: 1, strategy: {}, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 }),
  within('strategy', rolling({ maxSurge: '25%', maxUnavailable: '25%' })),
  template,
)

const statefulSet: Step = steps(
  fields({
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    updateStrategy: {},
    revisionHistoryLimit: 10,
    persistentVolumeClaimRetentionPolicy: {},
  }),
  within('updateStrategy', rolling({ partition: 0 })),
  within('persistentVolumeClaimRetentionPolicy', fields({ whenDeleted: 'Retain', whenScaled: 'Retain' })),
  each('volumeClaimTemplates', steps(fields({ apiVersion: 'v1', kind: 'PersistentVolumeClaim' }), claimTemplate)),
  template,
)

const daemonSet: Step = steps(
  fields({ updateStrategy: {}, revisionHistoryLimit: 10 }),
  within('updateStrategy', rolling({ maxSurge: 0, maxUnavailable: 1 })),
  template,
)

const job: Step = steps(
  when(spec => spec['completions'] === undefined && spec['parallelism'] === undefined, fields({ completions: 1 })),
  fields({
    parallelism: 1,
    completionMode: 'NonIndexed',
    suspend: false,
    backoffLimit: 6,
    manualSelector: false,
  }),
  fields({ podReplacementPolicy: 'TerminatingOrFailed' }),
  template,
)

const cronJob: Step = steps(
  fields({ concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 }),
  within(
    'jobTemplate',
    steps(fields({ metadata: {} }), within('spec', steps(template, within('template', fields({ metadata: {} }))))),
  ),
)

const servicePort: Step = port => fields({ protocol: 'TCP', targetPort: port['port'] ?? null })(port)

const service: Step = steps(
  fields({ type: 'ClusterIP', sessionAffinity: 'None' }),
  when(
    spec => spec['type'] !== 'ExternalName',
    steps(fields({ internalTrafficPolicy: 'Cluster', ipFamilyPolicy: 'SingleStack' }), each('ports', servicePort)),
  ),
  when(
    spec => ['LoadBalancer', 'NodePort'].includes(asString(spec['type']) ?? ''),
    fields({ externalTrafficPolicy: 'Cluster' }),
  ),
  when(spec => spec['type'] === 'LoadBalancer', fields({ allocateLoadBalancerNodePorts: true })),
)

const networkPolicy: Step = spec =>
  steps(
    fields({ policyTypes: spec['egress'] === undefined ? ['Ingress'] : ['Ingress', 'Egress'] }),
    each('ingress', each('ports', fields({ protocol: 'TCP' }))),
    each('egress', each('ports', fields({ protocol: 'TCP' }))),
  )(spec)

const cpuAtEighty = {
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
}

const autoscaler: Step = fields({ minReplicas: 1, metrics: [cpuAtEighty] })

const claim: Step = steps(fields({ volumeMode: 'Filesystem' }), within('resources', canonicalResources))

/** By group and kind, with the version where they differ: what happens to `spec`. */
const specSteps: Readonly<Record<string, Step>> = {
  '/Pod': podSpec,
  '/ReplicationController': steps(fields({ replicas: 1 }), template),
  '/Service': service,
  '/PersistentVolumeClaim': claim,
  'apps/Deployment': deployment,
  'apps/StatefulSet': statefulSet,
  'apps/DaemonSet': daemonSet,
  'apps/ReplicaSet': steps(fields({ replicas: 1 }), template),
  'batch/Job': job,
  'batch/CronJob': cronJob,
  'autoscaling/HorizontalPodAutoscaler': autoscaler,
  'networking.k8s.io/NetworkPolicy': networkPolicy,
}

const rbacGroup = 'rbac.authorization.k8s.io'
const subjects: Step = each(
  'subjects',
  when(subject => subject['kind'] !== 'ServiceAccount', fields({ apiGroup: rbacGroup })),
)

/** `stringData` is written only: by the time of admission it is part of `data`. */
const secret: Step = ({ stringData, ...object }) => {
  const encoded = Object.entries(asMap(stringData)).map(([key, text]) => [
    key,
    Buffer.from(asString(text) ?? '').toString('base64'),
  ])
  const data = { ...asMap(object['data']), ...Object.fromEntries(encoded) }
  return fields({ type: 'Opaque' })(Object.keys(data).length === 0 ? object : { ...object, data })
}

const objectSteps: Readonly<Record<string, Step>> = {
  '/Secret': secret,
  [`${rbacGroup}/RoleBinding`]: subjects,
  [`${rbacGroup}/ClusterRoleBinding`]: subjects,
}

const builtIn = /^(?:apps|batch|autoscaling|policy|)$|^[a-z.]+\.k8s\.io$/
const customUnderKubernetes = /^(?:gateway\.networking|snapshot\.storage|metrics)\.k8s\.io$|\.x-k8s\.io$/

const filled = new WeakMap<Resource, YamlMap>()

/** The object with the server's defaults; custom resources are left as they are written. */
export function withServerDefaults(resource: Resource): YamlMap {
  const before = filled.get(resource)
  if (before !== undefined) return before
  const after = fill(resource)
  filled.set(resource, after)
  return after
}

/** Whether the API server itself has the kind; the others are custom resources. */
export function isBuiltIn({ apiVersion }: Pick<Resource, 'apiVersion'>): boolean {
  const group = groupOf(apiVersion)
  return builtIn.test(group) && !customUnderKubernetes.test(group)
}

function fill(resource: Resource): YamlMap {
  const { apiVersion, kind, object } = resource
  if (!isBuiltIn(resource)) return object
  const key = `${groupOf(apiVersion)}/${kind}`
  const ofSpec = apiVersion === 'autoscaling/v1' ? fields({ minReplicas: 1 }) : specSteps[key]
  const ofObject = objectSteps[key]
  return steps(
    withoutEmpty,
    ...(ofSpec === undefined ? [] : [within('spec', ofSpec)]),
    ...(ofObject === undefined ? [] : [ofObject]),
  )(object)
}
