// An annotation for another cloud does nothing: the load balancer meant to be internal is on the internet.

import { pointer } from '../../../manifest/pointer.ts'
import { asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'

const providers: readonly (readonly [prefix: string, provider: string])[] = [
  ['service.beta.kubernetes.io/aws-', 'aws'],
  ['eks.amazonaws.com/', 'aws'],
  ['alb.ingress.kubernetes.io/', 'aws'],
  ['cloud.google.com/', 'gcp'],
  ['networking.gke.io/', 'gcp'],
  ['iam.gke.io/', 'gcp'],
  ['ingress.gcp.kubernetes.io/', 'gcp'],
  ['service.beta.kubernetes.io/azure-', 'azure'],
  ['azure.workload.identity/', 'azure'],
  ['appgw.ingress.kubernetes.io/', 'azure'],
  ['service.beta.kubernetes.io/do-loadbalancer-', 'DigitalOcean'],
  ['load-balancer.hetzner.cloud/', 'Hetzner'],
  ['service.beta.kubernetes.io/oci-', 'Oracle'],
  ['service.beta.kubernetes.io/linode-loadbalancer-', 'Linode'],
  ['service.beta.kubernetes.io/alibaba-cloud-', 'Alibaba'],
]
const annotatedKinds: ReadonlySet<string> = new Set([
  'Service',
  'Ingress',
  'ServiceAccount',
  'Gateway',
  'PersistentVolumeClaim',
])

/** Accident class X13: https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer */
export const noForeignCloudAnnotation = definePolicyRule({
  code: 'policy/no-foreign-cloud-annotation',
  severity: 'warning',
  summary: 'Cloud annotations are those of the cloud the platform runs on.',
  kinds: [...annotatedKinds],
  appliesTo: resource => annotatedKinds.has(resource.kind),
  *check(resource, { profile }) {
    const found = Object.keys(asMap(asMap(resource.object['metadata'])['annotations'])).flatMap(key => {
      const provider = providers.find(([prefix]) => key.startsWith(prefix))?.[1]
      return provider === undefined ? [] : [{ key, provider }]
    })
    const here = profile.cloud ?? found[0]?.provider
    for (const { key, provider } of found) {
      if (provider === here || (here === 'other' && !['aws', 'gcp', 'azure'].includes(provider))) continue
      yield {
        at: { resource, pointer: pointer('metadata', 'annotations', key), on: 'key' },
        message: `"${key}" is for ${provider}, ${profile.cloud === undefined ? `but others here are for ${here ?? ''}` : `but the platform runs on "${profile.cloud}"`}: it is ignored`,
        help: 'Remove the annotation, or replace it by the one this cloud reads.',
      }
    }
  },
})
