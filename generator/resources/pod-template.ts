// The pod of anything that runs this team's own code: services, workers, jobs.

import type { Container, PodSpec, PodTemplateSpec } from 'kubernetes-types/core/v1.js'
import type { Component, ContainerSettings } from '../model/component.ts'
import { configName, objectName, secretName } from '../model/object-names.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import type { Probes } from '../model/probe.ts'
import type { Resources } from '../model/quantities.ts'
import { configChecksum, configData, ownAddresses } from './config-map.ts'
import { componentLabels, selectorLabels } from './labels.ts'
import { portOf } from './ports.ts'
import { containerProbes } from './probes.ts'
import { containerSecurityContext, podSecurityContext, runAs, writableDirectories } from './security-context.ts'
import { given } from './wanted-object.ts'

/** What differs between the kinds of pods. */
export interface PodShape {
  readonly probes?: Probes | undefined
  /** Seconds the pod keeps serving after it was told to stop. */
  readonly drainSeconds?: number
  readonly shutdownSeconds?: number | undefined
  /** Whether several replicas should be spread over nodes and zones. */
  readonly spread?: boolean
  readonly restartPolicy?: 'Never' | 'OnFailure'
}

/** The pod template of a component in an environment. */
export function podTemplate(resolved: ResolvedPlatform, component: Component, shape: PodShape): PodTemplateSpec {
  const { name } = resolved.platform
  const settings = component.settings as ContainerSettings
  const directories = writableDirectories(['/tmp', ...(settings.writablePaths ?? [])])
  const annotations = { ...configChecksum(resolved), ...settings.podAnnotations }
  return {
    metadata: {
      labels: componentLabels(name, component),
      ...given('annotations', Object.keys(annotations).length > 0 ? annotations : undefined),
    },
    spec: {
      ...given('restartPolicy', shape.restartPolicy),
      serviceAccountName: objectName(name, component),
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...given('terminationGracePeriodSeconds', gracePeriod(shape)),
      ...given('topologySpreadConstraints', shape.spread === true ? spread(name, component) : undefined),
      securityContext: podSecurityContext(runAs(component.type, settings), false),
      containers: [
        {
          ...container(resolved, component, settings, shape),
          volumeMounts: directories.volumeMounts,
        },
      ],
      volumes: directories.volumes,
    } as PodSpec,
  }
}

function container(
  resolved: ResolvedPlatform,
  component: Component,
  settings: ContainerSettings,
  shape: PodShape,
): Container {
  const port = portOf(component)
  const drain = shape.drainSeconds ?? 0
  return {
    name: component.name,
    image: settings.image,
    ...given('command', settings.command && [...settings.command]),
    ...given('args', settings.args && [...settings.args]),
    ...given('ports', port === undefined ? undefined : [{ name: 'http', containerPort: port }]),
    ...given('env', environmentVariables({ ...ownAddresses(resolved, component), ...settings.env })),
    ...given('envFrom', sources(resolved)),
    resources: settings.resources ?? defaultResources,
    ...containerProbes(shape.probes, port),
    ...given('lifecycle', drain === 0 ? undefined : { preStop: { sleep: { seconds: drain } } }),
    securityContext: containerSecurityContext(),
  } as Container
}

/** A small process: enough to be scheduled fairly, and bounded where running over harms the node. */
const defaultResources: Resources = {
  requests: { cpu: '100m', memory: '128Mi' },
  limits: { memory: '256Mi' },
}

function environmentVariables(env: ContainerSettings['env']): Container['env'] | undefined {
  const entries = Object.entries(env ?? {})
  return entries.length === 0 ? undefined : entries.map(([name, value]) => ({ name, value }))
}

function sources(resolved: ResolvedPlatform): Container['envFrom'] | undefined {
  const { name, settings } = resolved.platform
  const list = [
    ...(Object.keys(configData(resolved)).length > 0 ? [{ configMapRef: { name: configName(name) } }] : []),
    ...(settings.secrets === undefined ? [] : [{ secretRef: { name: secretName(name) } }]),
  ]
  return list.length === 0 ? undefined : list
}

const defaultGracePeriod = 30

/** Drain plus shutdown; left out where it is Kubernetes' own 30 seconds. */
function gracePeriod(shape: PodShape): number | undefined {
  const seconds = (shape.drainSeconds ?? 0) + (shape.shutdownSeconds ?? defaultGracePeriod)
  return seconds === defaultGracePeriod ? undefined : seconds
}

/** Replicas apart from each other where possible, never at the price of not being scheduled. */
function spread(platform: string, component: Component): PodSpec['topologySpreadConstraints'] {
  return ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(topologyKey => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selectorLabels(platform, component) },
  }))
}
