// What PostgreSQL and Redis have in common: defaults that suit a small server, and the shape of their findings.

import type { Component, Postgres, Redis } from '../model/component.ts'
import type { Probe } from '../model/probe.ts'
import type { Resources } from '../model/quantities.ts'
import { workloadFields } from './workload-fields.ts'
import { toData, type Draft, type WantedObject } from './wanted-object.ts'

export function datastoreObject(component: Component, object: Draft): WantedObject {
  return {
    object: toData(object),
    file: `${component.name}.yaml`,
    component: component.name,
    entry: { site: component.site, path: [] },
    fields: [...workloadFields, { pointer: '/spec/volumeClaimTemplates', path: ['storage'] }],
  }
}

export interface DatastoreDefaults {
  readonly resources: Resources
  readonly liveness: Probe
  readonly readiness: Probe
}

/** The declared resources and probes, or the defaults. */
export function withDefaults(component: Postgres | Redis, defaults: DatastoreDefaults): DatastoreDefaults {
  const { resources, probes } = component.settings
  return {
    resources: resources ?? defaults.resources,
    liveness: probes?.liveness ?? defaults.liveness,
    readiness: probes?.readiness ?? defaults.readiness,
  }
}
