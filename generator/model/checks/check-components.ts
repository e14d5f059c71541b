// Settings of components, as each environment will see them.

import { cronScheduleFault } from '../../manifest/cron.ts'
import { environmentNameFault } from '../../manifest/names.ts'
import { parseImage } from '../../manifest/image.ts'
import { compareQuantities, parseQuantity } from '../../manifest/quantity.ts'
import { isTimeZone } from '../../manifest/time-zone.ts'
import type { Component, ContainerSettings } from '../component.ts'
import type { ModelEntry, ModelFinding } from '../model-finding.ts'
import type { ResourceAmounts } from '../quantities.ts'
import type { ResolvedPlatform } from '../resolve.ts'
import type { Autoscale } from '../rollout.ts'
import { jsonText } from '../../manifest/json-text.ts'

const biggestPort = 65535

export function* checkComponents(resolved: ResolvedPlatform): Iterable<ModelFinding> {
  for (const component of resolved.components) {
    const findings = [
      ...checkImage(component),
      ...checkResources(component),
      ...checkPort(component),
      ...checkScale(component),
      ...checkSchedule(component),
      ...checkVariables(component),
    ]
    for (const { path, ...finding } of findings) {
      yield { ...finding, entry: entryOf(resolved, component, path), ...environmentOf(resolved) }
    }
  }
}

type ComponentFinding = Omit<ModelFinding, 'entry'> & { readonly path: readonly string[] }

/** The override that sets the entry in this environment, or the declaration. */
function entryOf(resolved: ResolvedPlatform, component: Component, path: readonly string[]): ModelEntry {
  const overrides = resolved.settings?.overrides as Readonly<Record<string, object | undefined>> | undefined
  const changed = overrides?.[component.name]
  if (resolved.environment !== undefined && changed !== undefined && path[0] !== undefined && path[0] in changed) {
    const head = ['environments', resolved.environment, 'overrides', component.name]
    return { site: resolved.platform.site, path: [...head, ...path] }
  }
  return { site: component.site, path }
}

function environmentOf({ environment }: ResolvedPlatform): { readonly environment?: string } {
  return environment === undefined ? {} : { environment }
}

function* checkImage({ settings, type, name }: Component): Iterable<ComponentFinding> {
  const image = parseImage(settings.image)
  if (image === undefined) {
    yield {
      path: ['image'],
      code: 'model/invalid-image',
      message: `"${settings.image}" is not an image reference`,
      help: 'Write [registry/]name, with a :tag or @sha256:… digest for third-party images.',
    }
  } else if (image.tag === 'latest') {
    yield {
      path: ['image'],
      code: 'model/moving-tag',
      message: `"${name}" runs a moving tag: "${settings.image}"`,
      help: 'Leave the tag out and write the version to releases.yaml, or name a fixed tag.',
    }
  } else if ((type === 'postgres' || type === 'redis') && image.tag === undefined && image.digest === undefined) {
    yield {
      path: ['image'],
      code: 'model/no-version',
      message: `"${settings.image}" has no version`,
      help: 'Name a tag or digest: datastores are not released by this team.',
    }
  }
}

function* checkResources({ settings }: Component): Iterable<ComponentFinding> {
  const { resources } = settings
  if (resources === undefined) return
  for (const side of ['requests', 'limits'] as const) {
    for (const [name, amount] of amounts(resources[side])) {
      if (parseQuantity(amount) !== undefined) continue
      yield {
        path: ['resources', side, name],
        code: 'model/invalid-quantity',
        message: `"${amount}" is not a quantity`,
        help: 'Write cores ("0.5", "500m") or bytes with a suffix ("128Mi", "1Gi").',
      }
    }
  }
  const limits = new Map(amounts(resources.limits))
  for (const [name, amount] of amounts(resources.requests)) {
    const request = parseQuantity(amount)
    const limit = parseQuantity(limits.get(name) ?? '')
    if (request === undefined || limit === undefined || compareQuantities(request, limit) <= 0) continue
    yield {
      path: ['resources', 'requests', name],
      code: 'model/request-above-limit',
      message: `the ${name} request "${amount}" is above its limit "${limits.get(name) ?? ''}"`,
      help: 'Lower the request or raise the limit: the API server refuses such a pod.',
    }
  }
}

function amounts(side: ResourceAmounts | undefined): readonly (readonly [string, string])[] {
  return Object.entries(side ?? {}).map(([name, amount]) => [name, String(amount)] as const)
}

function* checkPort(component: Component): Iterable<ComponentFinding> {
  if (component.type !== 'service') return
  const { port } = component.settings
  if (Number.isInteger(port) && port >= 1 && port <= biggestPort) return
  yield {
    path: ['port'],
    code: 'model/invalid-port',
    message: `${jsonText(port)} is not a port`,
    help: `Write a whole number from 1 to ${biggestPort}.`,
  }
}

function* checkScale(component: Component): Iterable<ComponentFinding> {
  if (component.type !== 'service' && component.type !== 'worker') return
  const { replicas, autoscale, rollout } = component.settings
  if (replicas !== undefined && !(Number.isInteger(replicas) && replicas >= 0)) {
    yield {
      path: ['replicas'],
      code: 'model/invalid-scale',
      message: `${jsonText(replicas)} is not a number of replicas`,
      help: 'Write a whole number.',
    }
  }
  if (autoscale !== undefined) yield* checkAutoscale(component, autoscale)
  if (rollout?.type === 'rolling' && isZero(rollout.maxSurge) && isZero(rollout.maxUnavailable)) {
    yield {
      path: ['rollout'],
      code: 'model/rollout-deadlock',
      message: 'maxSurge and maxUnavailable are both zero: no pod could ever be replaced',
      help: 'Allow one extra pod (maxSurge 1) or one missing (maxUnavailable 1).',
    }
  }
}

type Autoscaled = Extract<Component, { type: 'service' | 'worker' }>

function* checkAutoscale(component: Autoscaled, { min, max, cpu, memory }: Autoscale): Iterable<ComponentFinding> {
  if (!Number.isInteger(min) || !Number.isInteger(max) || min < 1 || max < min) {
    yield {
      path: ['autoscale'],
      code: 'model/invalid-scale',
      message: `an autoscaler cannot go from ${jsonText(min)} to ${jsonText(max)} replicas`,
      help: 'Write whole numbers, min at least 1 and max not below it.',
    }
  }
  yield* checkTargets(component, { cpu, memory })
  if (component.type === 'worker' && component.settings.singleton === true) {
    yield {
      path: ['autoscale'],
      code: 'model/singleton-scaled',
      message: `"${component.name}" is a singleton and cannot be autoscaled`,
      help: 'Remove `autoscale`, or `singleton`.',
    }
  }
}

function* checkTargets(
  component: Autoscaled,
  targets: Readonly<Record<'cpu' | 'memory', number | undefined>>,
): Iterable<ComponentFinding> {
  for (const name of ['cpu', 'memory'] as const) {
    const percent = targets[name]
    if (percent === undefined) continue
    const request = component.settings.resources?.requests[name]
    if (request !== undefined && percent > 0) continue
    yield {
      path: ['autoscale', name],
      code: 'model/autoscale-without-request',
      message: `autoscaling on ${name} needs a ${name} request to measure against`,
      help: `Declare resources.requests.${name}: without it the metric is undefined and nothing is ever scaled.`,
    }
  }
  if (targets.cpu !== undefined || targets.memory !== undefined) return
  yield {
    path: ['autoscale'],
    code: 'model/autoscale-without-metric',
    message: 'the autoscaler has no target',
    help: 'Give a cpu or memory percentage.',
  }
}

function isZero(amount: number | string): boolean {
  return amount === 0 || amount === '0%'
}

function* checkSchedule(component: Component): Iterable<ComponentFinding> {
  if (component.type !== 'cron-job') return
  const { schedule, timeZone } = component.settings
  const fault = cronScheduleFault(schedule)
  if (fault !== undefined) {
    yield {
      path: ['schedule'],
      code: 'model/invalid-schedule',
      message: `"${schedule}" is not a schedule: ${fault}`,
      help: 'Write five cron fields (minute hour day month weekday) or @hourly, @daily, @weekly, @monthly, @yearly.',
    }
  }
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    yield {
      path: ['timeZone'],
      code: 'model/invalid-time-zone',
      message: `"${timeZone}" is not a time zone`,
      help: 'Write an IANA name such as Africa/Lagos.',
    }
  }
}

function* checkVariables({ settings }: Component): Iterable<ComponentFinding> {
  for (const name of Object.keys((settings as Partial<ContainerSettings>).env ?? {})) {
    const fault = environmentNameFault(name)
    if (fault === undefined) continue
    yield {
      path: ['env', name],
      code: 'model/invalid-variable',
      message: `"${name}" cannot name an environment variable: ${fault}`,
      help: 'Use letters, digits and underscores, not starting with a digit.',
    }
  }
}
