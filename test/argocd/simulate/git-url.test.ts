import { expect, test } from 'vitest'
import { isSameRepository, leadsToSameRepository, normalizeGitUrl } from '../../../generator/argocd/simulate/git-url.ts'

test.each([
  ['https://GitHub.com/Org/Repo.git', 'https://github.com/org/repo'],
  [' https://github.com/org/repo ', 'https://github.com/org/repo'],
  ['git@github.com:org/repo.git', 'git@github.com/org/repo'],
  ['ssh://git@github.com/org/repo', 'git@github.com/org/repo'],
  ['ssh://git@github.com:22/org/repo', 'git@github.com:22/org/repo'],
  ['*', '*'],
  ['https://x/%zz', ''],
  // net/url: what it escapes, and what it refuses.
  ['https://github.com/{a,b}/r', 'https://github.com/%7Ba,b%7D/r'],
  ['https://github.com/o/[a-c]*', 'https://github.com/o/[a-c]*'],
  ['https://x/a b/ü', 'https://x/a%20b/%C3%BC'],
  ['https://{a,b}.example/r', ''],
  ['*://github.com/o/r', ''],
  ['https://x:port/r', ''],
  ['https://user@corp:pw@x/r', 'https://user%40corp:pw@x/r'],
  ['ssh://git@h:o/r', ''],
])('%s normalizes to %s', (url, expected) => {
  expect(normalizeGitUrl(url)).toBe(expected)
})

test('one repository by two spellings', () => {
  expect(isSameRepository('git@github.com:org/repo', 'ssh://git@github.com/ORG/repo.git')).toBe(true)
  expect(isSameRepository('https://github.com/org/repo', 'https://github.com/org/other')).toBe(false)
  expect(isSameRepository('https://x/%zz', 'https://x/%zz')).toBe(false)
})

test.each([
  ['git@github.com:org/repo.git', 'https://github.com/org/repo', true],
  ['ssh://git@github.com:22/org/repo', 'https://github.com/Org/repo.git', true],
  ['https://user:token@github.com/org/repo', 'git@github.com:org/repo', true],
  ['git@github.com:org/repo', 'https://github.com/org/other', false],
  ['git@github.com:org/repo', 'https://gitlab.com/org/repo', false],
  ['/srv/repo', 'srv/repo', false],
  ['https://x/%zz', 'https://x/%zz', false],
])('%s leads where %s leads: %s', (left, right, expected) => {
  expect(leadsToSameRepository(left, right)).toBe(expected)
})
