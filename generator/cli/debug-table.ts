// What `--debug` prints about time: stages, families, and each rule that cost anything or found something. On stderr.

import type { EnvironmentVerdict } from '../validate/check-environment.ts'
import type { World } from './world.ts'

interface Cost {
  readonly milliseconds: number
  readonly findings: number
}

/** Below this a rule without findings is only counted. */
const negligible = 0.05

/** Families, then rules, the slowest first; milliseconds and number of findings, added up over all environments. */
export function debugTable(verdicts: readonly EnvironmentVerdict[]): string {
  const timings = verdicts.flatMap(verdict => verdict.timings)
  const rules = added(timings.map(({ name, ...cost }) => [name, cost]))
  const families = added(rules.map(([name, cost]) => [`${name.split('/', 1)[0] ?? ''}, all of it`, cost]))
  const shown = rules.filter(([, { milliseconds, findings }]) => milliseconds >= negligible || findings > 0)
  const left = rules.length - shown.length
  return [
    ...[...families, ...shown].map(([name, cost]) => debugLine(name, cost)),
    ...(left === 0 ? [] : [`${left} more checks below ${negligible} ms each, without findings\n`]),
  ].join('')
}

/** Says what each stage took, if anybody wants to know: call what it returns at the end of a stage. */
export function stopwatch(wanted: boolean, world: Pick<World, 'now' | 'stderr'>): (stage: string) => void {
  let start = world.now()
  return stage => {
    const now = world.now()
    if (wanted) world.stderr.write(debugLine(stage, { milliseconds: now - start }))
    start = now
  }
}

function debugLine(name: string, { milliseconds, findings }: Partial<Cost>): string {
  const time = (milliseconds ?? 0).toFixed(1).padStart(9)
  return `${time} ms ${String(findings ?? '').padStart(6)}  ${name}\n`
}

function added(costs: readonly (readonly [name: string, cost: Cost])[]): readonly (readonly [string, Cost])[] {
  const totals = new Map<string, Cost>()
  for (const [name, cost] of costs) {
    const { milliseconds, findings } = totals.get(name) ?? { milliseconds: 0, findings: 0 }
    totals.set(name, { milliseconds: milliseconds + cost.milliseconds, findings: findings + cost.findings })
  }
  return [...totals].toSorted(([, a], [, b]) => b.milliseconds - a.milliseconds)
}
