// Label selectors inside objects: whether they are well formed, not empty, and match the pods they are meant for.
// Follows apimachinery pkg/apis/meta/v1/validation/validation.go (ValidateLabelSelector).

import { labelValueFault, qualifiedNameFault } from '../../../manifest/names.ts'
import { parseLabelSelector, requirementsMatch } from './selector-match.ts'
import { at, count, items, isMistyped, mapOf, optionalText, type Field } from './field.ts'
import { quote, refuseFault, type Inspection } from './inspection.ts'
import { inspectLabels } from './metadata.ts'

/** A LabelSelector: labels, operators, values. */
export function inspectSelector(inspection: Inspection, selector: Field): void {
  inspectLabels(inspection, at(selector, 'matchLabels'))
  for (const expression of items(at(selector, 'matchExpressions'))) inspectExpression(inspection, expression)
}

/**
 * The selector of a workload against its own template. Follows pkg/apis/apps/validation/validation.go: the selector must be
 * there, select by something, and match the template's labels.
 */
export function inspectOwnSelector(inspection: Inspection, spec: Field, { mayBeEmpty = false } = {}): void {
  const selector = at(spec, 'selector')
  if (mapOf(selector) === undefined) return
  inspectSelector(inspection, selector)
  if (count(at(selector, 'matchLabels')) + count(at(selector, 'matchExpressions')) === 0) {
    if (mayBeEmpty) return
    inspection.refuse('empty-selector', {
      at: selector,
      message: `selector of the ${inspection.resource.kind} selects by no label`,
      help: 'Select by a label that the pod template carries.',
    })
    return
  }
  inspectMatch(inspection, selector, at(spec, 'template'))
}

/** Whether a selector matches the labels of a template. */
export function inspectMatch(inspection: Inspection, selector: Field, template: Field): void {
  const labels = at(template, 'metadata', 'labels')
  const requirements = parseLabelSelector(selector.value)
  if (requirements === undefined || isMistyped(labels, 'map')) return
  const unmet = requirements.find(requirement => !requirementsMatch([requirement], mapOf(labels) ?? {}))
  if (unmet === undefined) return
  inspection.refuse('selector-mismatch', {
    at: labels,
    message: `labels of the pod template do not match the selector, which demands ${describe(unmet)}`,
    help: 'Give the pod template every label that the selector names, with the same values.',
  })
}

function describe({ key, operator, values }: { key: string; operator: string; values: readonly string[] }): string {
  if (operator === 'In' && values.length === 1) return quote(`${key}=${values[0]}`)
  if (operator === 'Exists') return quote(key)
  return operator === 'DoesNotExist'
    ? quote(`!${key}`)
    : quote(`${key} ${operator === 'In' ? 'in' : 'notin'} (${values.join(', ')})`)
}

function inspectExpression(inspection: Inspection, expression: Field): void {
  const values = at(expression, 'values')
  refuseFault(inspection, 'invalid-selector', {
    field: at(expression, 'key'),
    what: 'selector key',
    check: qualifiedNameFault,
  })
  inspectOperator(inspection, expression, values)
  for (const field of items(values)) {
    refuseFault(inspection, 'invalid-selector', { field, what: 'selector value', check: labelValueFault })
  }
}

function inspectOperator(inspection: Inspection, expression: Field, values: Field): void {
  const field = at(expression, 'operator')
  const operator = optionalText(field)
  if (operator === 'In' || operator === 'NotIn') {
    if (count(values) > 0 || isMistyped(values, 'list')) return
    inspection.refuse('invalid-selector', {
      at: values,
      message: `operator ${quote(operator)} needs at least one value`,
      help: 'List the values, or use Exists or DoesNotExist.',
    })
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (count(values) === 0) return
    inspection.refuse('invalid-selector', {
      at: values,
      message: `operator ${quote(operator)} takes no values`,
      help: 'Remove the values, or use In or NotIn.',
    })
  } else if (operator !== undefined) {
    inspection.refuse('invalid-selector', {
      at: field,
      message: `selector operator is ${quote(operator)}, allowed: In, NotIn, Exists, DoesNotExist`,
    })
  }
}
