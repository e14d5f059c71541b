// What a probe asks and how long it takes to fail, with the API server's defaults filled in.
// Defaults: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes

import type { YamlMap, YamlValue } from '../../manifest/value.ts'

/** The handler as comparable text; undefined for a probe without one. */
export function probeHandler(probe: YamlMap): string | undefined {
  for (const kind of ['httpGet', 'tcpSocket', 'grpc', 'exec']) {
    const handler = probe[kind]
    if (handler !== undefined && handler !== null) return `${kind} ${canonicalText(handler)}`
  }
  return undefined
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

function canonicalText(value: YamlValue): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : typeof inner === 'bigint'
        ? String(inner)
        : inner,
  )
}
