// Pairs of workloads that are two colours of one application: their pods' labels differ in one label that names the colour.

import type { Workload } from '../../graph/graph.ts'
import { labelText } from '../../manifest/label-selector.ts'

/** Labels that name a colour, and the values that are colours in them. Canary labels (`track`) split traffic on purpose. */
const colours: ReadonlyMap<string, RegExp> = new Map([
  ['color', /./],
  ['colour', /./],
  ['slot', /./],
  ['blue-green', /./],
  ['deployment', /^(?:blue|green)$/i],
  ['release', /^(?:blue|green)$/i],
  ['variant', /^(?:blue|green)$/i],
  ['stack', /^(?:blue|green)$/i],
  ['version', /^(?:blue|green|v\d+)$/i],
])

/** Whether the workload carries a label that could name a colour. */
export function hasColour({ labels }: Workload): boolean {
  return Object.keys(labels).some(label => colours.has(label))
}

/** The workloads among `candidates` that are the other colour of one. */
export function twinsOf(workload: Workload, candidates: readonly Workload[]): readonly Workload[] {
  return hasColour(workload) ? candidates.filter(candidate => colourLabel(workload, candidate) !== undefined) : []
}

/** The label that tells two twins apart, and its two values. */
export function coloursOf(one: Workload, other: Workload): readonly [label: string, colour: string, other: string] {
  const label = colourLabel(one, other) ?? ''
  return [label, labelText(one.labels[label]) ?? '', labelText(other.labels[label]) ?? '']
}

function colourLabel(one: Workload, other: Workload): string | undefined {
  if (one.resource.namespace !== other.resource.namespace || one.resource.kind !== other.resource.kind) return undefined
  if (!hasColour(other)) return undefined
  const keys = new Set([...Object.keys(one.labels), ...Object.keys(other.labels)])
  const differing = [...keys].filter(key => labelText(one.labels[key]) !== labelText(other.labels[key]))
  const [label] = differing
  if (label === undefined || differing.length > 1 || keys.size < 2) return undefined
  const colour = colours.get(label)
  if (colour === undefined) return undefined
  const values = [one.labels[label], other.labels[label]].map(value => labelText(value) ?? '')
  return values.every(value => colour.test(value)) ? label : undefined
}
