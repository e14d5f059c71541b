// Progress is for people who wait: on a terminal, after a second, and gone at the end.

import { expect, test } from 'vitest'
import { checkSets } from '../../generator/cli/check-sets.ts'
import { readSchemas } from '../../generator/cli/read-schemas.ts'
import { projectRoot } from '../support/run-cli.ts'

function progressOf(terminal: boolean, step: number): string {
  let time = 0
  const written: string[] = []
  const sink = { write: (text: string) => void written.push(text), isTerminal: () => terminal }
  const sets = Array.from({ length: 3 }, () => ({
    resources: [],
    profile: { production: false, kubernetes: ['1.34'] },
  }))
  checkSets(
    sets,
    { catalog: readSchemas(projectRoot), only: ['policy/no-such-rule'], debug: false },
    {
      cwd: projectRoot,
      env: {},
      stdout: sink,
      stderr: sink,
      readStdin: () => Buffer.alloc(0),
      now: () => (time += step),
      today: () => '2026-01-01',
      packageRoot: projectRoot,
    },
  )
  return written.join('')
}

test.each([
  { name: 'quick work', terminal: true, step: 1, expected: '' },
  { name: 'slow work without a terminal', terminal: false, step: 600, expected: '' },
  {
    name: 'slow work on a terminal',
    terminal: true,
    step: 600,
    expected: '\rchecking 2 of 3 …\u001b[K\rchecking 3 of 3 …\u001b[K\r\u001b[K',
  },
])('$name', ({ terminal, step, expected }) => {
  expect(progressOf(terminal, step)).toBe(expected)
})
