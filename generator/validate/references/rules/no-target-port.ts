// R3: a Service forwards to a port that the selected pods do not have: connection refused
// (https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports). A named port must be declared; a number
// need not be, so an undeclared one is a warning, or a remark where the pod declares none at all.

import { hint } from '../../../diagnostics/suggest.ts'
import { containerPorts, type ContainerPort } from '../../../graph/container-ports.ts'
import type { Workload } from '../../../graph/graph.ts'
import { servicePorts, type ServicePort } from '../../../graph/service-ports.ts'
import type { PodTemplate } from '../../../manifest/pod-template.ts'
import { describeResource, type Resource } from '../../../manifest/resource.ts'
import { asList, asMap } from '../../../manifest/value.ts'
import type { Finding, Rule } from '../../rule.ts'
import { mentionsPort } from '../mentioned-port.ts'

export const noTargetPort: Rule = {
  code: 'reference/no-target-port',
  severity: 'error',
  summary: 'The target ports of a Service exist in every pod it selects.',
  kinds: ['Service'],
  appliesTo: ({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1',
  *check(resource, { graph }) {
    for (const workload of graph.workloadsSelectedBy(resource)) {
      for (const port of servicePorts(resource)) yield* problems(resource, port, workload)
    }
  },
}

function* problems(service: Resource, port: ServicePort, { resource, template }: Workload): Iterable<Finding> {
  const declared = containerPorts(template)
  if (declared.some(candidate => leadsTo(candidate, port))) return
  const at = { resource: service, pointer: port.pointer + (port.stated ? '/targetPort' : '/port') }
  const owner = describeResource(resource)
  const related = [{ at: { resource, pointer: `${template.specPointer}/containers` }, note: 'the containers selected' }]
  if (typeof port.targetPort === 'string') {
    const named = declared.filter(({ name }) => name === port.targetPort)
    const names = declared.flatMap(({ name }) => name ?? [])
    yield {
      at,
      related,
      message:
        named.length > 0
          ? `target port "${port.targetPort}" of ${owner} is ${named[0]?.protocol ?? ''}, not ${port.protocol}`
          : `${owner} has no port named "${port.targetPort}"${hint(port.targetPort, names)}`,
      help: 'Name a containerPort, or use its number.',
    }
    return
  }
  if (isTold(template, port.targetPort)) return
  const numbers = declared.map(({ number, protocol }) =>
    protocol === 'TCP' ? String(number) : `${number}/${protocol}`,
  )
  yield {
    at,
    related,
    message: `${owner} declares no ${port.protocol} port "${port.targetPort}"${numbers.length === 0 ? '' : `, only: ${numbers.join(', ')}`}`,
    help: 'Forward to a port that a container listens on, or declare this one.',
    severity: declared.length === 0 ? 'info' : 'warning',
  }
}

function leadsTo({ name, number, protocol }: ContainerPort, port: ServicePort): boolean {
  return (typeof port.targetPort === 'string' ? name : number) === port.targetPort && protocol === port.protocol
}

function isTold(template: PodTemplate, port: number): boolean {
  return asList(template.spec['containers']).some(container => mentionsPort(asMap(container), port))
}
