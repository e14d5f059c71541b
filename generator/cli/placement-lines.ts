// What Argo CD would do with an object of this repository, as `gitops trace` shows it.

import { explainPlacement } from '../argocd/simulate/explain-placement.ts'
import type { Resource } from '../manifest/resource.ts'
import type { Repository } from '../validate/argocd/repository/repository.ts'

/**
 * Application, phase and wave of an object, and whether its project permits it.
 * @param resource its source names the directory it was built from: only Applications of that directory place it
 * @returns no line where no Application of the repository deploys it
 */
export function placementLines(resource: Resource, repository: Repository | undefined): readonly string[] {
  if (repository === undefined) return []
  const { applications, projects, scopeOf } = repository
  const here = new Set(
    applications
      .filter(({ sources }) => sources.some(({ source }) => source.path === resource.source.file))
      .map(({ application }) => application.name),
  )
  return explainPlacement(resource, { applications, projects, scopeOf })
    .filter(({ application }) => here.has(application))
    .flatMap(({ lines }) => lines.map(line => `  ${'argocd'.padEnd(12)}${line}`))
}
