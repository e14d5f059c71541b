import { expect, test } from 'vitest'
import { commonDirectory } from '../../generator/cli/common-directory.ts'

test.each<[directories: readonly string[], common: string | undefined]>([
  [['a/b', 'a/b'], 'a/b'],
  [['a/b', 'a/b/c'], 'a/b'],
  [['a/b', 'a/bc'], 'a'],
  [['a/b', 'c'], undefined],
  [['.', 'a'], undefined],
  [[], undefined],
])('%j meet in %j', (directories, common) => {
  expect(commonDirectory(directories)).toBe(common)
})
