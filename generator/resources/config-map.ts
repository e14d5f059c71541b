// The platform's plain configuration, shared by what it runs, and the addresses each component is told.

import type { ConfigMap } from 'kubernetes-types/core/v1.js'
import { sha256 } from '../manifest/sha256.ts'
import type { Component } from '../model/component.ts'
import { configName, objectName } from '../model/object-names.ts'
import { isOwn, usedBy, type ResolvedPlatform } from '../model/resolve.ts'
import { portOf } from './ports.ts'
import { platformLabels } from './labels.ts'
import { toData, type WantedObject } from './wanted-object.ts'

/** The data of the shared ConfigMap: the declared config, as this environment has it. */
export function configData(resolved: ResolvedPlatform): Readonly<Record<string, string>> {
  return resolved.config
}

/**
 * `<NAME>_HOST` and `<NAME>_PORT` of everything a component uses, unless the declared config says otherwise. They stand in the
 * component's own environment: nobody is told an address it is not let through to, and what one component uses never restarts
 * another.
 */
export function ownAddresses(resolved: ResolvedPlatform, component: Component): Readonly<Record<string, string>> {
  const addresses = addressesOf(isOwn(component) ? usedBy(component, resolved) : [], resolved)
  return Object.fromEntries(Object.entries(addresses).filter(([name]) => !Object.hasOwn(resolved.config, name)))
}

function addressesOf(used: readonly Component[], resolved: ResolvedPlatform): Readonly<Record<string, string>> {
  const addresses = used.flatMap(target => {
    const port = portOf(target)
    if (port === undefined) return []
    const prefix = target.name.toUpperCase().replaceAll('-', '_')
    return [
      [`${prefix}_HOST`, objectName(resolved.platform.name, target)] as const,
      [`${prefix}_PORT`, String(port)] as const,
    ]
  })
  return Object.fromEntries(addresses)
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
  return { 'checksum/config': sha256(JSON.stringify(entries)).slice(0, 16) }
}
