// The model's probes as Kubernetes writes them; defaults are left out.

import type { Probe as KubernetesProbe } from 'kubernetes-types/core/v1.js'
import type { Probe, Probes } from '../model/probe.ts'
import { given } from './wanted-object.ts'

type ContainerProbes = {
  livenessProbe?: KubernetesProbe
  readinessProbe?: KubernetesProbe
  startupProbe?: KubernetesProbe
}

/** @param port the component's own port, where a probe names none */
export function containerProbes(probes: Probes | undefined, port: number | undefined): ContainerProbes {
  if (probes === undefined) return {}
  return {
    ...given('livenessProbe', toProbe(probes.liveness, port)),
    ...given('readinessProbe', toProbe(probes.readiness, port)),
    ...given('startupProbe', toProbe(probes.startup, port)),
  } as ContainerProbes
}

function toProbe(probe: Probe | undefined, port: number | undefined): KubernetesProbe | undefined {
  if (probe === undefined) return undefined
  return {
    ...handler(probe, port ?? 0),
    ...given('initialDelaySeconds', probe.delay),
    ...given('periodSeconds', probe.period),
    ...given('timeoutSeconds', probe.timeout),
    ...given('failureThreshold', probe.failureThreshold),
  } as KubernetesProbe
}

function handler(probe: Probe, port: number): KubernetesProbe {
  switch (probe.type) {
    case 'http':
      return { httpGet: { path: probe.path, port: probe.port ?? port } }
    case 'tcp':
      return { tcpSocket: { port: probe.port ?? port } }
    case 'grpc':
      return { grpc: { port: probe.port ?? port, ...given('service', probe.service) } as never }
    case 'exec':
      return { exec: { command: [...probe.command] } }
  }
}
