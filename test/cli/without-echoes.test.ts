import { expect, test } from 'vitest'
import { runCli } from '../support/run-cli.ts'
import { directoryWith } from '../support/temporary-directory.ts'

test('a name without its hash is reported once, for all overlays that leave it so', async () => {
  const overlay = (namespace: string): string => `namespace: ${namespace}\nresources: [../base]\n`
  const root = directoryWith({
    'base/kustomization.yaml': 'resources: [w.yaml]\nconfigMapGenerator: [{ name: conf, literals: [a=b] }]\n',
    'base/w.yaml':
      'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w }\nspec: { configMapRef: { name: conf } }\n',
    'staging/kustomization.yaml': overlay('staging'),
    'production/kustomization.yaml': overlay('production'),
  })
  const { stdout } = await runCli(root, ['validate', '.', '--format', 'json'])
  const { diagnostics } = JSON.parse(stdout) as { readonly diagnostics: readonly { readonly code: string }[] }
  const codes = diagnostics.map(({ code }) => code).filter(code => /bare/.test(code))
  expect(codes).toEqual(['kustomize/bare-name'])
})
