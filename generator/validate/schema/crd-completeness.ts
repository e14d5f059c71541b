// What allOf, anyOf, oneOf and not of a whole object name has to stand outside of them, too: branches restrict, they add nothing.
// Follows apiextensions-apiserver/pkg/apiserver/schema/complete.go; each refusal was seen from an API server of 1.34. The junctions of
// fields are not held to it there.

import { pointer } from '../../manifest/pointer.ts'
import { asList, asMap, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import type { Problem } from './crd-problem.ts'

/** @param at pointer of the schema of the whole object */
export function* completenessProblems(schema: YamlMap, at: string): Generator<Problem> {
  yield* branchesOf(schema, schema, at)
}

function* branchesOf(holder: YamlMap, outside: YamlMap, at: string): Generator<Problem> {
  yield* branchProblems(holder['not'], outside, `${at}/not`)
  for (const name of ['allOf', 'anyOf', 'oneOf']) {
    for (const [index, branch] of asList(holder[name]).entries()) {
      yield* branchProblems(branch, outside, `${at}/${name}/${index}`)
    }
  }
}

function* branchProblems(branch: YamlValue | undefined, outside: YamlMap, at: string): Generator<Problem> {
  if (!isMap(branch)) return
  const fields = asMap(outside['properties'])
  for (const [name, child] of Object.entries(asMap(branch['properties']))) {
    yield* partProblems(child, fields[name], `${at}/properties${pointer(name)}`, `the field "${name}"`)
  }
  if (branch['items'] !== undefined) yield* partProblems(branch['items'], outside['items'], `${at}/items`, '"items"')
  yield* branchesOf(branch, outside, at)
}

function* partProblems(
  part: YamlValue | undefined,
  outside: YamlValue | undefined,
  at: string,
  what: string,
): Generator<Problem> {
  if (isMap(outside)) yield* branchProblems(part, outside, at)
  else {
    yield {
      at,
      message: `${what} stands in a branch, but not in the schema outside`,
      help: 'Describe it outside of allOf, anyOf, oneOf and not, and restrict it there.',
    }
  }
}
