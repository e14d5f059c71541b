// Sync windows against the Applications of their project: a window that selects none protects nobody.

import { asList, asMap, isMap } from '../../../manifest/value.ts'
import { concerns } from '../../../argocd/simulate/sync-windows.ts'
import { report, type Check } from './repository.ts'

export const checkIdleWindows: Check = function* ({ applications, projects, sets }) {
  // Applications that are not evaluated could be what a window selects.
  if (sets.some(({ expansion }) => expansion.kind !== 'expanded')) return
  for (const project of projects) {
    const own = applications.filter(application => application.project === project.name)
    if (own.length === 0) continue
    for (const [index, window] of asList(asMap(project.object['spec'])['syncWindows']).entries()) {
      if (!isMap(window) || own.some(({ application }) => concerns(window, application.object))) continue
      yield report({
        code: 'argocd/idle-sync-window',
        severity: 'warning',
        at: { resource: project, pointer: `/spec/syncWindows/${index}` },
        message: 'the window selects no Application of its project, so it opens and closes nothing',
        help: 'Name applications, namespaces or clusters as the Applications do.',
      })
    }
  }
}
