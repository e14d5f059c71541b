// The platform's plain configuration: what the team declares, and where the things it uses are found.

import { createHash } from 'node:crypto'
import type { ConfigMap } from 'kubernetes-types/core/v1.js'
import type { Component } from '../model/component.ts'
import { configName, objectName } from '../model/object-names.ts'
import { isOwn, usedBy, type ResolvedPlatform } from '../model/resolve.ts'
import { portOf } from './ports.ts'
import { platformLabels } from './labels.ts'
import { toData, type WantedObject } from './wanted-object.ts'

/**
 * The data of the shared ConfigMap: `<NAME>_HOST` and `<NAME>_PORT` of what every service, worker and job uses, then the
 * declared config. What only some of them use is told to those alone: nobody gets an address it is not let through to.
 */
export function configData(resolved: ResolvedPlatform): Readonly<Record<string, string>> {
  return { ...addressesOf(usedByAll(resolved), resolved), ...resolved.config }
}

/** Addresses of what this component uses and not every other does, unless the declared config says otherwise. */
export function ownAddresses(resolved: ResolvedPlatform, component: Component): Readonly<Record<string, string>> {
  const shared = new Set(usedByAll(resolved).map(({ name }) => name))
  const own = isOwn(component) ? usedBy(component, resolved).filter(({ name }) => !shared.has(name)) : []
  const addresses = Object.entries(addressesOf(own, resolved))
  return Object.fromEntries(addresses.filter(([name]) => !Object.hasOwn(resolved.config, name)))
}

function usedByAll(resolved: ResolvedPlatform): readonly Component[] {
  const [first, ...others] = resolved.components
    .filter(isOwn)
    .map(component => new Map(usedBy(component, resolved).map(used => [used.name, used])))
  return first === undefined ? [] : [...first.values()].filter(({ name }) => others.every(used => used.has(name)))
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
  return { 'checksum/config': createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 16) }
}
