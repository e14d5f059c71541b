// Our reading of a command line against Node's own, `parseArgs`.

import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { argumentTokens } from '../../generator/cli/argument-tokens.ts'
import type { OptionTable } from '../../generator/cli/command.ts'

const options: OptionTable = {
  check: { type: 'boolean', about: '' },
  quiet: { type: 'boolean', short: 'q', about: '' },
  help: { type: 'boolean', short: 'h', about: '' },
  output: { type: 'string', short: 'o', about: '' },
  only: { type: 'string', multiple: true, about: '' },
}

function nodeTokens(argv: readonly string[]): unknown {
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(options).map(([name, { type, short }]) => [
        name,
        { type, ...(short === undefined ? {} : { short }) },
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  return tokens.flatMap((token): readonly object[] => {
    if (token.kind === 'positional') return [{ kind: token.kind, value: token.value }]
    if (token.kind !== 'option') return []
    return [{ kind: token.kind, name: token.name, written: token.rawName, value: token.value }]
  })
}

const word = fc.oneof(
  fc.constantFrom(
    '-',
    '--',
    '-q',
    '-qo',
    '-qofile',
    '-oq',
    '-o',
    '-o=x',
    '--only',
    '--only=',
    '--only=a=b',
    '--check=1',
  ),
  fc.constantFrom(
    '--nonsense',
    '--=x',
    '--==',
    '---',
    '-z',
    '-zq',
    '',
    'k8s',
    '-1',
    '--no-check',
    '--hasOwnProperty',
    '-é',
  ),
  fc
    .string({ unit: fc.constantFrom('-', '=', 'q', 'o', 'x', 'h'), maxLength: 6 })
    .filter(text => !/^-[^-]+-/.test(text)),
)

test('a dash among short options is no option of ours, and hides nothing that follows', () => {
  expect(argumentTokens(['-q-', '--check'], options).map(token => ('name' in token ? token.name : ''))).toEqual([
    'quiet',
    '-',
    'check',
  ])
})

test('random command lines are taken apart as Node takes them apart', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), argv => {
      expect(argumentTokens(argv, options)).toEqual(nodeTokens(argv))
    }),
    { numRuns: 1000 },
  )
})
