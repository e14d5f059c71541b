// Every field of every built-in kind set: a finding about structure here is a false alarm.

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import type { YamlValue } from '../../../generator/manifest/value.ts'
import { documentResources } from '../../../generator/validate/schema/check-documents.ts'
import { createSchemaChecker } from '../../../generator/validate/schema/schema-checker.ts'
import { compareVersions, kubernetesVersions } from '../../../generator/validate/schema/versions.ts'
import { committedCatalog } from './committed-catalog.ts'

interface Case {
  readonly id: string
  readonly file: string
  readonly minSchemaVersion: string
}

const folder = [path.resolve('../shared/conformance/api-objects')].find(candidate => existsSync(candidate))
if (folder === undefined)
  console.warn('SKIPPED: ../shared/conformance/api-objects is not there; structural conformance was not tested')

const structural = new Set([
  'schema/unknown-field',
  'schema/wrong-type',
  'schema/required-field',
  'schema/unknown-kind',
])

describe.skipIf(folder === undefined)('objects with every field set', () => {
  const { cases } = JSON.parse(
    folder === undefined ? '{"cases":[]}' : readFileSync(path.join(folder, 'cases.json'), 'utf8'),
  ) as {
    cases: readonly Case[]
  }
  const catalog = committedCatalog()
  const checkers = kubernetesVersions.map(version => ({
    version,
    checker: createSchemaChecker(catalog, { versions: [version] }),
  }))

  test('there are some', () => expect(cases.length).toBeGreaterThan(50))

  test.each(cases)('$id', ({ file, minSchemaVersion }) => {
    const value = parse(readFileSync(path.join(folder ?? '', file), 'utf8')) as YamlValue
    const [resource] = documentResources([{ file, document: 1, value }]).value
    expect(resource).toBeDefined()
    if (resource === undefined) return
    const wrong = checkers
      .filter(({ version }) => compareVersions(version, minSchemaVersion) >= 0)
      .flatMap(({ version, checker }) => {
        const verdict = checker.check(resource)
        expect(verdict.skipped).toBeUndefined()
        return verdict.findings
          .filter(({ code }) => structural.has(code))
          .map(({ code, at, message }) => `${version} ${code} ${at.pointer} ${message}`)
      })
    expect(wrong).toEqual([])
  })
})
