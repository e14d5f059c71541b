// The escape hatch: objects a team writes out itself. They get the environment's namespace unless they name one.

import { isClusterScoped } from '../manifest/cluster-scoped-kinds.ts'
import { asList, asMap, asString, type YamlMap } from '../manifest/value.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import { toData, type WantedObject } from './wanted-object.ts'

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
    const namespaced = isClusterScoped(kind) ? metadata : { namespace: resolved.namespace, ...metadata }
    return {
      object: withSubjects({ ...data, metadata: namespaced }, resolved.namespace),
      file: `${kind.toLowerCase()}-${asString(metadata['name']) ?? 'object'}.yaml`,
      entry: { site, path },
      fields: [],
    }
  })
}

/**
 * A ServiceAccount that a binding names without a namespace is one of this environment: the API server wants it said.
 * https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/role-binding-v1/
 */
function withSubjects(object: YamlMap, namespace: string): YamlMap {
  if (!/^(Cluster)?RoleBinding$/.test(asString(object['kind']) ?? '') || object['subjects'] === undefined) return object
  const subjects = asList(object['subjects']).map(subject => {
    const map = asMap(subject)
    return map['kind'] === 'ServiceAccount' && map['namespace'] === undefined ? { ...map, namespace } : subject
  })
  return { ...object, subjects }
}
