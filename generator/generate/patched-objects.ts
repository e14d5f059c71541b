// The model's raw patches, applied to the objects of their environment before overlays are computed.

import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts'
import { sameData } from '../merge/same-data.ts'
import { modelDiagnostic } from '../model/model-finding.ts'
import type { ResolvedPlatform } from '../model/resolve.ts'
import { toData, type WantedObject } from '../resources/wanted-object.ts'
import { applyPatch, isPatchOf } from './apply-patch.ts'

/** The objects with the environment's patches in; a patch that names no object or changes nothing is a finding. */
export function patchedObjects(
  resolved: ResolvedPlatform,
  wanted: readonly WantedObject[],
): Result<readonly WantedObject[]> {
  const diagnostics: Diagnostic[] = []
  const patches = (resolved.settings?.patches ?? []).map(patch => toData(patch))
  let objects = wanted
  for (const [index, patch] of patches.entries()) {
    const before = objects
    objects = objects.map(one =>
      isPatchOf(patch, one.object) ? { ...one, object: applyPatch(one.object, patch) } : one,
    )
    if (objects.every((one, position) => sameData(one.object, before[position]?.object))) {
      diagnostics.push(idlePatch(resolved, index))
    }
  }
  return { value: objects, diagnostics }
}

function idlePatch(resolved: ResolvedPlatform, index: number): Diagnostic {
  const environment = resolved.environment ?? ''
  return modelDiagnostic({
    entry: { site: resolved.platform.site, path: ['environments', environment, 'patches', String(index)] },
    environment,
    code: 'model/idle-patch',
    message: `patch ${index + 1} of "${environment}" changes nothing`,
    help: 'Name a generated object by kind and name, and a field that should differ; or remove the patch.',
  })
}
