// What Argo CD would do with an object of this repository, as `gitops trace` shows it.

import { explainPlacement } from '../argocd/simulate/explain-placement.ts'
import { ignoredAt } from '../argocd/simulate/ignore-differences.ts'
import { syncOptionsOf } from '../argocd/simulate/read-argocd.ts'
import type { Resource } from '../manifest/resource.ts'
import type { Repository } from '../validate/argocd/repository/repository.ts'

/**
 * Application, phase and wave of an object, whether its project permits it, and whether differences of a field are ignored.
 * @param resource its source names the directory it was built from: only Applications of that directory place it
 * @param pointer the field that was asked for; '' for the whole object
 * @returns no line where no Application of the repository deploys it
 */
export function placementLines(
  resource: Resource,
  pointer: string,
  repository: Repository | undefined,
): readonly string[] {
  if (repository === undefined) return []
  const { applications, projects, scopeOf } = repository
  const here = applications.filter(({ sources }) =>
    sources.some(({ state }) => state.kind === 'rendered' && state.directory === resource.source.file),
  )
  const placed = explainPlacement(resource, { applications, projects, scopeOf })
  return here
    .flatMap(({ application }) => [
      ...placed.filter(each => each.application === application.name).flatMap(({ lines }) => lines),
      ...(pointer === '' ? [] : ignoredLines(application, resource, pointer)),
    ])
    .map(line => `  ${'argocd'.padEnd(12)}${line}`)
}

function ignoredLines(application: Resource, resource: Resource, pointer: string): readonly string[] {
  const respected = syncOptionsOf(application.object).includes('RespectIgnoreDifferences=true')
  return ignoredAt(application.object, resource, pointer).map(({ entry, path, covers }) => {
    if (covers === 'unknown') return `whether "${path}" of ignoreDifferences covers this is not evaluated`
    const sync = respected ? 'and a sync leaves them alone' : 'but every sync writes the value in Git all the same'
    const what = covers === 'all' ? 'here' : `at "${path}"`
    return `differences ${what} are ignored (${entry.pointer.slice(1).replaceAll('/', '.')}), ${sync}`
  })
}
