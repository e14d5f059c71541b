import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { locateEntry } from '../../generator/model/locate-entry.ts'

const source = `const api = service('api', {
  // a comment: { replicas: 9 }
  image: 'a, b: {',
  probes: { liveness: http('/x', { delay: 10 }), readiness: http('/y') },
  resources: {
    requests: { cpu: '1', "memory": '1Gi' },
  },
  list: [{ a: 1 }, { b: \`\${2}\` }],
  ...rest,
  replicas,
  [other.name]: { port: 1 },
  [api.name]: { port: 2 },
})
`

describe('locateEntry', () => {
  test.each([
    { path: [], line: 1, column: 13 },
    { path: ['image'], line: 3, column: 3 },
    { path: ['probes', 'readiness'], line: 4, column: 50 },
    { path: ['probes', 'liveness', 'delay'], line: 4, column: 36 },
    { path: ['resources', 'requests', 'memory'], line: 6, column: 27 },
    { path: ['resources', 'limits', 'memory'], line: 5, column: 3 },
    { path: ['list', '1', 'b'], line: 8, column: 22 },
    { path: ['replicas'], line: 10, column: 3 },
    { path: ['api', 'port'], line: 12, column: 17 },
    { path: ['nowhere'], line: 1, column: 13 },
  ])('$path stands at $line:$column', ({ path, line, column }) => {
    expect(locateEntry(source, { line: 1, column: 13 }, path)).toEqual({ line, column })
  })

  test('whatever the text, it ends, and inside the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...`ab'"\`{}[]():,/*\n \\`.split('')) }),
        fc.array(fc.constantFrom('a', 'b', '0')),
        (text, path) => {
          const { line, column } = locateEntry(text, { line: 1, column: 1 }, path)
          expect(line).toBeLessThanOrEqual(text.split('\n').length)
          expect(column).toBeGreaterThanOrEqual(1)
        },
      ),
    )
  })
})
