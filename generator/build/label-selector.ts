// Label selector expressions: `app=web,tier in (a, b),!canary`.
// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors; grammar as in k8s.io/apimachinery's labels.Parse.

import { refuse } from './build-fault.ts'

export type LabelPredicate = (labels: ReadonlyMap<string, string>) => boolean

/** Reads an expression; an empty one matches everything. */
export function parseLabelSelector(text: string): LabelPredicate {
  if (text === '') return () => true
  const requirements = splitRequirements(text).map(part => parseRequirement(part.trim(), text))
  return labels => requirements.every(requirement => requirement(labels))
}

/** At commas, except inside parentheses. */
function splitRequirements(text: string): readonly string[] {
  return text.split(/,(?![^(]*\))/)
}

const setForm = /^([^\s!=<>,()]+)\s+(in|notin)\s*\(([^()]*)\)$/
const comparisonForm = /^([^\s!=<>,()]+)\s*(==|=|!=|<|>)\s*([^\s!=<>,()]*)$/
const existenceForm = /^(!?)\s*([^\s!=<>,()]+)$/

function parseRequirement(part: string, whole: string): LabelPredicate {
  const set = setForm.exec(part)
  if (set !== null)
    return inSet(
      set[1] ?? '',
      set[2] === 'in',
      (set[3] ?? '').split(',').map(value => value.trim()),
    )
  const comparison = comparisonForm.exec(part)
  if (comparison !== null) return compare(comparison[1] ?? '', comparison[2] ?? '', comparison[3] ?? '')
  const existence = existenceForm.exec(part)
  if (existence !== null) {
    const key = existence[2] ?? ''
    return existence[1] === '!' ? labels => !labels.has(key) : labels => labels.has(key)
  }
  return refuse('kustomize/label-selector', `"${whole}" is not a label selector`, {
    help: 'Write it like "app=web,tier in (front, back),!canary".',
  })
}

function inSet(key: string, wanted: boolean, values: readonly string[]): LabelPredicate {
  return labels => {
    const value = labels.get(key)
    if (value === undefined) return !wanted
    return values.includes(value) === wanted
  }
}

function compare(key: string, operator: string, expected: string): LabelPredicate {
  switch (operator) {
    case '!=':
      return labels => labels.get(key) !== expected
    case '<':
      return labels => labels.has(key) && Number(labels.get(key)) < Number(expected)
    case '>':
      return labels => labels.has(key) && Number(labels.get(key)) > Number(expected)
    default:
      return labels => labels.get(key) === expected
  }
}
