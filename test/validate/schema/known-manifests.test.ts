// Manifests of many kinds as people write them: none of them gets a finding in any version, and each of them, broken in one
// place, does. The catch rates are measured and held.

import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { pointer } from '../../../generator/manifest/pointer.ts'
import type { Resource } from '../../../generator/manifest/resource.ts'
import { isList, isMap, type YamlMap, type YamlValue } from '../../../generator/manifest/value.ts'
import { documentResources } from '../../../generator/validate/schema/check-documents.ts'
import { createSchemaChecker } from '../../../generator/validate/schema/schema-checker.ts'
import { kubernetesVersions } from '../../../generator/validate/schema/versions.ts'
import { committedCatalog } from './committed-catalog.ts'

const folder = path.resolve('test/fixtures/schema-good')
const catalog = committedCatalog()

function resourcesIn(file: string): readonly Resource[] {
  // Read by the library, not by this tool: what is tested here is the check alone.
  const documents = parseAllDocuments(readFileSync(path.join(folder, file), 'utf8')).map((document, index) => ({
    file,
    document: index + 1,
    value: document.toJS() as YamlValue,
  }))
  const { value, diagnostics } = documentResources(documents)
  expect(diagnostics).toEqual([])
  return value
}

const files = readdirSync(folder).filter(file => file.endsWith('.yaml'))
const all = files.flatMap(file =>
  resourcesIn(file).map(resource => ({ name: `${file}: ${resource.kind} ${resource.name}`, resource })),
)

test('there are many kinds', () => {
  expect(new Set(all.map(({ resource }) => `${resource.apiVersion} ${resource.kind}`)).size).toBeGreaterThan(55)
})

describe.each(kubernetesVersions)('Kubernetes %s', version => {
  test('no false alarm', () => {
    const checker = createSchemaChecker(catalog, { versions: [version] })
    const found = all.flatMap(({ name, resource }) => {
      const { findings, skipped } = checker.check(resource)
      return [
        ...findings.map(({ code, at, message }) => `${name} ${at.pointer} ${code} ${message}`),
        ...(skipped === undefined ? [] : [skipped]),
      ]
    })
    expect(found).toEqual([])
  })
})

interface Place {
  readonly at: string
  readonly steps: readonly (string | number)[]
  readonly value: YamlValue
}

function* placesIn(value: YamlValue, steps: readonly (string | number)[] = []): Generator<Place> {
  yield { at: pointer(...steps), steps, value }
  if (isList(value)) for (const [index, entry] of value.entries()) yield* placesIn(entry, [...steps, index])
  if (isMap(value)) {
    for (const [key, child] of Object.entries(value)) if (child !== undefined) yield* placesIn(child, [...steps, key])
  }
}

/** The object with one place replaced. */
function replaced(
  value: YamlValue,
  [step, ...rest]: readonly (string | number)[],
  change: (value: YamlValue) => YamlValue,
): YamlValue {
  if (step === undefined) return change(value)
  if (isList(value)) return value.map((entry, index) => (index === step ? replaced(entry, rest, change) : entry))
  const map = value as YamlMap
  return { ...map, [step]: replaced(map[step] ?? null, rest, change) }
}

/** Places whose fields the schema does not name: maps of strings, and values of any shape. */
const openEnded =
  /\/(labels|annotations|data|binaryData|matchLabels|nodeSelector|selector|hard|limits|requests|capacity|parameters|podFixed|default|defaultRequest|max|valuesObject|values|elements|metadata|commonLabels|pairs|options|customRequestHeaders|headers|encryptedData)(\/|$)/

const checker = createSchemaChecker(catalog, { versions: ['1.34'] })

function caught(resource: Resource, place: Place, change: (value: YamlValue) => YamlValue): boolean {
  const object = replaced(resource.object, place.steps, change) as YamlMap
  const { findings } = checker.check({ ...resource, object })
  return findings.some(
    ({ severity, at }) => severity === 'error' && (at.pointer === place.at || at.pointer.startsWith(`${place.at}/`)),
  )
}

const places = all.flatMap(({ name, resource }) =>
  [...placesIn(resource.object)]
    .filter(({ at }) => !/^\/(apiVersion|kind)?$/.test(at))
    .map(place => ({ name: `${name} ${place.at}`, resource, place })),
)

interface Break {
  readonly what: string
  /** Where this break is one. */
  readonly applies: (place: Place) => boolean
  readonly change: (value: YamlValue) => YamlValue
  readonly atLeast: number
}

const breaks: readonly Break[] = [
  {
    what: 'a field nobody knows',
    applies: ({ at, value }) => isMap(value) && !openEnded.test(at),
    change: value => ({ ...(value as YamlMap), surpriseField: 'x' }),
    atLeast: 0.98,
  },
  {
    what: 'a map where something else is wanted',
    applies: ({ at, value }) => !isMap(value) && !openEnded.test(at),
    change: () => ({ surprise: 'x' }),
    atLeast: 0.98,
  },
  {
    what: 'a list where something else is wanted',
    applies: ({ at, value }) => !isList(value) && !openEnded.test(at),
    change: () => ['surprise'],
    atLeast: 0.98,
  },
  {
    what: 'a boolean where a string is wanted',
    applies: ({ at, value }) => typeof value === 'string' && !/valuesObject|elements|\/options\//.test(at),
    change: () => true,
    atLeast: 0.98,
  },
  {
    what: 'a word where a number or boolean is wanted',
    applies: ({ at, value }) =>
      (typeof value === 'number' || typeof value === 'boolean') &&
      !/valuesObject|[pP]ort|max(Surge|Unavailable)$|count$|failureLimit$/.test(at),
    change: () => 'surprise',
    atLeast: 0.98,
  },
]

test.each(breaks)('caught: $what', ({ applies, change, atLeast }) => {
  const candidates = places.filter(({ place }) => applies(place))
  const missed = candidates.filter(({ resource, place }) => !caught(resource, place, change)).map(({ name }) => name)
  expect(candidates.length).toBeGreaterThan(80)
  expect(1 - missed.length / candidates.length, missed.slice(0, 30).join('\n')).toBeGreaterThanOrEqual(atLeast)
})

test('caught: a required field removed', () => {
  const removals = all.flatMap(({ name, resource }) =>
    [...placesIn(resource.object)].flatMap(place => {
      const { value } = place
      if (!isMap(value) || openEnded.test(place.at)) return []
      return Object.keys(value).map(key => ({ name: `${name} ${place.at}/${key}`, resource, place, key }))
    }),
  )
  const refused = removals.filter(({ resource, place, key }) =>
    caught(resource, place, value =>
      Object.fromEntries(Object.entries(value as YamlMap).filter(([name]) => name !== key)),
    ),
  )
  // How many there are is a property of the APIs; that there are so many, of the schemas.
  expect(refused.length).toBeGreaterThan(150)
})
