// Which field of a generated workload comes from which entry of the model: longest pointer prefix wins.

import type { WantedObject } from './wanted-object.ts'

const container = '/spec/template/spec/containers/0'

export const workloadFields: WantedObject['fields'] = [
  { pointer: '/spec/replicas', path: ['replicas'] },
  { pointer: '/spec/strategy', path: ['rollout'] },
  { pointer: '/spec/template/metadata/annotations', path: ['podAnnotations'] },
  { pointer: '/spec/template/spec/terminationGracePeriodSeconds', path: ['shutdownSeconds'] },
  { pointer: '/spec/template/spec/volumes', path: ['writablePaths'] },
  { pointer: '/spec/template/spec/securityContext', path: ['user'] },
  { pointer: `${container}/image`, path: ['image'] },
  { pointer: `${container}/command`, path: ['command'] },
  { pointer: `${container}/args`, path: ['args'] },
  { pointer: `${container}/env`, path: ['env'] },
  { pointer: `${container}/ports`, path: ['port'] },
  { pointer: `${container}/resources`, path: ['resources'] },
  { pointer: `${container}/resources/requests`, path: ['resources', 'requests'] },
  { pointer: `${container}/resources/limits`, path: ['resources', 'limits'] },
  { pointer: `${container}/livenessProbe`, path: ['probes', 'liveness'] },
  { pointer: `${container}/readinessProbe`, path: ['probes', 'readiness'] },
  { pointer: `${container}/startupProbe`, path: ['probes', 'startup'] },
  { pointer: `${container}/lifecycle`, path: ['drainSeconds'] },
]
