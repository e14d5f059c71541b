// The help pages, from the same tables that parse the arguments: what is listed works, what works is listed.

import { sharedOptions, type Command, type OptionSpec, type OptionTable } from './command.ts'
import { commands } from './registry.ts'

/** `gitops --help`. */
export function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2
  return [
    'gitops: one typed declaration in, a proven Kustomize tree and Argo CD manifests out',
    '',
    'Usage: gitops COMMAND [ARGUMENT…] [OPTION…]',
    '',
    'Commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`),
    '',
    'Each command has its own page: gitops COMMAND --help',
    '',
    'Exit codes: 0 clean, 1 findings or drift, 2 bad usage or unreadable input, 3 internal error.',
    '',
  ].join('\n')
}

/** `gitops COMMAND --help`. */
export function commandHelp(command: Command): string {
  const options: OptionTable = { ...command.options, ...sharedOptions }
  const lines = Object.entries(options).map(([name, spec]) => [signature(name, spec), describe(spec)] as const)
  const examples = command.examples.map(([line, does]) => [`gitops ${line}`, does] as const)
  return [
    `gitops ${command.name}: ${command.summary}`,
    '',
    `Usage: gitops ${command.name} ${command.usage}`.trimEnd(),
    '',
    ...command.about.flatMap(paragraph => [paragraph, '']),
    'Options:',
    ...columns(lines),
    '',
    'Examples:',
    ...columns(examples),
    '',
  ].join('\n')
}

function signature(name: string, { short, type, value }: OptionSpec): string {
  const long = type === 'boolean' ? `--${name}` : `--${name} ${value ?? 'VALUE'}`
  return short === undefined ? long : `-${short}, ${long}`
}

function describe({ about, allowed, multiple }: OptionSpec): string {
  const values = allowed === undefined ? '' : ` (${allowed.join(', ')})`
  return `${about}${values}${multiple === true ? '; repeatable, or a comma list' : ''}`
}

function columns(rows: readonly (readonly [left: string, right: string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 3
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${right}`)
}
