import { expect, test } from 'vitest'
import { isProduction } from '../../../generator/validate/argocd/is-production.ts'
import { resourcesOf } from '../../support/hustlex-argocd.ts'

test.each([
  { name: 'by name', yaml: 'metadata: {name: shop-production}', expected: true },
  { name: 'by short name', yaml: 'metadata: {name: prod-shop}', expected: true },
  { name: 'not yet', yaml: 'metadata: {name: shop-pre-production}', expected: false },
  { name: 'not at all', yaml: 'metadata: {name: shop-nonprod}', expected: false },
  { name: 'a word within a word', yaml: 'metadata: {name: product-livekit}', expected: false },
  { name: 'by path', yaml: 'metadata: {name: shop}\nspec: {source: {path: overlays/production}}', expected: true },
  {
    name: 'by destination',
    yaml: 'metadata: {name: shop}\nspec: {destination: {server: "https://prod.example.com"}}',
    expected: true,
  },
  { name: 'by project', yaml: 'metadata: {name: shop}\nspec: {project: live}', expected: true },
  {
    name: 'a label decides',
    yaml: 'metadata: {name: shop-production, labels: {environment: staging}}',
    expected: false,
  },
  { name: 'a label says so', yaml: 'metadata: {name: shop, labels: {env: prod}}', expected: true },
  {
    name: 'parameters say nothing',
    yaml: 'metadata: {name: shop}\nspec: {source: {helm: {parameters: [{name: production.enabled, value: "1"}]}}}',
    expected: false,
  },
  {
    name: 'elements of a set',
    yaml: 'metadata: {name: shop}\nspec: {generators: [{list: {elements: [{env: production}]}}]}',
    expected: true,
  },
])('$name', ({ yaml, expected }) => {
  const [resource] = resourcesOf(`apiVersion: argoproj.io/v1alpha1\nkind: Application\n${yaml}\n`)
  expect(resource && isProduction(resource)).toBe(expected)
})
