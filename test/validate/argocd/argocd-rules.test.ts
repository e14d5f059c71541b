import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { argocdRules } from '../../../generator/validate/argocd/argocd-rules.ts'
import { describeRuleFixtures } from '../../support/rule-fixtures.ts'

const pages = 'generator/validate/argocd/rules'
describeRuleFixtures({ family: 'argocd', rules: argocdRules, pageFolder: pages })

test.each(argocdRules.map(rule => rule.code.slice('argocd/'.length)))(
  'the page of %s shows a bad fixture with what is said about it, and a good one',
  name => {
    const page = readFileSync(join(pages, `${name}.md`), 'utf8')
    const folder = join('test/fixtures/argocd', name)
    const files = readdirSync(folder)
    const shows = (file: string): boolean => page.includes(readFileSync(join(folder, file), 'utf8'))
    const wrong = files.filter(
      file => /^bad-.*\.yaml$/.test(file) && shows(file) && shows(file.replace('.yaml', '.out')),
    )
    const right = files.filter(file => /^good-.*\.yaml$/.test(file) && shows(file))
    expect(wrong).not.toEqual([])
    expect(right).not.toEqual([])
  },
)
