// The layer order of ARCHITECTURE.md holds; and the tool that says so really looked at the code.

import { cruise } from 'dependency-cruiser'
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import extractTypeScriptConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { expect, test } from 'vitest'

const fewestModules = 100

test('imports keep the layer order', { timeout: 120_000 }, async () => {
  const options = await extractOptions('./.dependency-cruiser.mjs')
  const { output } = await cruise(['generator'], options, undefined, {
    tsConfig: extractTypeScriptConfig('tsconfig.json'),
  })
  if (typeof output === 'string') throw new Error('dependency-cruiser printed text instead of data')
  expect(output.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
  expect(output.summary.totalCruised).toBeGreaterThan(fewestModules)
})
