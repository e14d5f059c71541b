import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { pageFolders, pagesOf, withExamples } from '../../scripts/rule-pages.ts'

test('examples replace the last two sections', () => {
  const page = '# policy/x\n\n## What\n\nWords.\n\n## Wrong\n\nold\n\n## Right\n\nold\n'
  const text = withExamples(page, { yaml: 'a: 1\n', output: '1:1 error words [policy/x]\n' }, 'a: 2\n')
  expect(text).toBe(
    '# policy/x\n\n## What\n\nWords.\n\n## Wrong\n\n```yaml\na: 1\n```\n\n```text\n1:1 error words [policy/x]\n```\n\n## Right\n\n```yaml\na: 2\n```\n',
  )
})

describe.each(pageFolders)('$pages', folder => {
  const wanted = [...pagesOf(folder)]
  test('there are pages', () => expect(wanted.length).toBeGreaterThan(10))
  test.each(wanted)('%s shows its fixtures (`npx tsx scripts/rule-pages.ts`)', (path, text) => {
    expect(readFileSync(path, 'utf8')).toBe(text)
  })
})
