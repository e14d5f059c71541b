import fc from 'fast-check'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { printDocuments } from '../../../generator/manifest/print-yaml.ts'
import type { YamlValue } from '../../../generator/manifest/value.ts'
import type { Marks } from '../../../generator/manifest/yaml/marks.ts'
import { readFast } from '../../../generator/manifest/yaml/read-fast.ts'
import { readFull } from '../../../generator/manifest/yaml/read-full.ts'
import type { ScalarRules } from '../../../generator/manifest/yaml/scalar-rules.ts'
import { characterProblem, normalize } from '../../../generator/manifest/yaml/text-problems.ts'
import { mutated } from '../../support/mutate-text.ts'
import { anyValue } from '../../support/yaml-values.ts'

const conformance = new URL('../../../../shared/conformance/kustomize/', import.meta.url).pathname
const manifests = existsSync(conformance) ? manifestsIn(conformance) : []
if (manifests.length === 0)
  console.warn('no conformance files here: the fast reader is tested on written examples only')

const examples = [
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a # x\n  labels: {app: a, "b": c}\ndata:\n  a: |\n    x: 1\n      y\n\n  b: >-\n    one\n    two\n  c: "q\\n"\n',
  "spec:\n  ports:\n  - name: http\n    port: 80\n  -   port: 0x1F\n  args: [\"--a=b\", c,\n    d]\n  - \n---\n# nothing\n---\na: one\n  two\n\n  three\nb: 'it''s\n  x'\n",
  'a:\n- - 1\n  - b: ~\n    c:\n    - d\n-\n- {}\nyes: on\n"no": off\nk: 1:30\n',
]

describe('the fast reader reads as the full one', () => {
  test.each<ScalarRules>(['go-yaml-3', 'yaml-1.1'])('manifests with accidents, %s', rules => {
    let fast = 0
    fc.assert(
      fc.property(mutated([...examples, ...manifests]), text => {
        if (expectSame(text, rules)) fast++
      }),
      { numRuns: 500 },
    )
    // The property says nothing where the fast reader gives up: it must not always do so.
    expect(fast).toBeGreaterThan(50)
  })

  test('whatever the printer prints', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { minLength: 1, maxLength: 3 }), values => {
        expectSame(printDocuments(values), 'go-yaml-3')
      }),
      { numRuns: 500 },
    )
  })

  test.skipIf(manifests.length === 0)('manifests as they are, nearly all of them fast', () => {
    const fast = manifests.filter(text => expectSame(text, 'go-yaml-3')).length
    expect(fast / manifests.length).toBeGreaterThan(0.9)
  })
})

/** Compares values and positions, document by document; false where the fast reader gave up, or where the text is refused unread. */
function expectSame(raw: string, rules: ScalarRules): boolean {
  const text = normalize(raw)
  if (characterProblem(text) !== undefined) return false
  const marks: Marks = new WeakMap()
  const documents = readFast(text, rules, marks)
  if (documents === undefined) return false
  expect(readFast(text, rules)?.map(({ value }) => value)).toEqual(documents.map(({ value }) => value))
  for (const [index, chunk] of chunksOf(text).entries()) {
    const fullMarks: Marks = new WeakMap()
    const full = readFull(chunk.text, chunk.start, rules, fullMarks)
    // Go reads quotes and brackets that are not indented; the full parser complains, and the fast reader goes first.
    if (full.problems.some(({ code }) => code === 'yaml/syntax') && /["'[{]/.test(chunk.text)) continue
    expect({ problems: full.problems, value: full.value }).toEqual({ problems: [], value: documents[index]?.value })
    expectSamePlaces(documents[index]?.value ?? null, full.value, marks, fullMarks)
  }
  return true
}

function expectSamePlaces(fast: YamlValue, full: YamlValue, fastMarks: Marks, fullMarks: Marks): void {
  if (typeof fast !== 'object' || fast === null || typeof full !== 'object' || full === null) return
  for (const [name, value] of Object.entries(fast)) {
    // An empty item has no place of its own: somewhere behind its dash.
    if (value === null && Array.isArray(fast)) continue
    const key = Array.isArray(fast) ? Number(name) : name
    expect([key, fastMarks.get(fast)?.get(key)]).toEqual([key, fullMarks.get(full)?.get(key)])
    expectSamePlaces(
      value as YamlValue,
      (full as Readonly<Record<string, YamlValue>>)[name] ?? null,
      fastMarks,
      fullMarks,
    )
  }
}

function chunksOf(text: string): readonly { readonly start: number; readonly text: string }[] {
  const starts = Array.from(text.matchAll(/^---(?=\s|$)/gm), match => match.index)
  if (!/^(?:[ \t]*(?:#.*)?\n)*$/.test(text.slice(0, starts[0] ?? text.length)) || starts.length === 0) starts.unshift(0)
  return starts.map((start, index) => ({ start, text: text.slice(start, starts[index + 1]) }))
}

function manifestsIn(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => /\.ya?ml$/.test(file))
  return files
    .toSorted()
    .map(file => readFileSync(join(folder, file), 'utf8'))
    .filter(text => text.length < 5000)
}
