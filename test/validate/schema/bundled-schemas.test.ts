// The kinds that reports name because their bundled schemas say less: each has such a schema, and the page on them names its project.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lackingSentence, lacksRules } from '../../../generator/validate/schema/bundled-schemas.ts'
import { committedCatalog } from './committed-catalog.ts'

const catalog = committedCatalog()

test.each([
  ['networking.istio.io/v1', 'VirtualService'],
  ['external-secrets.io/v1', 'SecretStore'],
  ['monitoring.coreos.com/v1', 'Prometheus'],
  ['traefik.io/v1alpha1', 'IngressRoute'],
])('%s %s is bundled, and lacks rules', (apiVersion, kind) => {
  expect(catalog.isBundled(apiVersion, kind)).toBe(true)
  expect(lacksRules(apiVersion, kind)).toBe(true)
})

test.each([
  ['external-secrets.io/v1', 'ExternalSecret'],
  ['argoproj.io/v1alpha1', 'Application'],
  ['gateway.networking.k8s.io/v1', 'HTTPRoute'],
  ['apps/v1', 'Deployment'],
])('%s %s lacks none that is known', (apiVersion, kind) => {
  expect(lacksRules(apiVersion, kind)).toBe(false)
})

test('the sentence names some, and counts the rest', () => {
  expect(lackingSentence(['B', 'A', 'B'])).toContain('of A, B lack')
  expect(lackingSentence(['A', 'B', 'C', 'D', 'E', 'F', 'G'])).toContain('of A, B, C, D, E and 2 more lack')
})

test('the page says what they leave out', () => {
  const page = readFileSync('docs/bundled-schemas.md', 'utf8')
  for (const project of ['Istio', 'External Secrets', 'Prometheus Operator', 'Traefik']) expect(page).toContain(project)
})
