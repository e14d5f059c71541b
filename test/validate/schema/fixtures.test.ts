// Every code with what it refuses and what it lets pass: test/fixtures/schema/<code>/{bad,good}-*.yaml beside the expected output.
// A first line `# kubernetes: 1.30, 1.36` names the versions; 1.34 otherwise.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../../generator/diagnostics/diagnostic.ts'
import { locatePointer } from '../../../generator/manifest/locate-pointer.ts'
import { parseYaml } from '../../../generator/manifest/parse-yaml.ts'
import { locationOf } from '../../../generator/manifest/resource.ts'
import { documentResources } from '../../../generator/validate/schema/check-documents.ts'
import { createSchemaChecker } from '../../../generator/validate/schema/schema-checker.ts'
import { schemaCodes } from '../../../generator/validate/schema/schema-codes.ts'
import { committedCatalog } from './committed-catalog.ts'

const root = path.resolve('test/fixtures/schema')
const catalog = committedCatalog()

type Line = Pick<Diagnostic, 'code' | 'severity' | 'message' | 'help' | 'at'>

function check(text: string): readonly Line[] {
  const versions = /^# kubernetes: (.*)$/m.exec(text)?.[1]?.split(/,\s*/) ?? ['1.34']
  const parsed = parseYaml(text, 'fixture.yaml')
  const documents = documentResources(parsed.value)
  const crds = documents.value.filter(resource => resource.kind === 'CustomResourceDefinition')
  const checker = createSchemaChecker(catalog, { versions, crds })
  const verdicts = documents.value.map(resource => ({ resource, verdict: checker.check(resource) }))
  return [
    ...parsed.diagnostics,
    ...documents.diagnostics,
    ...verdicts.flatMap(({ verdict }) =>
      verdict.findings.map(({ at, severity = 'error', ...finding }) => ({ ...finding, severity, at: locationOf(at) })),
    ),
    ...verdicts.flatMap(({ resource, verdict }) =>
      verdict.skipped === undefined
        ? []
        : [
            {
              code: 'schema/no-schema',
              severity: 'error',
              message: verdict.skipped,
              at: locationOf({ resource, pointer: '/kind' }),
            } as const,
          ],
    ),
  ]
}

function print(text: string, lines: readonly Line[]): string {
  return lines
    .map(({ code, severity, message, help, at }) => {
      const { line, column } = locatePointer(text, at.document, at.pointer, at.on)
      const head = `${line}:${column} ${severity} ${code} ${at.pointer}\n  ${message}\n`
      return help === undefined ? head : `${head}  ${help}\n`
    })
    .join('')
}

describe.each(schemaCodes)('$code', ({ code, severity }) => {
  const name = code.slice('schema/'.length)
  const folder = path.join(root, name)
  const files = existsSync(folder) ? readdirSync(folder).filter(file => file.endsWith('.yaml')) : []

  test('has a page', () => {
    const page = readFileSync(path.resolve('generator/validate/schema/pages', `${name}.md`), 'utf8')
    expect(page.split('\n')[0]).toBe(`# ${code}`)
    for (const section of ['What', 'Why', 'Fix', 'Wrong', 'Right']) expect(page).toContain(`\n## ${section}\n`)
  })

  test('has fixtures of both kinds', () => {
    expect(files.some(file => file.startsWith('bad-'))).toBe(true)
    expect(files.some(file => file.startsWith('good-'))).toBe(true)
  })

  test.each(files)('%s', async file => {
    const text = readFileSync(path.join(folder, file), 'utf8')
    const lines = check(text)
    await expect(print(text, lines)).toMatchFileSnapshot(path.join(folder, file.replace('.yaml', '.out')))
    if (file.startsWith('good-')) expect(lines).toEqual([])
    else expect(lines.map(line => line.code)).toContain(code)
    if (file.startsWith('bad-') && code !== 'schema/repeated-entry') {
      expect(lines.filter(line => line.code === code).every(line => line.severity === severity)).toBe(true)
    }
  })
})

test('no page without a code', () => {
  const pages = readdirSync(path.resolve('generator/validate/schema/pages')).map(
    file => `schema/${file.replace('.md', '')}`,
  )
  expect(pages.toSorted()).toEqual(schemaCodes.map(({ code }) => code).toSorted())
})
