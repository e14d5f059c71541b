// What a command may touch of the process around it, as an argument: tests pass their own, and nothing needs a mock.

export interface Sink {
  readonly write: (text: string) => void
  readonly isTerminal: () => boolean
}

export interface World {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: Sink
  readonly stderr: Sink
  /** All of standard input; only called when asked for with `-`. */
  readonly readStdin: () => Buffer
  /** Milliseconds, for progress and timings only: nothing that is printed as a result depends on it. */
  readonly now: () => number
  /** Today as an ISO date: what the expiry of an exception is held against. */
  readonly today: () => string
  /** The folder that holds this tool's `schemas/` and `generator/`. */
  readonly packageRoot: string
}

/** Whether to colour what goes to a sink: only a terminal, and never against NO_COLOR (no-color.org) or --no-color. */
export function wantsColour(sink: Sink, env: World['env'], noColour: boolean): boolean {
  if (noColour || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return false
  return (env['FORCE_COLOR'] ?? '0') !== '0' || sink.isTerminal()
}
