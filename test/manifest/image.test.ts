import { expect, test } from 'vitest'
import { formatImage, hasFixedVersion, imageName, parseImage } from '../../generator/manifest/image.ts'

const digest = `sha256:${'0'.repeat(64)}`

test.each([
  ['nginx', { repository: 'nginx' }],
  ['nginx:1.27', { repository: 'nginx', tag: '1.27' }],
  ['hustlex/api:v1', { repository: 'hustlex/api', tag: 'v1' }],
  ['localhost:5000/nginx', { registry: 'localhost:5000', repository: 'nginx' }],
  ['localhost/nginx:1', { registry: 'localhost', repository: 'nginx', tag: '1' }],
  ['ghcr.io/a/b/c:1', { registry: 'ghcr.io', repository: 'a/b/c', tag: '1' }],
  [`nginx:1@${digest}`, { repository: 'nginx', tag: '1', digest }],
  [`[::1]:5000/a@${digest}`, { registry: '[::1]:5000', repository: 'a', digest }],
])('%s', (text, parts) => {
  expect(parseImage(text)).toEqual(parts)
  expect(formatImage(parseImage(text) ?? { repository: '' })).toBe(text)
})

test.each([
  '',
  'Nginx',
  'nginx:',
  'nginx:a b',
  ' nginx',
  'a//b',
  'nginx@sha256:12',
  'nginx:1:2',
  '${IMAGE}',
  'http://x/y',
])('not a reference: %j', text => expect(parseImage(text)).toBeUndefined())

test.each([
  ['nginx', false],
  ['nginx:latest', false],
  ['localhost:5000/nginx', false],
  ['localhost:5000/nginx:1', true],
  [`nginx:latest@${digest}`, true],
  ['postgres:16-alpine', true],
])('%s names a version: %s', (text, expected) => expect(hasFixedVersion(text)).toBe(expected))

test('the name alone', () => {
  expect(imageName(`localhost:5000/nginx:1@${digest}`)).toBe('localhost:5000/nginx')
})
