import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  checkArgoCd,
  readRepository,
  repositoryChecks,
} from '../../../../generator/validate/argocd/repository/check-argocd.ts'
import { checkInputOf, formatFound, treeOf } from '../../../support/argocd-tree.ts'

const fixtures = 'test/fixtures/argocd-repository'
const pages = 'generator/validate/argocd/repository'
const names = repositoryChecks.map(({ code }) => code.slice('argocd/'.length)).sort()

test('every check has a page and fixtures, and nothing else has', () => {
  const withoutExtension = (folder: string, extension: string) =>
    readdirSync(folder)
      .filter(file => file.endsWith(extension))
      .map(file => file.slice(0, -extension.length))
      .sort()
  expect(withoutExtension(pages, '.md')).toEqual(names)
  expect(readdirSync(fixtures).sort()).toEqual(names)
})

describe.each(names)('%s', name => {
  const folder = join(fixtures, name)
  const files = existsSync(folder) ? readdirSync(folder).filter(file => file.endsWith('.tree')) : []
  const check = repositoryChecks.find(({ code }) => code === `argocd/${name}`)

  test('has fixtures of both kinds', () => {
    expect(files.some(file => file.startsWith('bad-'))).toBe(true)
    expect(files.some(file => file.startsWith('good-'))).toBe(true)
  })

  test.each(files)('%s', async file => {
    const tree = treeOf(readFileSync(join(folder, file), 'utf8'))
    const found = [...(check?.check(readRepository(checkInputOf(tree))) ?? [])]
    expect(found.every(({ code }) => code === `argocd/${name}`)).toBe(true)
    const output = formatFound(found, tree)
    if (file.startsWith('good-')) {
      expect(output).toBe('')
      return
    }
    expect(output).not.toBe('')
    await expect(output).toMatchFileSnapshot(resolve(folder, file.replace('.tree', '.out')))
  })

  test('its page shows a bad fixture with what is said about it, and a good one', () => {
    const page = readFileSync(join(pages, `${name}.md`), 'utf8')
    expect(page.split('\n')[0]).toBe(`# argocd/${name}`)
    const shows = (file: string): boolean => page.includes(readFileSync(join(folder, file), 'utf8'))
    expect(
      files.filter(file => file.startsWith('bad-') && shows(file) && shows(file.replace('.tree', '.out'))),
    ).not.toEqual([])
    expect(files.filter(file => file.startsWith('good-') && shows(file))).not.toEqual([])
  })
})

test('a sound repository has no finding of any check', () => {
  const tree = treeOf(readFileSync(join(fixtures, 'source-path/good-exists.tree'), 'utf8'))
  const found = checkArgoCd(checkInputOf(tree))
  expect(formatFound(found, tree)).toBe('')
})

test('an Application found twice is one Application', () => {
  const tree = treeOf(readFileSync(join(fixtures, 'source-path/good-exists.tree'), 'utf8'))
  const input = checkInputOf(tree)
  expect(checkArgoCd({ ...input, applications: [...input.applications, ...input.applications] })).toEqual([])
})

test('without a known URL the path decides, and that is said', () => {
  const tree = treeOf(readFileSync(join(fixtures, 'source-path/good-exists.tree'), 'utf8'))
  const found = checkArgoCd({ ...checkInputOf(tree), repoURLs: [] })
  expect(found.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['info argocd/not-evaluated'])
})
