// Which expressions an API server takes in a new object, by its version: base.go of k8s.io/apiserver, one release behind.
// Each row was compared with the server's own environment of 1.30 and 1.34.

import { describe, expect, test } from 'vitest'
import { admissionTypes } from '../../../generator/validate/cel/admission-types.ts'
import { compileExpression } from '../../../generator/validate/cel/expression.ts'
import { releaseForNew } from '../../../generator/validate/cel/releases.ts'
import { kubernetesVersions } from '../../../generator/validate/schema/versions.ts'

const takenSince: readonly (readonly [expression: string, version: string])[] = [
  ["quantity('1').isInteger() && object.?a.hasValue() && 1 < 1.5", '1.30'],
  ["sets.contains([1], [1]) && isURL('https://a') && 'a'.charAt(0) == 'a'", '1.30'],
  ["authorizer.group('').resource('pods').check('get').allowed()", '1.30'],
  ['[1].exists_one(x, x > 0)', '1.30'],
  ["sign(quantity('1')) == 1", '1.30'],
  ["ip('10.0.0.1').family() == 4", '1.31'],
  ["isIP('10.0.0.1') && ip.isCanonical('10.0.0.1')", '1.31'],
  ["cidr('10.0.0.0/8').containsIP('10.0.0.1')", '1.31'],
  ['type(object.a) == net.IP', '1.31'],
  ["format.dns1123Label().validate('a').hasValue()", '1.32'],
  ["format.named('uuid').hasValue()", '1.32'],
  ["authorizer.group('').resource('pods').fieldSelector('a=b').check('list').allowed()", '1.32'],
  ['[1].all(i, x, x > i)', '1.33'],
  ["{'a': 1}.transformMap(k, v, v + 1) == {'a': 2}", '1.33'],
  ['[1].exists_one(i, x, x > i) && [1].existsOne(i, x, x > i)', '1.33'],
  ['[1].first().hasValue() && object.list.last().hasValue()', '1.33'],
  ['[optional.of(1)].unwrapOpt() == optional.unwrap([optional.of(1)])', '1.33'],
  ["semver('1.0.0').major() == 1 && isSemver('1.0', true)", '1.34'],
  ['lists.range(3).slice(0, 1) == [0]', '1.35'],
  ['object.list.distinct().size() == [[1]].flatten().size()', '1.35'],
  ['[2, 1].sortBy(x, -x) == [2, 1].sort().reverse()', '1.35'],
]

const never = [
  '[1].existsOne(x, x > 0)',
  '[1].includes(1)',
  "quantity('1').sign() == 1",
  "type(quantity('1')) == kubernetes.Quantity",
  'math.greatest(1, 2) == 2 && cel.bind(x, 1, x == 1)',
  "duration(1) == duration('1s')",
]

/** cel-go 0.17 did not look into what is formatted. */
const onlyBefore = ["'%s and %s'.format(['a']) == 'a'", "'a'.format([1]) == 'a'", "'%z'.format([1]) == 'a'"]

function isTaken(expression: string, version: string): boolean {
  const options = { types: admissionTypes, release: releaseForNew(version) }
  return !('error' in compileExpression(expression, ['object', 'authorizer'], options))
}

describe('what a server takes in a new object', () => {
  test.each(takenSince)('%s since %s', (expression, version) => {
    const found = kubernetesVersions.filter(one => isTaken(expression, one))
    expect(found).toEqual(kubernetesVersions.slice(kubernetesVersions.indexOf(version)))
  })

  test.each(onlyBefore)('%s in 1.30 alone', expression => {
    expect(kubernetesVersions.filter(one => isTaken(expression, one))).toEqual(['1.30'])
  })

  test.each(never)('%s never', expression => {
    expect(kubernetesVersions.filter(one => isTaken(expression, one))).toEqual([])
  })

  test('formats with as many clauses as values', () => {
    expect(isTaken("'%d%% of %.2f %s'.format([1, 2.0, ['a']]) == ''", '1.34')).toBe(true)
  })

  test('the message names the release that takes it', () => {
    const compiled = compileExpression("semver('1.0.0').major() == 1", [], {
      types: {},
      release: releaseForNew('1.33'),
    })
    expect(compiled).toEqual({ error: "undeclared reference to 'semver', which Kubernetes takes since 1.34" })
  })
})
