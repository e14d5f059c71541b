// The platform's plain configuration: what the team declares, and where the things it uses are found.

import { createHash } from 'node:crypto'
import type { ConfigMap } from 'kubernetes-types/core/v1.js'
import type { Component } from '../model/component.ts'
import { configName, objectName } from '../model/object-names.ts'
import { isOwn, usedBy, type ResolvedPlatform } from '../model/resolve.ts'
import { portOf } from './ports.ts'
import { platformLabels } from './labels.ts'
import { toData, type WantedObject } from './wanted-object.ts'

/** The data of the shared ConfigMap: `<NAME>_HOST` and `<NAME>_PORT` of everything used, then the declared config. */
export function configData(resolved: ResolvedPlatform): Readonly<Record<string, string>> {
  const used = new Map<string, Component>()
  for (const component of resolved.components.filter(isOwn)) {
    for (const target of usedBy(component, resolved)) used.set(target.name, target)
  }
  const addresses = [...used.values()].flatMap(target => {
    const port = portOf(target)
    if (port === undefined) return []
    const prefix = target.name.toUpperCase().replaceAll('-', '_')
    return [
      [`${prefix}_HOST`, objectName(resolved.platform.name, target)] as const,
      [`${prefix}_PORT`, String(port)] as const,
    ]
  })
  return { ...Object.fromEntries(addresses), ...resolved.config }
}

export function configMap(resolved: ResolvedPlatform): readonly WantedObject[] {
  const data = configData(resolved)
  if (Object.keys(data).length === 0) return []
  const { name, site } = resolved.platform
  const object: ConfigMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: configName(name), namespace: resolved.namespace, labels: platformLabels(name) },
    data: { ...data },
  }
  return [
    {
      object: toData(object),
      file: 'configmap.yaml',
      entry: { site, path: [] },
      fields: [{ pointer: '/data', path: ['config'] }],
    },
  ]
}

/**
 * A pod annotation that changes with the configuration, so that pods restart when it does: environment variables are
 * read once, at start (https://kubernetes.io/docs/concepts/configuration/configmap/).
 */
export function configChecksum(resolved: ResolvedPlatform): Record<string, string> {
  const entries = Object.entries(configData(resolved)).sort(([a], [b]) => (a < b ? -1 : 1))
  if (entries.length === 0) return {}
  return { 'checksum/config': createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 16) }
}
