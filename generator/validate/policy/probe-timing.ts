// What a probe asks and how long it takes to fail, with the API server's defaults filled in.
// Defaults: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes

import { asList, asMap, isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'

const handlers = ['httpGet', 'tcpSocket', 'grpc', 'exec']

/** Whether the probe asks anything. */
export function hasHandler(probe: YamlMap): boolean {
  return handlers.some(kind => probe[kind] !== undefined && probe[kind] !== null)
}

/** Whether two probes of a container ask the same: a port by its name or by its number, a path or scheme written or defaulted. */
export function sameHandler(one: YamlMap, other: YamlMap, container: YamlMap): boolean {
  if (!hasHandler(one)) return false
  return handlers.every(kind =>
    isSame(asked(one[kind] ?? null, kind, container), asked(other[kind] ?? null, kind, container)),
  )
}

function asked(handler: YamlValue, kind: string, container: YamlMap): YamlValue {
  if (!isMap(handler) || kind === 'exec') return handler
  const named = asList(container['ports']).find(port => asMap(port)['name'] === handler['port'])
  const defaults = kind === 'httpGet' ? { path: '/', scheme: 'HTTP' } : {}
  return { ...defaults, ...handler, port: asMap(named)['containerPort'] ?? handler['port'] ?? null }
}

/** Seconds of silence after which the probe has failed for good: period times failures. */
export function secondsToFail(probe: YamlMap): number {
  return numberOr(probe['periodSeconds'], 10) * numberOr(probe['failureThreshold'], 3)
}

/** Seconds from the container's start until a liveness probe that never succeeds kills it. */
export function secondsBeforeKill(probe: YamlMap): number {
  return numberOr(probe['initialDelaySeconds'], 0) + secondsToFail(probe)
}

function numberOr(value: YamlValue | undefined, fallback: number): number {
  return typeof value === 'number' ? value : fallback
}

function isSame(one: YamlValue | undefined, other: YamlValue | undefined): boolean {
  if (isMap(one) && isMap(other)) {
    const keys = Object.keys(one)
    return keys.length === Object.keys(other).length && keys.every(key => isSame(one[key], other[key]))
  }
  if (isList(one) && isList(other)) {
    return one.length === other.length && one.every((item, index) => isSame(item, other[index]))
  }
  return one === other
}
