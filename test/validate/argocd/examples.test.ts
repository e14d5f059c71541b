// Applications, projects and sets as Argo CD's documentation shows them, written anew: none of them is an error or a warning.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildGraph } from '../../../generator/graph/build-graph.ts'
import { resourceSet } from '../../../generator/manifest/resource-set.ts'
import type { Profile } from '../../../generator/model/profile.ts'
import { isApplication, isApplicationSet, isAppProject } from '../../../generator/argocd/simulate/read-argocd.ts'
import { argocdRules } from '../../../generator/validate/argocd/argocd-rules.ts'
import { checkArgoCd } from '../../../generator/validate/argocd/repository/check-argocd.ts'
import { runRules } from '../../../generator/validate/run-rules.ts'
import { resourcesOf } from '../../support/hustlex-argocd.ts'

const folder = 'test/fixtures/argocd-examples'
const profile: Profile = { production: false, kubernetes: ['1.34'] }

test.each(readdirSync(folder))('%s', file => {
  const resources = resourcesOf(readFileSync(join(folder, file), 'utf8'), file)
  const set = resourceSet(resources)
  const found = [
    ...runRules(argocdRules, { profile, resources: set, graph: buildGraph(set) }),
    ...checkArgoCd({
      applications: resources.filter(isApplication),
      projects: resources.filter(isAppProject),
      applicationSets: resources.filter(isApplicationSet),
      tree: new Map(),
      render: () => ({ value: [], diagnostics: [] }),
      profile,
      repoURLs: ['https://github.com/hustlex/gitops.git'],
    }),
  ]
  expect(resources.length).toBeGreaterThan(0)
  expect(found.filter(({ severity }) => severity !== 'info').map(({ code, message }) => `${code} ${message}`)).toEqual(
    [],
  )
})
