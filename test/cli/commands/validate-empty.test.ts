import { expect, test } from 'vitest'
import { directoryWith } from '../../support/temporary-directory.ts'
import { runCli } from '../../support/run-cli.ts'

// repository/nothing-to-validate: a check that saw nothing must not pass.
test.each([
  { name: 'an empty repository', files: {}, argv: ['validate'] },
  { name: 'an empty folder', files: { 'k8s/README.md': 'x\n' }, argv: ['validate', 'k8s'] },
  {
    name: 'an overlay that renders nothing',
    files: { 'k8s/kustomization.yaml': 'resources: []\n' },
    argv: ['validate', 'k8s'],
  },
])('$name is no pass', async ({ files, argv }) => {
  const { code, stdout, stderr } = await runCli(directoryWith(files), argv)
  expect(code).not.toBe(0)
  expect(stdout + stderr).toMatch(/nothing to validate|kustomize\//)
})
