// The rules on single Applications, held against those that ApplicationSets generate: a template is where most teams write
// their Applications, and no Application of theirs is ever in a file.

import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import { buildGraph } from '../../../graph/build-graph.ts'
import { resourceSet } from '../../../manifest/resource-set.ts'
import type { Resource } from '../../../manifest/resource.ts'
import { bareTemplate } from '../../../argocd/simulate/application-set.ts'
import type { Rule } from '../../rule.ts'
import { runRules } from '../../run-rules.ts'
import { unreadAnnotation } from '../annotation-name-rules.ts'
import { kargoStage, notificationSubscription } from '../application-annotation-rules.ts'
import {
  allowEmpty,
  applicationDestination,
  automatedSync,
  previewFinalizer,
  productionProject,
  syncRetry,
} from '../application-rules.ts'
import {
  ambiguousRevision,
  applicationSource,
  movingProductionRevision,
  revisionRange,
  sourceHydrator,
} from '../application-source-rules.ts'
import { syncWave } from '../hook-rules.ts'
import { compareOption, destructiveSyncOption, serverSideDiff, syncOption, validationOff } from '../option-rules.ts'
import { applicationWave } from '../order-rules.ts'
import type { ArgoCdCheckInput, ExpandedSet, Repository } from './repository.ts'

/** Rules whose verdict no parameter can change, where what stands in the template has none. */
const rulesOnAnyTemplate: readonly Rule[] = [
  unreadAnnotation,
  syncOption,
  compareOption,
  destructiveSyncOption,
  allowEmpty,
]

const rulesOnGenerated: readonly Rule[] = [
  ...rulesOnAnyTemplate,
  syncWave,
  applicationWave,
  validationOff,
  serverSideDiff,
  movingProductionRevision,
  ambiguousRevision,
  revisionRange,
  productionProject,
  applicationDestination,
  applicationSource,
  automatedSync,
  syncRetry,
  previewFinalizer,
  sourceHydrator,
  kargoStage,
  notificationSubscription,
]

/** One finding per place and message, however many Applications a template generates. */
export function checkGeneratedApplications({ sets, input }: Repository): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>()
  for (const expanded of sets) {
    for (const diagnostic of findingsOn(expanded, input)) {
      const { code, message, at } = diagnostic
      const key = JSON.stringify([code, message, at])
      if (!found.has(key)) found.set(key, diagnostic)
    }
  }
  return [...found.values()]
}

function findingsOn({ set, expansion }: ExpandedSet, input: ArgoCdCheckInput): readonly Diagnostic[] {
  if (expansion.kind === 'expanded') return runOn(expansion.value, rulesOnGenerated, input)
  const template = bareTemplate(set)
  if (template === undefined) return []
  return runOn([template], rulesOnAnyTemplate, input).filter(({ message }) => !message.includes('{{'))
}

function runOn(
  applications: readonly Resource[],
  rules: readonly Rule[],
  { profile }: ArgoCdCheckInput,
): readonly Diagnostic[] {
  if (applications.length === 0) return []
  const resources = resourceSet(applications)
  return runRules(rules, { profile, resources, graph: buildGraph(resources) })
}
