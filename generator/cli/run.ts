// From arguments to an exit code: finds the command, parses its arguments, runs it, and turns what was thrown into the
// answer a user understands. Nothing else catches.

import { hint } from '../diagnostics/suggest.ts'
import { ClosedPipe } from '../io/process-streams.ts'
import { UnreadableInput } from '../io/unreadable-input.ts'
import { UsageError } from './command.ts'
import { CLEAN, INTERNAL, UNUSABLE, type ExitCode } from './exit-code.ts'
import { parseArguments } from './parse-arguments.ts'
import { commands } from './registry.ts'
import type { World } from './world.ts'

/** Runs one command line (without `node` and the script's name). Never throws. */
export async function run(argv: readonly string[], world: World): Promise<ExitCode> {
  try {
    return await dispatch(argv, world)
  } catch (error) {
    return answer(error, argv, world)
  }
}

async function dispatch(argv: readonly string[], world: World): Promise<ExitCode> {
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    const { overview } = await import('./help.ts')
    if (name === undefined) {
      world.stderr.write(overview())
      return UNUSABLE
    }
    world.stdout.write(overview())
    return CLEAN
  }
  if (name === 'help') return dispatch([...rest.slice(0, 1), '--help'], world)
  if (name === '--version' || name === '-V') return printVersion(world)
  const entry = commands.find(command => command.name === name)
  if (entry === undefined) throw unknownCommand(name)
  const command = await entry.load()
  if (asksForHelp(rest)) {
    const { commandHelp } = await import('./help.ts')
    world.stdout.write(commandHelp(command))
    return CLEAN
  }
  return command.run(parseArguments(rest, command.options), world)
}

/** `--help` works even beside options that are wrong: the page is what the user needs then. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end < 0 ? args : args.slice(0, end)).some(arg => arg === '--help' || arg === '-h')
}

function unknownCommand(name: string): UsageError {
  const kind = name.startsWith('-') ? 'option' : 'command'
  const near =
    kind === 'option'
      ? ''
      : hint(
          name,
          commands.map(command => command.name),
        )
  return new UsageError(`unknown ${kind} "${name}"${near}`)
}

async function printVersion(world: World): Promise<ExitCode> {
  const { readPackageVersion } = await import('../io/read-package.ts')
  world.stdout.write(`${readPackageVersion(world.packageRoot)}\n`)
  return CLEAN
}

function answer(error: unknown, argv: readonly string[], world: World): ExitCode {
  if (error instanceof ClosedPipe) return UNUSABLE // what was found could not be said, so it must not look clean
  if (error instanceof UsageError) {
    const command = commands.some(({ name }) => name === argv[0]) ? ` ${argv[0]}` : ''
    world.stderr.write(`gitops: ${error.message}\nSee: gitops${command} --help\n`)
    return UNUSABLE
  }
  if (error instanceof UnreadableInput) {
    world.stderr.write(describeUnreadable(error))
    return UNUSABLE
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const shown = argv.includes('--debug') ? trace : (trace.split('\n')[0] ?? trace)
  world.stderr.write(
    `gitops: internal error: ${shown}\nThis is a bug in gitops, not in your files. Run again with --debug for the stack, and report it.\n`,
  )
  return INTERNAL
}

function describeUnreadable({ diagnostic: { code, message, at, help } }: UnreadableInput): string {
  const place = at.line === undefined ? at.file : `${at.file}:${at.line}:${at.column ?? 1}`
  return `error ${code}: ${place === '' ? '' : `${place}: `}${message}\n${help === undefined ? '' : `  ${help}\n`}`
}
