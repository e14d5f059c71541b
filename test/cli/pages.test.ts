// Every code that io/, cli/, model/ and generate/ can answer with has a page, and every page there belongs to a code.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPages } from '../../generator/io/read-pages.ts'
import { projectRoot, runCli } from '../support/run-cli.ts'

function codesIn(folder: string): readonly string[] {
  return readdirSync(join(projectRoot, 'generator', folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .flatMap(
      name =>
        readFileSync(join(projectRoot, 'generator', folder, name), 'utf8').match(
          /'(model|repository|kustomize)\/[a-z0-9-]+'/g,
        ) ?? [],
    )
    .map(quoted => quoted.slice(1, -1))
}

const codes = [...new Set([...codesIn('io'), ...codesIn('cli'), ...codesIn('model'), ...codesIn('generate')])]
  .filter(code => code !== 'model/traced')
  .sort()
const pages = readPages(projectRoot)

test('codes were found', () => {
  expect(codes.length).toBeGreaterThan(40)
})

test.each(codes)('%s has a page with all sections', async code => {
  expect(pages.get(code)?.match(/^## .*$/gm)).toEqual(['## What', '## Why', '## Fix', '## Wrong', '## Right'])
  expect((await runCli(projectRoot, ['explain', code])).stdout).toBe(pages.get(code))
})

test('no page of these folders is left over', () => {
  const written = ['io', 'cli', 'model', 'generate'].flatMap(folder =>
    readdirSync(join(projectRoot, 'generator', folder, 'pages')).map(name => name.replace(/\.md$/, '')),
  )
  expect(written.filter(name => !codes.some(code => code.endsWith(`/${name}`)))).toEqual([])
})
