// Which Services of the tree a workload calls, told from its environment variables: addresses in `value`, and in the rendered
// ConfigMaps it reads. A hint, not a proof: only values that are clearly addresses count.

import { pointer } from '../manifest/pointer.ts'
import type { Place, Resource } from '../manifest/resource.ts'
import { answeredOnce } from '../manifest/shared-text.ts'
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
  const isHostVariable = isNamedLikeHost(name)
  return value.split(/[,;\s]+/).flatMap(part => addressOf(part, isHostVariable) ?? [])
}

/** A scheme and a port are told by a colon; without either, only the variable's name makes an address of its value. */
function mayHoldAddress(name: string, value: string): boolean {
  return value.length <= 2000 && (value.includes(':') || isNamedLikeHost(name))
}

/** Environments use the same few names over and over. */
const isNamedLikeHost = answeredOnce(name => hostVariable.test(name))

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

/** The variables that may hold addresses. */
function variablesOf({ resource, template }: Workload, graph: ObjectLookup): readonly Variable[] {
  const found: Variable[] = []
  for (const list of ['initContainers', 'containers']) {
    for (const [index, entry] of asList(template.spec[list]).entries()) {
      const container = asMap(entry)
      const at = (...path: readonly (string | number)[]): Place => ({
        resource,
        pointer: template.specPointer + pointer(list, index, ...path),
      })
      asList(container['env']).forEach((item, position) => {
        const variable = asMap(item)
        const name = asString(variable['name']) ?? ''
        const written = asString(variable['value'])
        const value = written ?? textFrom(asMap(variable['valueFrom']), { resource, graph })
        if (value === undefined || !mayHoldAddress(name, value)) return
        found.push({ name, value, at: written === undefined ? at('env', position) : at('env', position, 'value') })
      })
      asList(container['envFrom']).forEach((item, position) => {
        const source = configMapOf(asMap(asMap(item)['configMapRef'])['name'], { resource, graph })
        if (source === undefined) return
        for (const variable of addressVariables(source)) found.push({ ...variable, at: at('envFrom', position) })
      })
    }
  }
  return found
}

interface Surroundings {
  readonly resource: Resource
  readonly graph: ObjectLookup
}

/** What a rendered ConfigMap holds under the key that a variable is taken from. */
function textFrom(source: YamlMap, surroundings: Surroundings): string | undefined {
  const reference = source['configMapKeyRef']
  const key = isMap(reference) ? asString(reference['key']) : undefined
  if (!isMap(reference) || key === undefined) return undefined
  const data = asMap(configMapOf(reference['name'], surroundings)?.object['data'])
  return Object.hasOwn(data, key) ? asString(data[key]) : undefined
}

function configMapOf(name: unknown, { resource, graph }: Surroundings): Resource | undefined {
  return typeof name === 'string' ? graph.find('ConfigMap', resource.namespace, name, '') : undefined
}

const readConfigMaps = new WeakMap<Resource, readonly Pick<Variable, 'name' | 'value'>[]>()

/** The entries of a ConfigMap that may hold addresses: read once for all containers that take it whole. */
function addressVariables(configMap: Resource): readonly Pick<Variable, 'name' | 'value'>[] {
  const known = readConfigMaps.get(configMap)
  if (known !== undefined) return known
  const found = Object.entries(asMap(configMap.object['data'])).flatMap(([name, value]) =>
    typeof value === 'string' && mayHoldAddress(name, value) ? [{ name, value }] : [],
  )
  readConfigMaps.set(configMap, found)
  return found
}
