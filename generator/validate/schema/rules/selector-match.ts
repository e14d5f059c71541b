// Evaluates a selector requirement by requirement, so that a mismatch can name the label at fault.

import { asList, asMap, asString, isList, isMap, type YamlMap, type YamlValue } from '../../../manifest/value.ts'

export interface LabelRequirement {
  readonly key: string
  readonly operator: string
  readonly values: readonly string[]
}

const operators: ReadonlySet<string> = new Set(['In', 'NotIn', 'Exists', 'DoesNotExist'])

/** What a LabelSelector demands; undefined when it is absent or malformed. */
export function parseLabelSelector(selector: YamlValue | undefined): readonly LabelRequirement[] | undefined {
  if (!isMap(selector)) return undefined
  const labels = parseLabelMap(asMap(selector['matchLabels']))
  if (labels === undefined) return undefined
  const requirements = [...labels]
  for (const expression of asList(selector['matchExpressions'])) {
    const requirement = parseRequirement(expression)
    if (requirement === undefined) return undefined
    requirements.push(requirement)
  }
  return requirements
}

/** What a plain map of labels demands; undefined when a value is not a text. */
export function parseLabelMap(map: YamlMap): readonly LabelRequirement[] | undefined {
  const requirements: LabelRequirement[] = []
  for (const [key, written] of Object.entries(map)) {
    const value = written ?? ''
    if (typeof value !== 'string') return undefined
    requirements.push({ key, operator: 'In', values: [value] })
  }
  return requirements
}

/** Whether labels meet every requirement. A null label is the empty text, as the server reads it. A label that is not a text is taken to match: the structural check reports it. */
export function requirementsMatch(requirements: readonly LabelRequirement[], labels: YamlMap): boolean {
  return requirements.every(({ key, operator, values }) => {
    const label = Object.hasOwn(labels, key) ? (labels[key] ?? '') : undefined
    const present = label !== undefined
    if (operator === 'Exists') return present
    if (operator === 'DoesNotExist') return !present
    if (present && typeof label !== 'string') return true
    const among = present && values.includes(label)
    return operator === 'In' ? among : !among
  })
}

function parseRequirement(value: YamlValue): LabelRequirement | undefined {
  if (!isMap(value)) return undefined
  const key = asString(value['key'])
  const operator = asString(value['operator'])
  const values = value['values'] ?? []
  if (key === undefined || operator === undefined || !operators.has(operator) || !isList(values)) return undefined
  const texts = values.map(entry => entry ?? '').filter(entry => typeof entry === 'string')
  const complete = texts.length === values.length
  const needsValues = operator === 'In' || operator === 'NotIn'
  return complete && needsValues === texts.length > 0 ? { key, operator, values: texts } : undefined
}
