// Which Services of the tree a workload calls, told from its environment variables: addresses in `value`, and in the rendered
// ConfigMaps it reads. A hint, not a proof: only values that are clearly addresses count.

import { pointer } from '../manifest/pointer.ts'
import type { Place, Resource } from '../manifest/resource.ts'
import { asList, asMap, asString, isMap, type YamlMap } from '../manifest/value.ts'
import type { Workload } from './workload.ts'
import { servicePorts, type ServicePort } from './service-ports.ts'

export interface Dependency {
  readonly service: Resource
  /** The ports of the Service that are called; all of them where the address names none. */
  readonly ports: readonly ServicePort[]
  /** The variable that holds the address. */
  readonly at: Place
  readonly variable: string
}

/** The part of the graph that finds rendered objects. */
export interface ObjectLookup {
  readonly find: (kind: string, namespace: string | undefined, name: string, group?: string) => Resource | undefined
}

interface Variable {
  readonly name: string
  readonly value: string
  readonly at: Place
}

const wellKnownPorts: Readonly<Record<string, number>> = {
  amqp: 5672,
  http: 80,
  https: 443,
  mongodb: 27_017,
  mysql: 3306,
  nats: 4222,
  postgres: 5432,
  postgresql: 5432,
  redis: 6379,
}

/** Services that a workload's variables name, each once. */
export function dependenciesOf(workload: Workload, graph: ObjectLookup): readonly Dependency[] {
  const found = new Map<Resource, Dependency>()
  for (const variable of variablesOf(workload, graph)) {
    for (const address of addressesIn(variable)) {
      const service = graph.find('Service', address.namespace ?? workload.resource.namespace, address.name, '')
      if (service === undefined || found.has(service)) continue
      const ports = servicePorts(service)
      const named = ports.filter(({ port }) => port === address.port)
      found.set(service, {
        service,
        ports: named.length > 0 ? named : ports,
        at: variable.at,
        variable: variable.name,
      })
    }
  }
  return [...found.values()]
}

interface Address {
  readonly name: string
  readonly namespace: string | undefined
  readonly port: number | undefined
}

const hostVariable = /(^|_)(HOST|HOSTNAME|URL|URI|ADDR|ADDRESS|ENDPOINT|SERVER|SERVERS|BROKERS?|DSN)$/i
const addressPattern =
  /(?:([a-z][a-z0-9+]*):\/\/)?(?:[^\s/@,;]*@)?([a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*)(?::(\d{1,5}))?(?=[/,;?#\s]|$)/y

/** `scheme://user:password@host:port/…`, `host:port`, or a bare host in a variable that is named like one; lists of them too. */
function addressesIn({ name, value }: Variable): readonly Address[] {
  if (value.length > 2000) return []
  const isHostVariable = hostVariable.test(name)
  // A scheme and a port are told by a colon; without either, only the variable's name makes an address of its value.
  if (!isHostVariable && !value.includes(':')) return []
  return value.split(/[,;\s]+/).flatMap(part => addressOf(part, isHostVariable) ?? [])
}

function addressOf(text: string, isHostVariable: boolean): Address | undefined {
  addressPattern.lastIndex = 0
  const [matched, scheme, host = '', port] = addressPattern.exec(text) ?? []
  if (matched === undefined) return undefined
  if (scheme === undefined && port === undefined && !isHostVariable) return undefined
  const [name = '', namespace, third] = host.split('.')
  const isOutside = third !== undefined && third !== 'svc'
  return isOutside ? undefined : { name, namespace, port: portOf(port, scheme) }
}

function portOf(port: string | undefined, scheme = ''): number | undefined {
  return port === undefined ? wellKnownPorts[scheme.replace(/\+.*$/, '')] : Number(port)
}

function variablesOf({ resource, template }: Workload, graph: ObjectLookup): readonly Variable[] {
  return ['initContainers', 'containers'].flatMap(list =>
    asList(template.spec[list]).flatMap((entry, index) => {
      const container = asMap(entry)
      const base = template.specPointer + pointer(list, index)
      return [
        ...asList(container['env']).flatMap((item, position) =>
          fromEnv(asMap(item), { resource, pointer: base + pointer('env', position) }, graph),
        ),
        ...asList(container['envFrom']).flatMap((item, position) =>
          fromConfigMap(
            asMap(asMap(item)['configMapRef'])['name'],
            { resource, pointer: base + pointer('envFrom', position) },
            graph,
          ),
        ),
      ]
    }),
  )
}

function fromEnv(item: YamlMap, at: Place, graph: ObjectLookup): readonly Variable[] {
  const name = asString(item['name']) ?? ''
  const value = asString(item['value'])
  if (value !== undefined) return [{ name, value, at: { ...at, pointer: at.pointer + pointer('value') } }]
  const reference = asMap(asMap(item['valueFrom'])['configMapKeyRef'])
  if (!isMap(item['valueFrom'])) return []
  const key = asString(reference['key'])
  return fromConfigMap(reference['name'], at, graph)
    .filter(variable => variable.name === key)
    .map(variable => ({ ...variable, name }))
}

function fromConfigMap(name: unknown, at: Place, graph: ObjectLookup): readonly Variable[] {
  if (typeof name !== 'string') return []
  const source = graph.find('ConfigMap', at.resource.namespace, name, '')
  return Object.entries(asMap(source?.object['data'])).flatMap(([key, value]) =>
    typeof value === 'string' ? [{ name: key, value, at }] : [],
  )
}
