// Several sets of objects (one per environment, or per path) through all checks, with the verdicts added up.

import { withArgoCdFacts } from '../argocd/simulate/application-facts.ts'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import type { Resource } from '../manifest/resource.ts'
import type { Profile } from '../model/profile.ts'
import type { Counters, SkippedObject } from '../report/report.ts'
import { checkEnvironment, type EnvironmentVerdict } from '../validate/check-environment.ts'
import type { OwnRules } from '../validate/own-rules/run-own-rule.ts'
import { lackingSentence } from '../validate/schema/bundled-schemas.ts'
import type { SchemaCatalog } from '../validate/schema/catalog.ts'
import { debugTable } from './debug-table.ts'
import type { World } from './world.ts'

export interface CheckSet {
  /** The kustomization directory the objects were built from; absent for files. */
  readonly directory?: string
  readonly resources: readonly Resource[]
  readonly profile: Profile
}

export interface SetsVerdict {
  readonly diagnostics: readonly Diagnostic[]
  readonly counters: Counters
  readonly skipped: readonly SkippedObject[]
  readonly notChecked: readonly string[]
}

export interface CheckSetsOptions {
  readonly catalog: SchemaCatalog
  /** Empty: everything. */
  readonly only: readonly string[]
  readonly debug: boolean
  /** The platform's own rules, where it has any. */
  readonly ownRules?: OwnRules | undefined
}

export function checkSets(sets: readonly CheckSet[], options: CheckSetsOptions, world: World): SetsVerdict {
  const { catalog, ownRules, only } = options
  const wanted = only.length === 0 ? {} : { only }
  const all = sets.flatMap(({ resources }) => resources)
  const definitions = all.filter(({ kind }) => kind === 'CustomResourceDefinition')
  const tell = progress(world, sets.length)
  const verdicts = sets.map(({ resources, profile, directory }, index) => {
    tell(index)
    const facts = stated(profile) ? profile : withArgoCdFacts(profile, all, directory)
    return checkEnvironment(resources, facts, { catalog, ownRules, definitions, ...wanted, clock: world.now })
  })
  tell(sets.length)
  if (options.debug) world.stderr.write(debugTable(verdicts))
  const sum = (count: (verdict: EnvironmentVerdict) => number): number =>
    verdicts.reduce((total, verdict) => total + count(verdict), 0)
  return {
    diagnostics: verdicts.flatMap(({ diagnostics }) => diagnostics),
    counters: {
      rendered: sum(({ rendered }) => rendered),
      validated: sum(({ validated }) => validated),
      skipped: sum(({ skipped }) => skipped.length),
    },
    skipped: unique(verdicts.flatMap(({ skipped }) => skipped)),
    notChecked: [...new Set([...verdicts.flatMap(({ notChecked }) => notChecked), ...lackingRules(verdicts)])].sort(),
  }
}

/** One sentence, however many kinds and environments. */
function lackingRules(verdicts: readonly EnvironmentVerdict[]): readonly string[] {
  const kinds = verdicts.flatMap(verdict => verdict.lackingRules)
  return kinds.length === 0 ? [] : [lackingSentence(kinds)]
}

/** Whether the platform has said what its Applications leave alone; else the Applications of this run say so. */
function stated({ ignoredFields }: Profile): boolean {
  return ignoredFields !== undefined
}

const patience = 1000

/** A line on a terminal that counts what has been checked, for work of more than a second; it is gone when the work is done. */
function progress(world: World, total: number): (done: number) => void {
  const start = world.now()
  let shown = false
  return done => {
    if (shown && done === total) world.stderr.write('\r\u001b[K')
    if (done === total || !(world.now() - start > patience) || !world.stderr.isTerminal()) return
    shown = true
    world.stderr.write(`\rchecking ${done + 1} of ${total} …\u001b[K`)
  }
}

function unique<T>(entries: readonly T[]): readonly T[] {
  return [...new Map(entries.map(entry => [JSON.stringify(entry), entry])).values()]
}
