// Whether a pod declares a port. Declaring is optional in Kubernetes, so a pod that declares nothing may serve anything.

import { containerPorts } from '../../graph/container-ports.ts'
import type { Workload } from '../../graph/graph.ts'
import type { NetworkPort } from '../../graph/network-traffic.ts'

/** True where the port is declared, or where a long-running workload declares no port at all. */
export function exposesPort({ template, resource }: Workload, port: NetworkPort): boolean {
  const declared = containerPorts(template)
  if (declared.length === 0) return resource.kind !== 'Job' && resource.kind !== 'CronJob'
  return declared.some(({ number, protocol }) => number === port.number && protocol === port.protocol)
}
