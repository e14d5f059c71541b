// From a rendered field back to the model entry behind it: what a person has to change.

import { asMap, asString } from '../manifest/value.ts'
import type { ModelEntry } from '../model/model-finding.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import type { WantedObject } from '../resources/wanted-object.ts'
import type { ResourceReference } from '../diagnostics/diagnostic.ts'

/** The model entry behind a field of a rendered object, or undefined for objects that no model asked for. */
export type ModelOrigin = (resource: ResourceReference, pointer: string) => ModelEntry | undefined

/** Origins of one environment's objects. An override of the environment is named before the declaration. */
export function modelOrigin(resolved: ResolvedPlatform, wanted: readonly WantedObject[]): ModelOrigin {
  const byIdentity = new Map(wanted.map(one => [identityOf(one), one]))
  return (resource, pointer) => {
    const one = byIdentity.get(`${resource.kind}/${resource.name}`)
    if (one === undefined) return undefined
    const field = one.fields
      .filter(row => pointer === row.pointer || pointer.startsWith(`${row.pointer}/`))
      .reduce<WantedObject['fields'][number] | undefined>(
        (best, row) => (best === undefined || row.pointer.length > best.pointer.length ? row : best),
        undefined,
      )
    return overridden(resolved, one, [...one.entry.path, ...(field?.path ?? [])])
  }
}

function overridden(resolved: ResolvedPlatform, one: WantedObject, path: readonly string[]): ModelEntry {
  const overrides = resolved.settings?.overrides as Readonly<Record<string, object | undefined>> | undefined
  const changes = one.component === undefined ? undefined : overrides?.[one.component]
  const [first] = path
  if (
    one.component === undefined ||
    resolved.environment === undefined ||
    changes === undefined ||
    first === undefined ||
    !(first in changes)
  ) {
    return { site: one.entry.site, path }
  }
  return {
    site: resolved.platform.site,
    path: ['environments', resolved.environment, 'overrides', one.component, ...path],
  }
}

function identityOf({ object }: WantedObject): string {
  return `${asString(object['kind']) ?? ''}/${asString(asMap(object['metadata'])['name']) ?? ''}`
}
