// What may be written over a number, a truth value, a time or a null that a replacement finds: its node keeps its tag, and go-yaml refuses
// what does not fit when it reads the object once more (decode.go: scalar; resolve.go).

import { kindOfPlain, type ScalarKind } from '../../manifest/yaml/scalar-rules.ts'
import { refuse } from '../build-fault.ts'
import type { Slot } from '../field-spec.ts'
import { slotText } from '../untyped-text.ts'

const names: { readonly [kind in ScalarKind]: string } = {
  boolean: 'true or false',
  integer: 'a whole number',
  float: 'a number',
  timestamp: 'a time',
  string: 'text',
  null: 'nothing',
}

/** Refuses a text of another type than the scalar that stands there; an integer is read as a float, too. */
export function refuseOtherType(slot: Slot, text: string): void {
  const old = slotText(slot)
  const type = kindOfPlain(old, 'go-yaml-3')
  const next = kindOfPlain(text, 'go-yaml-3')
  if (type === next || (type === 'float' && next === 'integer')) return
  refuse('kustomize/replacement', `"${text}" cannot replace ${old || 'null'}, which is ${names[type]}`, {
    help: 'Put the target value in quotes.',
  })
}
