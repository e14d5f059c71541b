// What a command is to the parser of arguments, to the help pages and to the registry.

import type { ExitCode } from './exit-code.ts'
import type { World } from './world.ts'

export interface OptionSpec {
  readonly type: 'boolean' | 'string'
  /** May be given several times, or as a comma list. */
  readonly multiple?: boolean
  readonly short?: string
  /** What stands for the value in the help, e.g. `NAME`. */
  readonly value?: string
  readonly about: string
  /** The only values allowed. */
  readonly allowed?: readonly string[]
}

export type OptionTable = Readonly<Record<string, OptionSpec>>

/** Arguments after parsing. Every accessor gives the empty answer for an option that was not given. */
export interface ParsedArguments {
  readonly positionals: readonly string[]
  readonly flag: (name: string) => boolean
  readonly text: (name: string) => string | undefined
  readonly list: (name: string) => readonly string[]
}

export interface Command {
  readonly name: string
  /** One line for the list of commands. */
  readonly summary: string
  /** What follows the command's name, e.g. `DIR…`. */
  readonly usage: string
  /** Paragraphs of the command's own help. */
  readonly about: readonly string[]
  readonly options: OptionTable
  readonly examples: readonly (readonly [line: string, does: string])[]
  readonly run: (args: ParsedArguments, world: World) => ExitCode | Promise<ExitCode>
}

/** A mistake in how the command was called: printed with a pointer to `--help`, exit code 2. */
export class UsageError extends Error {}

/** Options every command has. */
export const sharedOptions: OptionTable = {
  help: { type: 'boolean', short: 'h', about: 'show this help' },
  'no-color': { type: 'boolean', about: 'never colour (nor does a set NO_COLOR, nor anything that is not a terminal)' },
  debug: { type: 'boolean', about: 'time per stage and findings per rule, on standard error' },
}
