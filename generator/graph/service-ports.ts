// The ports of a Service, and where they lead in a pod.

import { pointer } from '../manifest/pointer.ts'
import type { Resource } from '../manifest/resource.ts'
import { asList, asMap, asString } from '../manifest/value.ts'
import { containerPorts } from './container-ports.ts'
import type { Workload } from './workload.ts'
import type { NetworkPort } from './network-traffic.ts'

export interface ServicePort {
  readonly name: string | undefined
  readonly port: number
  readonly protocol: 'TCP' | 'UDP' | 'SCTP'
  /** A container port's name, or a number; the port itself where the Service does not say. */
  readonly targetPort: number | string
  /** Pointer inside the Service. */
  readonly pointer: string
  /** Whether `targetPort` is written out. */
  readonly stated: boolean
}

export function servicePorts(service: Resource): readonly ServicePort[] {
  return asList(asMap(service.object['spec'])['ports']).flatMap((entry, index) => {
    const fields = asMap(entry)
    const port = fields['port']
    if (typeof port !== 'number') return []
    const target = fields['targetPort']
    const stated = typeof target === 'string' || typeof target === 'number'
    return [
      {
        name: asString(fields['name']),
        port,
        protocol: protocolOf(fields['protocol']),
        targetPort: typeof target === 'string' && /^\d+$/.test(target) ? Number(target) : stated ? target : port,
        pointer: pointer('spec', 'ports', index),
        stated,
      },
    ]
  })
}

/** The port of a workload's pods that a Service port leads to; undefined where a named port is not there. */
export function podPort({ targetPort, protocol }: ServicePort, workload: Workload): NetworkPort | undefined {
  if (typeof targetPort === 'number') return { number: targetPort, protocol }
  const named = containerPorts(workload.template).find(port => port.name === targetPort && port.protocol === protocol)
  return named === undefined ? undefined : { number: named.number, protocol }
}

function protocolOf(value: unknown): 'TCP' | 'UDP' | 'SCTP' {
  return value === 'UDP' || value === 'SCTP' ? value : 'TCP'
}
