// Documents that name a path of this repository name one that exists.

import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md']
const path =
  /`((?:generator|test|scripts|schemas|k8s|argocd|docs|bin)\/[\w./-]*|[\w.-]+\.(?:ts|mjs|cjs|json|yaml|md))`/g

test.each(documents)('%s names paths that exist', document => {
  const text = readFileSync(document, 'utf8')
  const named = [...text.matchAll(path)].map(match => match[1] ?? '').filter(name => name.includes('/'))
  expect(named.filter(name => !existsSync(name))).toEqual([])
})
