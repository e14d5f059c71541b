import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseYaml } from '../../generator/manifest/parse-yaml.ts'
import { resourceSet } from '../../generator/manifest/resource-set.ts'
import { toResource, type Resource } from '../../generator/manifest/resource.ts'
import { allRules } from '../../generator/validate/check-environment.ts'
import type { Rule } from '../../generator/validate/rule.ts'
import { candidates } from '../../generator/validate/run-rules.ts'

describe('kinds and annotations spare work and hide nothing', () => {
  const objects = ['admission', 'argocd', 'pod-security', 'policy', 'reference'].flatMap(family =>
    readdirSync(join('test/fixtures', family), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.yaml'))
      .flatMap(file => resourcesOf(join('test/fixtures', family, file))),
  )
  const resources = resourceSet(objects)

  test('there are objects of many kinds', () => {
    expect(new Set(objects.map(({ kind }) => kind)).size).toBeGreaterThan(50)
  })

  test.each(
    allRules()
      .filter(({ kinds, annotated }) => kinds !== undefined || annotated === true)
      .map(rule => ({ code: rule.code, rule })),
  )('$code', ({ rule }) => {
    const asked = new Set(candidates(rule, resources))
    const applying = objects.filter(resource => rule.appliesTo(resource))
    expect(applying.length).toBeGreaterThan(0)
    expect(applying.filter(resource => !asked.has(resource)).map(({ kind }) => kind)).toEqual([])
  })
})

function resourcesOf(file: string): readonly Resource[] {
  return parseYaml(readFileSync(file, 'utf8'), file).value.flatMap(
    ({ value, document }) => toResource(value, { file, document }) ?? [],
  )
}

// runRules asks rules that share one `appliesTo` once, so they have to look at the same objects.
test('rules that share an appliesTo share what narrows it', () => {
  const narrowing = new Map<Rule['appliesTo'], Set<string>>()
  for (const { appliesTo, kinds, annotated } of allRules()) {
    const known = narrowing.get(appliesTo) ?? new Set()
    narrowing.set(appliesTo, known.add(`${kinds?.join(' ') ?? 'all kinds'}${annotated === true ? ', annotated' : ''}`))
  }
  expect(narrowing.size).toBeGreaterThan(100)
  expect([...narrowing.values()].filter(ways => ways.size > 1)).toEqual([])
})
