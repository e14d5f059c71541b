// R12: a probe of a port that its container does not have fails for ever: the container is restarted, or never gets traffic
// (https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/).

import { hint } from '../../../diagnostics/suggest.ts'
import { containersOf, podKinds, podTemplateOf, type Container } from '../../../manifest/pod-template.ts'
import { child } from '../../../manifest/pointer.ts'
import type { Resource } from '../../../manifest/resource.ts'
import { asList, asMap, asString, type YamlMap, type YamlValue } from '../../../manifest/value.ts'
import type { Finding, Rule } from '../../rule.ts'
import { mentionsPort } from '../mentioned-port.ts'

const actions: readonly string[] = ['httpGet', 'tcpSocket', 'grpc']

export const probePort: Rule = {
  code: 'reference/probe-port',
  severity: 'error',
  summary: 'Probes and hooks use ports that their container declares.',
  kinds: podKinds,
  appliesTo: resource => podTemplateOf(resource) !== undefined,
  *check(resource) {
    for (const container of containersOf(resource)) {
      for (const use of doubtfulUses(resource, container)) {
        const port = use.fields['port']
        if (typeof port === 'string' && !/^\d+$/.test(port)) yield* namedPort(use, port)
        else yield* numberedPort(use, Number(port))
      }
    }
  },
}

function doubtfulUses(resource: Resource, container: Container): readonly PortUse[] {
  const found: PortUse[] = []
  for (const { path, spec } of container.handlers) {
    for (const action of actions) {
      const fields = asMap(spec[action])
      const port = fields['port']
      if (port === undefined || (port !== 'https' && isDeclared(port, container))) continue
      found.push({ resource, container, path: [...path, action], fields })
    }
  }
  return found
}

/** Where well-known programs answer probes if they are told nothing else; their own manifests do not declare these ports. */
const healthPorts: ReadonlySet<number> = new Set([
  10254, // https://kubernetes.github.io/ingress-nginx/user-guide/cli-arguments/
  61779, // https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/configurations/
  9440, // https://fluxcd.io/flux/components/source/options/
  13133, // https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/extension/healthcheckextension
  9808, // https://github.com/kubernetes-csi/livenessprobe
  15021, // https://istio.io/latest/docs/ops/deployment/application-requirements/
])

/** Controllers built with Kubebuilder answer `/healthz` and `/readyz` there: https://book.kubebuilder.io/reference/metrics */
function isUsualHealthPort(port: number, fields: YamlMap): boolean {
  return healthPorts.has(port) || (port === 8081 && /^\/?(?:healthz|readyz)$/.test(asString(fields['path']) ?? ''))
}

/** Nearly always, and told at once: the container declares the port, and names no protocol. */
function isDeclared(port: YamlValue, { spec }: Container): boolean {
  const field = typeof port === 'string' ? 'name' : 'containerPort'
  return asList(spec['ports']).some(entry => asMap(entry)[field] === port && asMap(entry)['protocol'] === undefined)
}

interface PortUse {
  readonly resource: Resource
  readonly container: Container
  /** Fields that lead from the container to the handler. */
  readonly path: readonly string[]
  readonly fields: YamlMap
}

function* namedPort({ resource, container, path, fields }: PortUse, port: string): Iterable<Finding> {
  const at = { resource, pointer: child(container.pointer, ...path, 'port') }
  const ports = portsOf(container)
  const named = ports.find(entry => entry['name'] === port)
  if (named === undefined) {
    yield {
      at,
      message: `${nameOf(path)} uses port "${port}", which container "${container.name}" does not declare${hint(
        port,
        ports.flatMap(entry => asString(entry['name']) ?? []),
      )}`,
      help: 'Name a port of this container, or use its number.',
    }
  } else if (!speaksTcp(Number(named['containerPort']), ports)) {
    yield { at, ...onlyUdp(path, port) }
  } else if (port === 'https' && path.at(-1) === 'httpGet' && (asString(fields['scheme']) ?? 'HTTP') === 'HTTP') {
    yield {
      at,
      message: `${nameOf(path)} sends plain HTTP to port "${port}"`,
      help: 'Set httpGet.scheme to HTTPS, or probe a port that speaks HTTP.',
      severity: 'warning',
    }
  }
}

/** Declaring ports is optional: an undeclared number may still be right. The containers of a pod share their ports. */
function* numberedPort({ resource, container, path, fields }: PortUse, port: number): Iterable<Finding> {
  const at = { resource, pointer: child(container.pointer, ...path, 'port') }
  const ports = portsOf(container)
  const declared = ports.map(entry => Number(entry['containerPort']))
  if (declared.includes(port)) {
    if (!speaksTcp(port, ports)) yield { at, ...onlyUdp(path, port) }
    return
  }
  if (!Number.isInteger(port) || mentionsPort(container.spec, port)) return
  const owner = containersOf(resource).find(other => declares(other, port))
  if (owner !== undefined) {
    // A hook (`lifecycle`, `preStop`, `httpGet`) may well ask a neighbour; a probe is held against its own container.
    if (path.length > 2) return
    yield {
      at,
      message: `${nameOf(path)} of container "${container.name}" asks port "${port}", which container "${owner.name}" declares`,
      help: 'Probe a port of this container, if it has one: a probe that fails is held against this container.',
      severity: 'info',
    }
    return
  }
  if (containersOf(resource).some(other => mentionsPort(other.spec, port))) return
  const what = declared.length === 0 ? 'declares no port' : `declares only: ${declared.join(', ')}`
  yield {
    at,
    message: `${nameOf(path)} uses port "${port}", container "${container.name}" ${what}`,
    help: 'Probe a port that the container listens on, and declare it.',
    severity: declared.length === 0 || isUsualHealthPort(port, fields) ? 'info' : 'warning',
  }
}

/** Whether the number is declared without saying that it is for UDP or SCTP alone: probes and hooks speak TCP. */
function speaksTcp(port: number, ports: readonly YamlMap[]): boolean {
  return ports.some(
    entry => Number(entry['containerPort']) === port && (asString(entry['protocol']) ?? 'TCP').toUpperCase() === 'TCP',
  )
}

function onlyUdp(path: readonly string[], port: string | number): Omit<Finding, 'at'> {
  return {
    message: `${nameOf(path)} connects by TCP to port "${port}", which the container declares for another protocol`,
    help: 'Probe a TCP port, or run a command (exec) that asks the port in its own protocol.',
    severity: 'warning',
  }
}

function declares(container: Container, port: number): boolean {
  return portsOf(container).some(entry => Number(entry['containerPort']) === port)
}

function portsOf(container: Container): readonly YamlMap[] {
  return asList(container.spec['ports']).map(asMap)
}

/** `livenessProbe`, `preStop`: the field above the action. */
function nameOf(path: readonly string[]): string {
  return path.at(-2) ?? ''
}
