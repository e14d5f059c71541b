// Runs a command line in the process, against a real directory, with streams and clock of the test.

import { run } from '../../generator/cli/run.ts'
import type { World } from '../../generator/cli/world.ts'

export interface CliResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface CliOptions {
  readonly stdin?: string | Buffer
  readonly env?: World['env']
  readonly terminal?: boolean
}

export const projectRoot = new URL('../..', import.meta.url).pathname.replace(/\/$/, '')

export async function runCli(cwd: string, argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const out: string[] = []
  const err: string[] = []
  const sink = (lines: string[]): World['stdout'] => ({
    write: text => void lines.push(text),
    isTerminal: () => options.terminal ?? false,
  })
  const code = await run(argv, {
    cwd,
    env: options.env ?? {},
    stdout: sink(out),
    stderr: sink(err),
    readStdin: () => Buffer.from(options.stdin ?? ''),
    now: () => 0,
    today: () => '2026-01-01',
    packageRoot: projectRoot,
  })
  return { code, stdout: out.join(''), stderr: err.join('') }
}
