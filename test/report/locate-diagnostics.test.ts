import { expect, test } from 'vitest'
import { locateDiagnostics } from '../../generator/report/locate-diagnostics.ts'

// Cutting a file into lines for each finding took minutes here.
test('thousands of findings in one large file are placed, each with its frame', () => {
  const objects = 10_000
  const text = Array.from({ length: objects }, (_, index) => `apiVersion: v1\nkind: ConfigMap\nname: c${index}\n`).join(
    '---\n',
  )
  const diagnostics = Array.from({ length: objects }, (_, index) => ({
    code: 'policy/no-plain-secret' as const,
    severity: 'error' as const,
    message: `finding ${index}`,
    at: { file: 'all.yaml', document: index + 1, pointer: '/name' },
  }))
  const located = locateDiagnostics(diagnostics, { read: () => text })
  expect(located).toHaveLength(objects)
  expect(located.at(-1)?.at.line).toBe(objects * 4 - 1)
  expect(located.at(-1)?.frame?.lines).toEqual(['apiVersion: v1', 'kind: ConfigMap', 'name: c9999'])
})
