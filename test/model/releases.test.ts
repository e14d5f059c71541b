import { describe, expect, test } from 'vitest'
import { platform, service } from '../../generator/model/declare.ts'
import { parseReleases } from '../../generator/model/releases.ts'

const shop = platform('shop', {
  repository: 'https://example.com/shop.git',
  kubernetes: '1.34',
  clusters: { main: { name: 'main' } },
  components: [service('api', { image: 'example/api', port: 8080 })],
  environments: { staging: { namespace: 'shop', revision: 'refs/heads/main' } },
})
const digest = `sha256:${'0'.repeat(64)}`

describe('parseReleases', () => {
  test.each([
    { name: 'no text', text: '', value: {} },
    { name: 'a tag', text: 'staging:\n  example/api: v1.2.3\n', value: { staging: { 'example/api': 'v1.2.3' } } },
    { name: 'a digest', text: `staging:\n  example/api: ${digest}\n`, value: { staging: { 'example/api': digest } } },
    { name: 'an environment without versions yet', text: 'staging: {}\n', value: { staging: {} } },
  ])('reads $name', ({ text, value }) => {
    const result = parseReleases(text, shop)
    expect(result.diagnostics).toEqual([])
    expect(JSON.parse(JSON.stringify(result.value))).toEqual(value)
  })

  test.each([
    { name: 'an unknown environment', text: 'stagin:\n  a: "1"\n', code: 'model/invalid-release', at: '/stagin' },
    {
      name: 'a number',
      text: 'staging:\n  example/api: 1.10\n',
      code: 'model/invalid-release',
      at: '/staging/example~1api',
    },
    {
      name: 'latest',
      text: 'staging:\n  example/api: latest\n',
      code: 'model/invalid-release',
      at: '/staging/example~1api',
    },
    {
      name: 'a tag with a space',
      text: 'staging:\n  example/api: 1 0\n',
      code: 'model/invalid-release',
      at: '/staging/example~1api',
    },
    { name: 'a list', text: '- staging\n', code: 'model/invalid-release', at: '' },
    { name: 'an environment that is a list', text: 'staging:\n- 1\n', code: 'model/invalid-release', at: '/staging' },
    { name: 'broken YAML', text: 'staging: [\n', code: /^yaml\//, at: '' },
  ])('refuses $name', ({ text, code, at }) => {
    const [first, ...rest] = parseReleases(text, shop).diagnostics
    expect(rest).toEqual([])
    expect(first?.code).toMatch(code)
    expect(first?.at.pointer).toBe(at)
  })

  test('an unknown environment is found at its key', () => {
    expect(parseReleases('stagin:\n  a: "1"\n', shop).diagnostics[0]?.at.on).toBe('key')
  })
})
