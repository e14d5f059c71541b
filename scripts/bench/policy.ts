// Time of each policy rule over a synthetic environment: 1,000 apps of 25 objects each, written the way this tool writes them.
// Functions for the benchmark to call; run by itself it prints the table.

import { pathToFileURL } from 'node:url'
import { buildGraph } from '../../generator/graph/build-graph.ts'
import { resourceSet } from '../../generator/manifest/resource-set.ts'
import { parseYaml } from '../../generator/manifest/parse-yaml.ts'
import { printDocuments } from '../../generator/manifest/print-yaml.ts'
import { toResource, type Resource } from '../../generator/manifest/resource.ts'
import type { Profile } from '../../generator/model/profile.ts'
import type { YamlMap, YamlValue } from '../../generator/manifest/value.ts'
import { policyRules } from '../../generator/validate/policy/registry.ts'
import type { Rule, RuleContext } from '../../generator/validate/rule.ts'
import { runRules } from '../../generator/validate/run-rules.ts'

export interface RuleTime {
  readonly code: string
  readonly milliseconds: number
  readonly findings: number
}

/** The environment that the fleet is deployed to. */
export const fleetProfile: Profile = {
  environment: 'production',
  production: true,
  kubernetes: ['1.34'],
  externalObjects: [{ kind: 'ClusterSecretStore', name: 'vault', reason: 'made with the cluster' }],
  ignoredFields: [{ group: 'apps', kind: 'Deployment', jsonPointers: ['/spec/replicas'] }],
  traefikPublishesStatus: true,
}

/** A fleet of apps in namespaces of ten, 25 objects each, as the reader makes them. */
export function syntheticFleet(apps: number): readonly Resource[] {
  const values = Array.from({ length: apps }, (_, index) =>
    app(`app-${index}`, `team-${Math.floor(index / 10)}`),
  ).flat()
  const file = 'k8s/overlays/production'
  return parseYaml(printDocuments(values), file).value.flatMap(
    ({ value }, index) => toResource(value, { file, document: index + 1 }) ?? [],
  )
}

/** Milliseconds of processor time per rule over a fresh environment, in the order of the registry: what rules share is paid by the first to ask. */
export function timeRules(resources: readonly Resource[], rules: readonly Rule[] = policyRules): readonly RuleTime[] {
  const set = resourceSet(resources)
  const context: RuleContext = { profile: fleetProfile, resources: set, graph: buildGraph(set) }
  return rules.map(rule => {
    const start = process.cpuUsage()
    const findings = runRules([rule], context).length
    return { code: rule.code, milliseconds: process.cpuUsage(start).user / 1000, findings }
  })
}

/** Sum of a table. */
export function totalMilliseconds(times: readonly RuleTime[]): number {
  return times.reduce((sum, { milliseconds }) => sum + milliseconds, 0)
}

function app(name: string, namespace: string): readonly YamlValue[] {
  const labels = { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'fleet' }
  const selector = { 'app.kubernetes.io/name': name }
  const object = (apiVersion: string, kind: string, suffix: string, fields: YamlMap): YamlValue => ({
    apiVersion,
    kind,
    metadata: { name: name + suffix, namespace, labels },
    ...fields,
  })
  const tierOf = (suffix: string): string => suffix.slice(1) || 'web'
  const workload = (suffix: string): YamlValue =>
    object('apps/v1', 'Deployment', suffix, {
      spec: {
        replicas: 3,
        selector: { matchLabels: { ...selector, tier: tierOf(suffix) } },
        template: pod({ ...labels, tier: tierOf(suffix) }, selector),
      },
    })
  return [
    ...['', '-worker', '-admin'].map(workload),
    ...['', '-worker', '-admin'].map(suffix =>
      object('v1', 'Service', suffix, {
        spec: { selector: { ...selector, tier: tierOf(suffix) }, ports: [{ port: 80, targetPort: 'http' }] },
      }),
    ),
    ...['', '-worker', '-admin'].map(suffix =>
      object('v1', 'ServiceAccount', suffix, { automountServiceAccountToken: false }),
    ),
    ...['', '-worker', '-admin'].map(suffix =>
      object('policy/v1', 'PodDisruptionBudget', suffix, {
        spec: { maxUnavailable: 1, selector: { matchLabels: { ...selector, tier: tierOf(suffix) } } },
      }),
    ),
    ...['', '-worker', '-admin', '-egress'].map(suffix =>
      object('networking.k8s.io/v1', 'NetworkPolicy', suffix, {
        spec: {
          podSelector: { matchLabels: selector },
          policyTypes: ['Ingress'],
          ingress: [{ from: [{ podSelector: {} }, { namespaceSelector: {} }] }],
        },
      }),
    ),
    ...['', '-features', '-files'].map(suffix =>
      object('v1', 'ConfigMap', suffix, {
        data: Object.fromEntries(
          Array.from({ length: 20 }, (_, index) => [`SETTING_${index}`, `value of ${name} ${index}`]),
        ),
      }),
    ),
    ...['', '-tls'].map(suffix =>
      object('external-secrets.io/v1', 'ExternalSecret', suffix, {
        spec: { secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' }, target: { name: name + suffix } },
      }),
    ),
    object('autoscaling/v2', 'HorizontalPodAutoscaler', '', {
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: 3,
        maxReplicas: 20,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
        ],
      },
    }),
    object('networking.k8s.io/v1', 'Ingress', '', {
      spec: {
        ingressClassName: 'traefik',
        tls: [{ hosts: [`${name}.example`], secretName: `${name}-tls` }],
        rules: [
          {
            host: `${name}.example`,
            http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { number: 80 } } } }] },
          },
        ],
      },
    }),
    object('rbac.authorization.k8s.io/v1', 'Role', '', {
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }],
    }),
    object('rbac.authorization.k8s.io/v1', 'RoleBinding', '', {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    }),
  ]
}

function pod(labels: YamlMap, selector: YamlMap): YamlValue {
  const handler = { httpGet: { path: '/health', port: 'http' } }
  return {
    metadata: { labels },
    spec: {
      serviceAccountName: labels['app.kubernetes.io/name'] ?? '',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: selector },
        },
      ],
      containers: [
        {
          name: 'app',
          image: 'registry.example/team/app:1.4.2',
          ports: [{ name: 'http', containerPort: 8080 }],
          envFrom: [{ configMapRef: { name: labels['app.kubernetes.io/name'] ?? '' } }],
          env: Array.from({ length: 10 }, (_, index) => ({ name: `OPTION_${index}`, value: `value ${index}` })),
          resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
          livenessProbe: { ...handler, periodSeconds: 10 },
          readinessProbe: { ...handler, periodSeconds: 5 },
          lifecycle: { preStop: { sleep: { seconds: 10 } } },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    },
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const fleet = syntheticFleet(Number(process.argv[2] ?? 1000))
  timeRules(syntheticFleet(20))
  const times = timeRules(fleet)
  for (const { code, milliseconds, findings } of [...times]
    .sort((a, b) => b.milliseconds - a.milliseconds)
    .slice(0, 20)) {
    console.log(`${milliseconds.toFixed(1).padStart(8)} ms ${String(findings).padStart(6)}  ${code}`)
  }
  console.log(
    `${totalMilliseconds(times).toFixed(0).padStart(8)} ms  ${times.length} rules over ${fleet.length} objects`,
  )
}
