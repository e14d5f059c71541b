// The rules on single Applications, held against those that ApplicationSets generate: a template is where most teams write
// their Applications, and no Application of theirs is ever in a file.

import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import { buildGraph } from '../../../graph/build-graph.ts'
import { resourceSet } from '../../../manifest/resource-set.ts'
import { toResource, type Resource } from '../../../manifest/resource.ts'
import { asMap } from '../../../manifest/value.ts'
import { argoApiVersion } from '../../../argocd/application.ts'
import { expandApplicationSet } from '../../../argocd/simulate/application-set.ts'
import type { Rule } from '../../rule.ts'
import { runRules } from '../../run-rules.ts'
import {
  allowEmpty,
  applicationDestination,
  automatedSync,
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
import { destructiveSyncOption, serverSideDiff, syncOption, validationOff } from '../option-rules.ts'
import type { ArgoCdCheckInput } from './repository.ts'

/** Rules whose verdict no parameter can change, where what stands in the template has none. */
const rulesOnAnyTemplate: readonly Rule[] = [syncOption, destructiveSyncOption, allowEmpty]

const rulesOnGenerated: readonly Rule[] = [
  ...rulesOnAnyTemplate,
  syncWave,
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
  sourceHydrator,
]

/** One finding per place and message, however many Applications a template generates. */
export function checkGeneratedApplications(input: ArgoCdCheckInput): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>()
  for (const set of input.applicationSets) {
    for (const diagnostic of findingsOn(set, input)) {
      const { code, message, at } = diagnostic
      const key = JSON.stringify([code, message, at])
      if (!found.has(key)) found.set(key, diagnostic)
    }
  }
  return [...found.values()]
}

function findingsOn(set: Resource, input: ArgoCdCheckInput): readonly Diagnostic[] {
  const expansion = expandApplicationSet(set, input)
  if (expansion.kind === 'expanded') return runOn(expansion.value, rulesOnGenerated, input)
  const template = bareTemplate(set)
  if (template === undefined) return []
  return runOn([template], rulesOnAnyTemplate, input).filter(({ message }) => !message.includes('{{'))
}

/** The template as an Application, parameters unfilled; undefined where a templatePatch may change anything in it. */
function bareTemplate(set: Resource): Resource | undefined {
  const spec = asMap(set.object['spec'])
  if (spec['templatePatch'] !== undefined) return undefined
  const { metadata, spec: application } = asMap(spec['template'])
  const object = {
    apiVersion: argoApiVersion,
    kind: 'Application',
    metadata: asMap(metadata),
    spec: asMap(application),
  }
  return toResource(object, { ...set.source, pointer: `${set.source.pointer ?? ''}/spec/template` })
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
