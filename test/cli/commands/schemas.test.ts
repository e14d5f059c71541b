// `gitops schemas`: a custom kind is skipped, its definition is added, and from then on it is validated.

import { describe, expect, test } from 'vitest'
import { projectRoot, runCli } from '../../support/run-cli.ts'
import { directoryWith } from '../../support/temporary-directory.ts'

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: widgets.example.com
spec:
  group: example.com
  names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec: {type: object, properties: {size: {type: integer}}}
`
const widget = (size: string): string =>
  `apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: w\n  namespace: shop\nspec:\n  size: ${size}\n`

test('an added definition turns a skipped kind into a validated one', async () => {
  const root = directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'crd.yaml': definition,
    'good.yaml': widget('3'),
    'bad.yaml': widget('three'),
  })
  const validate = async (file: string) => runCli(root, ['validate', file, '--only', 'schema'])
  expect((await validate('good.yaml')).stdout).toContain('schema/no-schema')
  expect(await runCli(root, ['schemas', 'add', 'crd.yaml'])).toEqual({
    code: 0,
    stdout: 'schemas/crds/example.com/widget_v1.json\n',
    stderr: '',
  })
  expect((await validate('good.yaml')).code).toBe(0)
  expect((await validate('bad.yaml')).stdout).toContain('schema/wrong-type')
  expect((await runCli(root, ['schemas', 'list'])).stdout).toContain('example.com/v1 Widget\n')
})

test('what is shipped is listed', async () => {
  const { code, stdout } = await runCli(projectRoot, ['schemas', 'list'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^Kubernetes 1\.30, .*1\.36\n/)
  expect(stdout).toContain('argoproj.io/v1alpha1 Application\n')
})

describe('refused', () => {
  const files = { 'other.yaml': widget('1'), 'broken.yaml': 'a: [\n', 'folder/x.yaml': '' }
  test.each([
    { argv: [], code: 2, says: 'list or add FILE' },
    { argv: ['ad'], code: 2, says: 'did you mean "add"?' },
    { argv: ['add'], code: 2, says: 'needs a file' },
    { argv: ['add', 'nowhere.yaml'], code: 2, says: 'no file or directory' },
    { argv: ['add', 'folder'], code: 2, says: 'is a directory' },
    { argv: ['add', 'other.yaml'], code: 1, says: 'other.yaml:' },
    { argv: ['add', 'broken.yaml'], code: 1, says: 'yaml/' },
    { argv: ['list', 'x'], code: 2, says: 'takes no arguments' },
  ])('$argv', async ({ argv, code, says }) => {
    expect(await runCli(directoryWith(files), ['schemas', ...argv])).toMatchObject({
      code,
      stdout: '',
      stderr: expect.stringContaining(says) as string,
    })
  })
})
