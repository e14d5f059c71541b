// What graph, reference rules and pod security cost on a synthetic set: apps of 25 objects each, in namespaces of ten apps.
// Exports functions for scripts/bench.ts; run alone, it prints a table.

import { pathToFileURL } from 'node:url'
import { buildGraph } from '../../generator/graph/build-graph.ts'
import type { Resource } from '../../generator/manifest/resource.ts'
import { resourceSet } from '../../generator/manifest/resource-set.ts'
import type { YamlMap } from '../../generator/manifest/value.ts'
import type { Profile } from '../../generator/model/profile.ts'
import { podSecurityRules } from '../../generator/validate/pod-security/registry.ts'
import { referenceRules } from '../../generator/validate/references/registry.ts'
import { runRules } from '../../generator/validate/run-rules.ts'
import type { Rule } from '../../generator/validate/rule.ts'

const profile: Profile = { environment: 'production', production: true, kubernetes: ['1.34'] }

interface ObjectOptions {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace?: string
  readonly name: string
  readonly labels?: YamlMap
  readonly fields?: YamlMap
}

/** The rendered objects of `apps` clean apps: 25 each, plus their namespaces. */
export function syntheticObjects(apps: number): readonly Resource[] {
  const objects: Resource[] = []
  const add = ({ apiVersion, kind, namespace, name, labels, fields }: ObjectOptions): void => {
    const place = namespace === undefined ? {} : { namespace }
    const metadata = { name, ...place, ...(labels === undefined ? {} : { labels }) }
    const object = { apiVersion, kind, metadata, ...fields }
    objects.push({
      apiVersion,
      kind,
      name,
      ...place,
      object,
      source: { file: 'k8s/overlays/bench', document: objects.length + 1 },
    })
  }
  for (let app = 0; app < apps; app++) {
    const namespace = `team-${Math.floor(app / 10)}`
    if (app % 10 === 0) addNamespace(add, namespace)
    addApp(add, namespace, `app-${app}`)
  }
  return objects
}

type Add = (options: ObjectOptions) => void

function addNamespace(add: Add, namespace: string): void {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
  add({ apiVersion: 'v1', kind: 'Namespace', name: namespace, labels })
  add({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    namespace,
    name: 'defaults',
    fields: {
      spec: {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        egress: [
          {
            ports: [
              { port: 53, protocol: 'UDP' },
              { port: 53, protocol: 'TCP' },
            ],
          },
        ],
      },
    },
  })
}

const components = ['api', 'worker', 'database'] as const

function addApp(add: Add, namespace: string, app: string): void {
  add({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace,
    name: `${app}-config`,
    fields: { data: { DATABASE_URL: `postgres://${app}-database:5432/app`, LOG_LEVEL: 'info' } },
  })
  add({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    namespace,
    name: `${app}-secrets`,
    fields: { spec: { data: [{ secretKey: 'PASSWORD', remoteRef: { key: app } }] } },
  })
  add({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    namespace,
    name: app,
    fields: {
      spec: {
        rules: [
          {
            http: {
              paths: [
                { path: '/', pathType: 'Prefix', backend: { service: { name: `${app}-api`, port: { number: 80 } } } },
              ],
            },
          },
        ],
      },
    },
  })
  add({
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    namespace,
    name: app,
    fields: {
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: `${app}-api` }, maxReplicas: 5 },
    },
  })
  for (const component of components) addComponent(add, namespace, app, component)
  for (let index = 0; index < 6; index++) {
    add({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: `${app}-file-${index}`, fields: { data: { a: 'b' } } })
  }
}

function addComponent(add: Add, namespace: string, app: string, component: string): void {
  const name = `${app}-${component}`
  const labels = { app, component }
  const isDatabase = component === 'database'
  add({ apiVersion: 'v1', kind: 'ServiceAccount', namespace, name })
  add({
    apiVersion: 'v1',
    kind: 'Service',
    namespace,
    name,
    fields: {
      spec: {
        selector: labels,
        ...(isDatabase ? { clusterIP: 'None' } : {}),
        ports: [{ name: 'main', port: isDatabase ? 5432 : 80, targetPort: 'main' }],
      },
    },
  })
  add({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    namespace,
    name,
    fields: { spec: { minAvailable: 1, selector: { matchLabels: labels } } },
  })
  add({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    namespace,
    name,
    fields: {
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port: 'main' }] }],
        egress: [{ to: [{ podSelector: { matchLabels: { app } } }] }],
      },
    },
  })
  add({
    apiVersion: 'apps/v1',
    kind: isDatabase ? 'StatefulSet' : 'Deployment',
    namespace,
    name,
    fields: {
      spec: {
        ...(isDatabase ? { serviceName: name } : {}),
        selector: { matchLabels: labels },
        template: podTemplate(app, name, labels),
      },
    },
  })
}

function podTemplate(app: string, name: string, labels: YamlMap): YamlMap {
  const probe = { httpGet: { path: '/health', port: 'main' } }
  return {
    metadata: { labels },
    spec: {
      serviceAccountName: name,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'main',
          image: `example.com/${name}:1.0.0`,
          ports: [{ name: 'main', containerPort: name.endsWith('database') ? 5432 : 8080 }],
          envFrom: [{ configMapRef: { name: `${app}-config` } }],
          env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: `${app}-secrets`, key: 'PASSWORD' } } }],
          livenessProbe: probe,
          readinessProbe: probe,
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  }
}

export interface ReferenceTiming {
  readonly objects: number
  readonly findings: number
  /** Milliseconds. */
  readonly edges: number
  readonly references: number
  readonly podSecurity: number
  readonly perRule: readonly (readonly [code: string, milliseconds: number])[]
}

/** Times one cold run: a fresh graph, then every rule once. */
export function timeReferences(objects: readonly Resource[]): ReferenceTiming {
  const resources = resourceSet(objects)
  const edges = timed(() => buildGraph(resources).edges.length).milliseconds
  const context = { profile, resources, graph: buildGraph(resources) }
  const perRule: (readonly [string, number])[] = []
  let findings = 0
  const run = (rules: readonly Rule[]): number =>
    rules.reduce((total, rule) => {
      const { value, milliseconds } = timed(() => runRules([rule], context).length)
      findings += value
      perRule.push([rule.code, milliseconds])
      return total + milliseconds
    }, 0)
  const references = run(referenceRules)
  const podSecurity = run(podSecurityRules)
  return {
    objects: objects.length,
    findings,
    edges,
    references,
    podSecurity,
    perRule: perRule.sort((a, b) => b[1] - a[1]),
  }
}

function timed<T>(work: () => T): { readonly value: T; readonly milliseconds: number } {
  // Time of the processor, not of the clock: other programs on the machine do not count.
  const start = process.cpuUsage()
  const value = work()
  const { user, system } = process.cpuUsage(start)
  return { value, milliseconds: (user + system) / 1000 }
}

function printTimings(): void {
  const objects = syntheticObjects(1000)
  const runs = Array.from({ length: 7 }, () => timeReferences(objects))
  const [first] = runs
  const median = (pick: (run: ReferenceTiming) => number): string =>
    (runs.map(pick).sort((a, b) => a - b)[3] ?? 0).toFixed(0)
  console.log(
    `${objects.length} objects, ${first?.findings ?? 0} findings; milliseconds, median of ${runs.length} (first run)`,
  )
  console.log(`all edges         ${median(run => run.edges)} (${first?.edges.toFixed(0) ?? ''})`)
  console.log(`reference rules   ${median(run => run.references)} (${first?.references.toFixed(0) ?? ''})`)
  console.log(`pod security      ${median(run => run.podSecurity)} (${first?.podSecurity.toFixed(0) ?? ''})`)
  for (const [code, milliseconds] of runs[3]?.perRule.slice(0, 14) ?? [])
    console.log(`  ${code} ${milliseconds.toFixed(1)}`)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) printTimings()
