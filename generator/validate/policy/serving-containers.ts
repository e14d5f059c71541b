// Which containers of a workload answer the requests its Services send.

import type { Graph } from '../../graph/graph.ts'
import type { Container } from '../../manifest/pod-template.ts'
import type { Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import type { RuleContext } from '../rule.ts'
import { isLongRunning, mainContainersIn, runningContainersIn, specOf } from './pods.ts'
import { servicesOf } from './surroundings.ts'

const known = new WeakMap<Graph, Map<Resource, readonly Container[]>>()

/**
 * Containers whose declared ports a Service targets; the first main container where no declared port fits
 * (declaring ports is optional). Empty for Jobs, and for workloads that no Service selects but one for their metrics.
 */
export function servingContainers(workload: Resource, { graph }: RuleContext): readonly Container[] {
  let answers = known.get(graph)
  if (answers === undefined) known.set(graph, (answers = new Map()))
  let serving = answers.get(workload)
  if (serving === undefined) answers.set(workload, (serving = findServing(workload, graph)))
  return serving
}

function findServing(workload: Resource, graph: Graph): readonly Container[] {
  if (!isLongRunning(workload) && workload.kind !== 'Pod') return []
  const services = servicesOf(workload, { graph }).filter(service => !isForMetrics(service, workload))
  if (services.length === 0) return []
  const targets = new Set(services.flatMap(targetPorts))
  const named = runningContainersIn(workload).filter(container =>
    asList(container.spec['ports']).some(entry => {
      const port = asMap(entry)
      return targets.has(port['containerPort']) || (port['name'] !== undefined && targets.has(port['name']))
    }),
  )
  return named.length > 0 ? named : mainContainersIn(workload).slice(0, 1)
}

const metricsName = /metrics|prometheus/i

/** A port that is there to be scraped, by its name: nobody waits for an answer. */
export function isMetricsPort(port: YamlMap): boolean {
  return metricsName.test(asString(port['name']) ?? '') || asString(port['name']) === 'prom'
}

/** Whether every port of the Service, or the port of the pod behind it, is there to be scraped. */
function isForMetrics(service: Resource, workload: Resource): boolean {
  const ports = asList(specOf(service)['ports']).map(asMap)
  return (
    ports.length > 0 &&
    ports.every(port => isMetricsPort(port) || isScraped(port['targetPort'] ?? port['port'], workload))
  )
}

function isScraped(target: YamlValue | undefined, workload: Resource): boolean {
  return runningContainersIn(workload).some(({ spec }) =>
    asList(spec['ports']).some(entry => {
      const port = asMap(entry)
      return (port['name'] === target || port['containerPort'] === target) && isMetricsPort(port)
    }),
  )
}

function targetPorts(service: Resource): readonly (YamlValue | undefined)[] {
  return asList(specOf(service)['ports']).map(entry => {
    const port = asMap(entry)
    return port['targetPort'] ?? port['port']
  })
}
