// Whether there are schemas of the Kubernetes versions a platform declares. The model cannot know: schemas are below it.

import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { modelDiagnostic } from '../model/model-finding.ts'
import type { Platform } from '../model/platform.ts'
import { versionProblem } from '../validate/schema/versions.ts'

/** A finding for each declared version that objects cannot be held to. Expects a platform of the declared shape. */
export function unsupportedVersions({ site, settings }: Platform): readonly Diagnostic[] {
  const declared = [
    { path: ['kubernetes'], versions: settings.kubernetes },
    ...Object.entries(settings.environments).map(([name, { kubernetes }]) => ({
      path: ['environments', name, 'kubernetes'],
      versions: kubernetes ?? [],
    })),
  ]
  return declared.flatMap(({ path, versions }) =>
    [versions].flat().flatMap(version => {
      const problem = versionProblem(version)
      if (problem === undefined) return []
      const help = 'Name a version there are schemas of; nothing is checked against a neighbouring one instead.'
      return [
        modelDiagnostic({ entry: { site, path }, code: 'model/unknown-kubernetes-version', message: problem, help }),
      ]
    }),
  )
}
