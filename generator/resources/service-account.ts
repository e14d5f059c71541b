// One ServiceAccount per component, without a mounted token: none of these pods talks to the API server.

import type { ServiceAccount } from 'kubernetes-types/core/v1.js'
import type { Component } from '../model/component.ts'
import { objectName } from '../model/object-names.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import { componentLabels } from './labels.ts'
import { toData, type WantedObject } from './wanted-object.ts'

export function serviceAccount(resolved: ResolvedPlatform, component: Component): WantedObject {
  const platform = resolved.platform.name
  const object: ServiceAccount = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: {
      name: objectName(platform, component),
      namespace: resolved.namespace,
      labels: componentLabels(platform, component),
    },
    automountServiceAccountToken: false,
  }
  return {
    object: toData(object),
    file: 'service-accounts.yaml',
    component: component.name,
    entry: { site: component.site, path: [] },
    fields: [],
  }
}
