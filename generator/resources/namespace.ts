// The environment's Namespace: held to the restricted Pod Security Standard, and never deleted without a person's word,
// because everything in it goes with it (https://github.com/argoproj/argo-cd/issues/22607).

import type { Namespace } from 'kubernetes-types/core/v1.js'
import type { ResolvedPlatform } from '../model/resolve.ts'
import { platformLabels } from './labels.ts'
import { protectedFromDeletion } from './protection.ts'
import { toData, type WantedObject } from './wanted-object.ts'

export function namespace(resolved: ResolvedPlatform): WantedObject {
  const { name, site } = resolved.platform
  const standard = Object.fromEntries(
    ['enforce', 'audit', 'warn'].map(mode => [`pod-security.kubernetes.io/${mode}`, 'restricted']),
  )
  const object: Namespace = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: resolved.namespace,
      labels: { ...platformLabels(name), ...standard },
      annotations: protectedFromDeletion,
    },
  }
  const path = resolved.environment === undefined ? [] : ['environments', resolved.environment, 'namespace']
  return { object: toData(object), file: 'namespace.yaml', entry: { site, path }, fields: [] }
}
