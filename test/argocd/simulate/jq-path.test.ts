import { expect, test } from 'vitest'
import { isBrokenJq } from '../../../generator/argocd/simulate/jq-path.ts'

test.each([
  ['.data[', true],
  ['.data]', true],
  ['.spec.containers[] | select(.name == "a"', true],
  ['.metadata["x]', true],
  ['.spec |', true],
  ['', true],
  ['.spec.replicas', false],
  ['.metadata.annotations["a[b"]', false],
  ['.metadata["\\"("]', false],
  ['.spec.containers[] | select(.name == "a") | .image', false],
  ['.a | to_entries | map({key: .key}) # [', false],
  ['"\\("a")"', false],
])('%s is broken: %s', (expression, expected) => {
  expect(isBrokenJq(expression)).toBe(expected)
})
