// R2: a Service whose selector matches two workloads spreads its traffic over both
// (https://kubernetes.io/docs/concepts/services-networking/service/). Meant: headless Services, and variants of one
// application that tell themselves apart by a label (stable and canary, blue and green, versions).

import type { Workload } from '../../../graph/graph.ts'
import { podPort, servicePorts } from '../../../graph/service-ports.ts'
import { describeResource } from '../../../manifest/resource.ts'
import { asMap } from '../../../manifest/value.ts'
import { describeSelector } from '../../../manifest/label-selector.ts'
import { podSelectorOf } from '../../../graph/pod-selectors.ts'
import type { Rule } from '../../rule.ts'
import { exposesPort } from '../exposes-port.ts'
import { areVariants } from '../variants.ts'

export const serviceSelectsSeveral: Rule = {
  code: 'reference/service-selects-several',
  severity: 'error',
  summary: 'A Service selects the pods of one workload, or of declared variants of one.',
  kinds: ['Service'],
  appliesTo: ({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1',
  *check(resource, { graph }) {
    const selector = podSelectorOf(resource)
    const workloads = graph.workloadsSelectedBy(resource)
    if (selector === undefined || workloads.length < 2) return
    if (asMap(resource.object['spec'])['clusterIP'] === 'None') return
    const serving = workloads.filter(workload => servesAll(resource, workload))
    if (serving.length === workloads.length && areVariants(workloads)) return
    const names = workloads.map(workload => describeResource(workload.resource))
    yield {
      at: selector.at,
      message: `the selector "${describeSelector(selector.selector)}" matches the pods of ${names.slice(0, 5).join(' and ')}`,
      help: 'Add a label to the selector that only the pods meant carry.',
      severity: serving.length === workloads.length ? 'warning' : 'error',
      related: workloads.slice(0, 5).map(workload => ({
        at: { resource: workload.resource, pointer: `${workload.template.pointer}/metadata/labels` },
        note: serving.includes(workload) ? 'matches' : 'matches, and does not expose the target port',
      })),
    }
  },
}

function servesAll(service: Parameters<typeof servicePorts>[0], workload: Workload): boolean {
  return servicePorts(service).every(port => {
    const target = podPort(port, workload)
    return target !== undefined && exposesPort(workload, target)
  })
}
