// Tolerations. Follows pkg/apis/core/validation/validation.go (ValidateTolerations).

import { labelValueFault, qualifiedNameFault } from '../../../../manifest/names.ts'
import { at, isSet, items, mapOf, optionalText, text, type Field } from '../field.ts'
import { quote, refuseNameFault, type Inspection } from '../inspection.ts'

/** `tolerations` of a pod or a runtime class. */
export function inspectTolerations(inspection: Inspection, tolerations: Field): void {
  for (const toleration of items(tolerations)) {
    if (mapOf(toleration) === undefined) continue
    const key = at(toleration, 'key')
    refuseNameFault(inspection, 'invalid-toleration', { field: key, what: 'key', check: qualifiedNameFault })
    const fault = tolerationFault(toleration)
    if (fault !== undefined) inspection.refuse('invalid-toleration', fault)
  }
}

function tolerationFault(toleration: Field): { at: Field; message: string; help?: string } | undefined {
  const operator = at(toleration, 'operator')
  const value = at(toleration, 'value')
  const effect = at(toleration, 'effect')
  if (text(at(toleration, 'key')) === '' && text(operator) !== 'Exists') {
    return {
      at: toleration,
      message: 'a toleration without a key needs operator "Exists"',
      help: 'Name the key of the taint, or use "operator: Exists" to tolerate every taint.',
    }
  }
  if (isSet(at(toleration, 'tolerationSeconds')) && text(effect) !== 'NoExecute') {
    return {
      at: at(toleration, 'tolerationSeconds'),
      message: 'tolerationSeconds needs effect "NoExecute"',
      help: 'Set "effect: NoExecute", or remove tolerationSeconds.',
    }
  }
  if (text(operator) === 'Exists' && text(value) !== '') {
    return { at: value, message: `operator "Exists" takes no value, has ${quote(text(value))}` }
  }
  const compares = text(operator) === '' || text(operator) === 'Equal'
  const fault = compares ? labelValueFault(optionalText(value) ?? '') : undefined
  return fault === undefined ? undefined : { at: value, message: `value ${quote(text(value))} ${fault}` }
}
