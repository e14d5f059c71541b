import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseYaml } from '../../../generator/manifest/parse-yaml.ts'

const folder = new URL('../../../generator/manifest/yaml/', import.meta.url).pathname
const names = readdirSync(join(folder, 'pages')).map(file => file.replace(/\.md$/, ''))

function codesIn(source: string): readonly string[] {
  return Array.from(source.matchAll(/'yaml\/([a-z-]+)'/g), match => match[1] ?? '')
}

describe('every yaml code has a page, and its examples are true', () => {
  test('codes and pages are the same', () => {
    const sources = readdirSync(folder).filter(file => file.endsWith('.ts'))
    const codes = new Set(sources.flatMap(file => codesIn(readFileSync(join(folder, file), 'utf8'))))
    expect(names.toSorted()).toEqual([...codes].toSorted())
  })

  test.each(names)('%s', name => {
    const page = readFileSync(join(folder, 'pages', `${name}.md`), 'utf8')
    expect(page.startsWith(`# yaml/${name}\n`)).toBe(true)
    expect(Array.from(page.matchAll(/^## (\w+)$/gm), match => match[1])).toEqual([
      'What',
      'Why',
      'Fix',
      'Wrong',
      'Right',
    ])
    const [wrong, right] = page.split('\n## Right\n').map(part => /```yaml\n([^]*?)```/.exec(part)?.[1])
    expect(right).toBeDefined()
    expect(parseYaml(right ?? '', 'right.yaml').diagnostics).toEqual([])
    if (wrong === undefined) return
    const codes = parseYaml(wrong, 'wrong.yaml').diagnostics.map(({ code }) => code)
    expect(codes).toContain(`yaml/${name}`)
  })
})
