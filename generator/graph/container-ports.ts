// The ports that the containers of a pod declare. Declaring is optional in Kubernetes: a port may be open without being listed.

import type { PodTemplate } from '../manifest/pod-template.ts'
import { asList, asMap, asString } from '../manifest/value.ts'

export interface ContainerPort {
  readonly container: string
  readonly name: string | undefined
  readonly number: number
  readonly protocol: string
}

const known = new WeakMap<PodTemplate, readonly ContainerPort[]>()

/** Ports of main containers and of init containers that keep running (sidecars); other init containers are gone when a pod serves. */
export function containerPorts(template: PodTemplate): readonly ContainerPort[] {
  let ports = known.get(template)
  if (ports === undefined) known.set(template, (ports = readPorts(template)))
  return ports
}

function readPorts(template: PodTemplate): readonly ContainerPort[] {
  const running = [
    ...asList(template.spec['containers']),
    ...asList(template.spec['initContainers']).filter(entry => asMap(entry)['restartPolicy'] === 'Always'),
  ]
  return running.flatMap(entry => {
    const container = asMap(entry)
    return asList(container['ports']).flatMap(item => {
      const port = asMap(item)
      const number = port['containerPort']
      if (typeof number !== 'number') return []
      return [
        {
          container: asString(container['name']) ?? '',
          name: asString(port['name']),
          number,
          protocol: asString(port['protocol']) ?? 'TCP',
        },
      ]
    })
  })
}
