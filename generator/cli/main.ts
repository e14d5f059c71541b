// The program: joins the real process to run(). bin/gitops.cjs calls `main` in the bundle that scripts/bundle.mjs makes of this.

import { ClosedPipe, isTerminal, readStandardInput, writeAll } from '../io/process-streams.ts'
import { run } from './run.ts'

/** Runs the process's own command line and leaves the exit code to Node. Whatever was printed is out when the promise is kept. */
export async function main(packageRoot: string): Promise<void> {
  const code = await run(process.argv.slice(2), {
    cwd: process.cwd(),
    env: process.env,
    stdout: { write: text => writeAll(1, text), isTerminal: () => isTerminal(1) },
    stderr: { write: tell, isTerminal: () => isTerminal(2) },
    readStdin: readStandardInput,
    now: milliseconds,
    today: () => new Date().toISOString().slice(0, 10),
    packageRoot,
  })
  process.exitCode = code
}

/** Where nobody listens to standard error any more, the exit code still says what happened. */
function tell(text: string): void {
  try {
    writeAll(2, text)
  } catch (error) {
    if (!(error instanceof ClosedPipe)) throw error
  }
}

/** `performance` would do, but with its first use Node loads a dozen modules. */
function milliseconds(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e3 + nanoseconds / 1e6
}
