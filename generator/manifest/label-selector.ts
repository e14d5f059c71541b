// Label selectors as the API server evaluates them: matchLabels and matchExpressions, all of them required.

import { asList, asMap, asString, isMap, type YamlMap, type YamlValue } from './value.ts'

/**
 * Whether a LabelSelector (`matchLabels`, `matchExpressions`) matches a set of labels. An empty selector matches everything.
 * Follows https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors: NotIn also matches
 * where the label is absent; an unknown operator matches nothing.
 */
export function selectorMatches(selector: YamlMap, labels: YamlMap): boolean {
  const wanted = asMap(selector['matchLabels'])
  for (const label in wanted) {
    if (labelText(labels[label]) !== labelText(wanted[label])) return false
  }
  return asList(selector['matchExpressions']).every(entry => isMap(entry) && expressionMatches(entry, labels))
}

/** Whether every label of a plain label map (a Service's selector) is there. An empty map matches everything. */
export function labelsInclude(labels: YamlMap, wanted: YamlMap): boolean {
  return Object.entries(wanted).every(([label, value]) => labelText(labels[label]) === labelText(value))
}

/** The selector as people write it on a command line: `app=api,tier in (a, b)`. */
export function describeSelector(selector: YamlMap): string {
  const parts = Object.entries(asMap(selector['matchLabels'])).map(
    ([label, value]) => `${label}=${labelText(value) ?? ''}`,
  )
  for (const entry of asList(selector['matchExpressions'])) {
    if (!isMap(entry)) continue
    const label = asString(entry['key']) ?? ''
    const values = asList(entry['values']).map(value => labelText(value) ?? '')
    if (entry['operator'] === 'Exists') parts.push(label)
    else if (entry['operator'] === 'DoesNotExist') parts.push(`!${label}`)
    else parts.push(`${label} ${entry['operator'] === 'In' ? 'in' : 'notin'} (${values.join(', ')})`)
  }
  return parts.join(',')
}

/** A label's value; undefined where the label is absent. A list or a map, which no server takes, matches no real value. */
export function labelText(value: YamlValue | undefined): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'object') return value === null ? '' : '…'
  return String(value)
}

function expressionMatches(expression: YamlMap, labels: YamlMap): boolean {
  const label = asString(expression['key']) ?? ''
  const present = Object.hasOwn(labels, label)
  const among = (): boolean => asList(expression['values']).some(value => labelText(value) === labelText(labels[label]))
  switch (expression['operator']) {
    case 'In':
      return present && among()
    case 'NotIn':
      return !present || !among()
    case 'Exists':
      return present
    case 'DoesNotExist':
      return !present
    default:
      return false
  }
}
