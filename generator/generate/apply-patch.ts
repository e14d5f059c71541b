// Strategic merge on data that must not change: what an overlay's patch makes of a base object.

import { asString, type YamlMap } from '../manifest/value.ts'
import { kubernetesSchema } from '../merge/merge-keys.ts'
import { cloneMap } from '../merge/mutable.ts'
import { applyStrategicMerge } from '../merge/strategic-merge.ts'

/** The patched object; the object itself where the patch deletes it or cannot be applied (the proof then says so). */
export function applyPatch(object: YamlMap, patch: YamlMap): YamlMap {
  const outcome = applyStrategicMerge(cloneMap(object), patch, kubernetesSchema)
  return 'value' in outcome && outcome.value !== undefined ? outcome.value : object
}

/** Whether a patch names an object: same kind and name. */
export function isPatchOf(patch: YamlMap, object: YamlMap): boolean {
  const name = (map: YamlMap): string | undefined => asString((map['metadata'] as YamlMap | undefined)?.['name'])
  return patch['kind'] === object['kind'] && name(patch) === name(object)
}
