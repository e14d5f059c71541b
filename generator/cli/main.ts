// The program: joins the real process to run(). bin/gitops.cjs calls `main` in the bundle that scripts/bundle.mjs makes of this.

import { isTerminal, readStandardInput, writeAll } from '../io/process-streams.ts'
import { run } from './run.ts'

/** Runs the process's own command line and leaves the exit code to Node. */
export async function main(packageRoot: string): Promise<void> {
  const code = await run(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    stdout: { write: text => writeAll(1, text), isTerminal: () => isTerminal(1) },
    stderr: { write: text => writeAll(2, text), isTerminal: () => isTerminal(2) },
    readStdin: readStandardInput,
    now: () => performance.now(),
    today: () => new Date().toISOString().slice(0, 10),
    packageRoot,
  })
  process.exitCode = code
}
