// A load balancer in front of a database puts the database on the internet.

import { pointer } from '../../../manifest/pointer.ts'
import { asList, asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { specOf } from '../pods.ts'

const datastorePorts: ReadonlyMap<number, string> = new Map([
  [1433, 'SQL Server'],
  [2379, 'etcd'],
  [3306, 'MySQL'],
  [5432, 'PostgreSQL'],
  [5672, 'RabbitMQ'],
  [6379, 'Redis'],
  [7000, 'Cassandra'],
  [9042, 'Cassandra'],
  [9092, 'Kafka'],
  [9200, 'Elasticsearch'],
  [11211, 'Memcached'],
  [27017, 'MongoDB'],
])

/** https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types */
export const noOpenLoadBalancer = definePolicyRule({
  code: 'policy/no-open-load-balancer',
  severity: 'error',
  summary: 'Datastores are not published to the world, and Services publish no more than they must.',
  kinds: ['Service'],
  appliesTo: resource => resource.kind === 'Service' && resource.apiVersion === 'v1',
  *check(resource) {
    const spec = specOf(resource)
    for (const [index] of asList(spec['externalIPs']).entries()) {
      yield {
        at: { resource, pointer: pointer('spec', 'externalIPs', index) },
        severity: 'warning',
        message: 'externalIPs lets a Service take over any address, of other Services too (CVE-2020-8554)',
        help: 'Use type LoadBalancer, which is given an address of its own.',
      }
    }
    const type = spec['type']
    if (type === 'NodePort') {
      yield {
        at: { resource, pointer: '/spec/type' },
        severity: 'info',
        message: 'type "NodePort" opens a port on every node of the cluster',
        help: 'Use ClusterIP behind an Ingress or a route, or a LoadBalancer.',
      }
    }
    if (type !== 'LoadBalancer' || isRestricted(resource)) return
    for (const [index, entry] of asList(spec['ports']).entries()) {
      const port = asMap(entry)['port']
      const datastore = typeof port === 'number' ? datastorePorts.get(port) : undefined
      if (datastore === undefined || typeof port !== 'number') continue
      yield {
        at: { resource, pointer: pointer('spec', 'ports', index, 'port') },
        message: `port "${port}" (${datastore}) is open to the whole internet`,
        help: 'Use type ClusterIP, or restrict loadBalancerSourceRanges to the addresses that need it.',
      }
    }
  },
})

function isRestricted(resource: Parameters<typeof specOf>[0]): boolean {
  const ranges = asList(specOf(resource)['loadBalancerSourceRanges'])
  if (ranges.length > 0 && !ranges.includes('0.0.0.0/0')) return true
  const annotations = asMap(asMap(resource.object['metadata'])['annotations'])
  return Object.entries(annotations).some(
    ([key, value]) =>
      /internal|load-balancer-type|load-balancer-scheme/i.test(key) &&
      /^(?:true|internal|0\.0\.0\.0\/0)$/i.test(typeof value === 'string' ? value : ''),
  )
}
