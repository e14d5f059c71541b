// What the server refuses changes with its version: each row is refused up to, or from, a version.

import { expect, test } from 'vitest'
import { refusalsOf } from '../../../../generator/validate/schema/rules/registry.ts'
import type { RuleName } from '../../../../generator/validate/schema/rules/rule-names.ts'
import { resourcesFromYaml } from '../../../support/resources-from-yaml.ts'

const minors = [30, 31, 32, 33, 34, 35, 36]
const upTo = (last: number): readonly number[] => minors.filter(minor => minor <= last)
const since = (first: number): readonly number[] => minors.filter(minor => minor >= first)

const pod = (spec: string, container = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { ${spec}containers: [{ name: web, image: a${container} }] }\n`
const antiAffinity = (term: string): string =>
  pod(`affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [${term}] } }, `)

interface Row {
  readonly what: string
  readonly yaml: string
  readonly rule: RuleName
  /** Minor numbers of the versions that refuse. */
  readonly refusedBy: readonly number[]
}

const rows: readonly Row[] = [
  {
    what: 'an extended resource without a domain',
    yaml: 'apiVersion: resource.k8s.io/v1\nkind: DeviceClass\nmetadata: { name: gpu }\nspec: { extendedResourceName: gpu }\n',
    rule: 'invalid-resource-name',
    refusedBy: since(36),
  },
  {
    what: 'a selector of an access review that selects nothing',
    yaml: 'apiVersion: authorization.k8s.io/v1\nkind: SelfSubjectAccessReview\nmetadata: { name: a }\nspec: { resourceAttributes: { verb: get, labelSelector: {} } }\n',
    rule: 'missing-value',
    refusedBy: since(32),
  },
  {
    what: 'a mount that is read-only all the way down, and writable',
    yaml: pod(
      'volumes: [{ name: v, emptyDir: {} }], ',
      ', volumeMounts: [{ name: v, mountPath: /v, recursiveReadOnly: Enabled }]',
    ),
    rule: 'invalid-mount',
    refusedBy: since(31),
  },
  {
    what: 'a success policy without rules',
    yaml: 'apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { completions: 1, completionMode: Indexed, successPolicy: { rules: [] }, template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } }\n',
    rule: 'invalid-success-policy',
    refusedBy: since(31),
  },
  {
    what: 'a variable from a file',
    yaml: pod(
      'volumes: [{ name: v, emptyDir: {} }], ',
      ', env: [{ name: A, valueFrom: { fileKeyRef: { path: a.env, volumeName: v, key: A } } }]',
    ),
    rule: 'invalid-environment-source',
    refusedBy: upTo(34),
  },
  {
    what: 'a manager of Jobs without a domain',
    yaml: 'apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { managedBy: queue, template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a }] } } }\n',
    rule: 'invalid-job',
    refusedBy: since(32),
  },
  {
    what: 'a hint of a node without a name',
    yaml: 'apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: { name: a }\naddressType: IPv4\nendpoints: [{ addresses: [10.0.0.1], hints: { forNodes: [{ name: A_b }] } }]\n',
    rule: 'invalid-endpoint',
    refusedBy: since(34),
  },
  {
    what: 'a variable that starts with a digit',
    yaml: pod('', ', env: [{ name: 1ST, value: x }]'),
    rule: 'invalid-environment-name',
    refusedBy: upTo(31),
  },
  {
    what: 'a search path with an underscore',
    yaml: pod('dnsConfig: { searches: [_tcp.example.com] }, '),
    rule: 'invalid-dns-config',
    refusedBy: upTo(32),
  },
  {
    what: 'the search path "."',
    yaml: pod('dnsConfig: { searches: ["."] }, '),
    rule: 'invalid-dns-config',
    refusedBy: upTo(32),
  },
  {
    what: 'a sleep of zero seconds',
    yaml: pod('', ', lifecycle: { preStop: { sleep: { seconds: 0 } } }'),
    rule: 'invalid-lifecycle',
    refusedBy: upTo(32),
  },
  {
    what: 'a restart policy of a main container',
    yaml: pod('', ', restartPolicy: Always'),
    rule: 'invalid-restart-policy',
    refusedBy: upTo(33),
  },
  {
    what: 'an unknown restart policy of an init container',
    yaml: pod('initContainers: [{ name: a, image: a, restartPolicy: Sometimes }], '),
    rule: 'invalid-restart-policy',
    refusedBy: minors.filter(minor => minor !== 34),
  },
  {
    what: 'an unknown restart policy of a main container',
    yaml: pod('', ', restartPolicy: Sometimes'),
    rule: 'invalid-restart-policy',
    refusedBy: minors.filter(minor => minor !== 34),
  },
  {
    what: 'an image volume without reference',
    yaml: pod('volumes: [{ name: a, image: {} }], '),
    rule: 'missing-value',
    refusedBy: since(35),
  },
  {
    what: 'label keys without a selector, in a term of affinity',
    yaml: antiAffinity('{ topologyKey: zone, matchLabelKeys: [a] }'),
    rule: 'invalid-affinity',
    refusedBy: since(31),
  },
  {
    what: 'a claim that the pod does not declare',
    yaml: pod('', ', resources: { claims: [{ name: gpu }] }'),
    rule: 'invalid-resource-name',
    refusedBy: since(34),
  },
  {
    what: 'a container limit above the limit of the pod',
    yaml: pod('resources: { limits: { cpu: 1 } }, ', ', resources: { limits: { cpu: 2 } }'),
    rule: 'request-above-limit',
    refusedBy: since(34),
  },
  {
    what: 'a resize policy for storage',
    yaml: pod('', ', resizePolicy: [{ resourceName: storage, restartPolicy: NotRequired }]'),
    rule: 'unsupported-value',
    refusedBy: since(33),
  },
  {
    what: 'a Service whose name starts with a digit',
    yaml: 'apiVersion: v1\nkind: Service\nmetadata: { name: 1web }\nspec: { ports: [{ port: 80 }] }\n',
    rule: 'invalid-name',
    refusedBy: upTo(35),
  },
  {
    what: 'an address with leading zeros',
    yaml: pod('dnsConfig: { nameservers: [10.0.0.01] }, '),
    rule: 'invalid-ip',
    refusedBy: since(36),
  },
  {
    what: 'traffic to the same zone',
    yaml: 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { trafficDistribution: PreferSameZone, ports: [{ port: 80 }] }\n',
    rule: 'unsupported-value',
    refusedBy: [31, 32, 33],
  },
  {
    what: 'an autoscaler whose target names no API group',
    yaml: 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: web }\nspec: { maxReplicas: 2, scaleTargetRef: { kind: Deployment, name: web } }\n',
    rule: 'invalid-reference-name',
    refusedBy: since(34),
  },
]

test.each(rows)('$what', ({ yaml, rule, refusedBy }) => {
  const refusing = minors.filter(minor => {
    const [resource] = resourcesFromYaml(yaml)
    if (resource === undefined) throw new Error('no resource')
    const found = refusalsOf(resource, { production: true, kubernetes: [`1.${minor}`] })
    return found.some(finding => finding.rule === rule)
  })
  expect(refusing).toEqual(refusedBy)
})
