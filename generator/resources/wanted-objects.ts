// The model, seen from one environment (or from none, for the base), as the Kubernetes objects wanted there.

import type { Component } from '../model/component.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import { autoscaler } from './autoscaler.ts'
import { configMap } from './config-map.ts'
import { deployment } from './deployment.ts'
import { disruptionBudget } from './disruption-budget.ts'
import { cronJob, migration } from './jobs.ts'
import { namespace } from './namespace.ts'
import { networkPolicies } from './network-policies.ts'
import { postgres } from './postgres.ts'
import { rawObjects } from './raw-objects.ts'
import { redis } from './redis.ts'
import { secrets } from './secrets.ts'
import { serviceAccount } from './service-account.ts'
import { service } from './service.ts'
import type { WantedObject } from './wanted-object.ts'
import { withWaves } from './waves.ts'

/** Every object of the environment, without its raw patches, in a fixed order: shared ones, then component by component. */
export function wantedObjects(resolved: ResolvedPlatform): readonly WantedObject[] {
  return withWaves(resolved, [
    namespace(resolved),
    ...configMap(resolved),
    ...secrets(resolved),
    ...resolved.components.map(component => serviceAccount(resolved, component)),
    ...resolved.components.flatMap(component => componentObjects(resolved, component)),
    ...networkPolicies(resolved),
    ...rawObjects(resolved),
  ])
}

function componentObjects(resolved: ResolvedPlatform, component: Component): readonly WantedObject[] {
  switch (component.type) {
    case 'service':
      return [
        deployment(resolved, component),
        ...service(resolved, component),
        ...autoscaler(resolved, component),
        ...disruptionBudget(resolved, component),
      ]
    case 'worker':
      return [
        deployment(resolved, component),
        ...autoscaler(resolved, component),
        ...disruptionBudget(resolved, component),
      ]
    case 'cron-job':
      return [cronJob(resolved, component)]
    case 'migration':
      return [migration(resolved, component)]
    case 'postgres':
      return postgres(resolved, component)
    case 'redis':
      return redis(resolved, component)
  }
}
