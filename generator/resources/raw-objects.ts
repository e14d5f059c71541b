// The escape hatch: objects a team writes out itself. They get the environment's namespace unless they name one.

import { asMap, asString } from '../manifest/value.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import { toData, type WantedObject } from './wanted-object.ts'

/** Built-in kinds without a namespace that teams declare by hand. */
const clusterScoped: ReadonlySet<string> = new Set(['Namespace'])

export function rawObjects(resolved: ResolvedPlatform): readonly WantedObject[] {
  const { settings, site } = resolved.platform
  const shared = (settings.objects ?? []).map((object, index) => ({ object, path: ['objects', String(index)] }))
  const own = (resolved.settings?.objects ?? []).map((object, index) => ({
    object,
    path: ['environments', resolved.environment ?? '', 'objects', String(index)],
  }))
  return [...shared, ...own].map(({ object, path }) => {
    const data = toData(object)
    const metadata = asMap(data['metadata'])
    const kind = asString(data['kind']) ?? ''
    const namespaced = clusterScoped.has(kind) ? metadata : { namespace: resolved.namespace, ...metadata }
    return {
      object: { ...data, metadata: namespaced },
      file: `${kind.toLowerCase()}-${asString(metadata['name']) ?? 'object'}.yaml`,
      entry: { site, path },
      fields: [],
    }
  })
}
