// Which containers of a workload answer the requests its Services send.

import type { Container } from '../../manifest/pod-template.ts'
import type { Resource } from '../../manifest/resource.ts'
import { asList, asMap, type YamlValue } from '../../manifest/value.ts'
import type { RuleContext } from '../rule.ts'
import { isLongRunning, mainContainersIn, runningContainersIn, specOf } from './pods.ts'
import { servicesOf } from './surroundings.ts'

/**
 * Containers whose declared ports a Service targets; the first main container where no declared port fits
 * (declaring ports is optional). Empty for workloads no Service selects, and for Jobs.
 */
export function servingContainers(workload: Resource, context: RuleContext): readonly Container[] {
  if (!isLongRunning(workload) && workload.kind !== 'Pod') return []
  const services = servicesOf(workload, context)
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

function targetPorts(service: Resource): readonly (YamlValue | undefined)[] {
  return asList(specOf(service)['ports']).map(entry => {
    const port = asMap(entry)
    return port['targetPort'] ?? port['port']
  })
}
