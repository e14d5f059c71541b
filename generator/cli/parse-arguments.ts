// Command-line arguments against a command's table of options. Unknown ones are refused with the near miss named:
// an option silently ignored would be a check silently not made.

import { hint, suggest } from '../diagnostics/suggest.ts'
import { argumentTokens } from './argument-tokens.ts'
import { sharedOptions, UsageError, type OptionSpec, type OptionTable, type ParsedArguments } from './command.ts'

type Value = string | true

export function parseArguments(argv: readonly string[], table: OptionTable): ParsedArguments {
  const options: OptionTable = { ...table, ...sharedOptions }
  const values = new Map<string, Value[]>()
  const positionals: string[] = []
  for (const token of argumentTokens(argv, options)) {
    if (token.kind === 'positional') {
      positionals.push(token.value)
      continue
    }
    const value = checkedValue(token.name, token.written, token.value, options)
    values.set(token.name, [...(values.get(token.name) ?? []), ...value])
  }
  refuseRepetition(values, options)
  const strings = (name: string): string[] => (values.get(name) ?? []).filter(value => value !== true)
  return {
    positionals,
    flag: name => values.has(name),
    text: name => strings(name)[0],
    list: strings,
  }
}

function checkedValue(name: string, written: string, value: string | undefined, options: OptionTable): Value[] {
  const spec = Object.hasOwn(options, name) ? options[name] : undefined
  if (spec === undefined) {
    const names = Object.keys(options).map(option => `--${option}`)
    throw new UsageError(`unknown option "${written}"${hint(written, names)}`)
  }
  if (spec.type === 'boolean') {
    if (value !== undefined) throw new UsageError(`option "${written}" takes no value, got "${value}"`)
    return [true]
  }
  if (value === undefined || value === '')
    throw new UsageError(`option "${written}" needs a value: ${written} ${spec.value ?? 'VALUE'}`)
  const parts = spec.multiple === true ? value.split(',').map(part => part.trim()) : [value]
  for (const part of parts) checkAllowed(written, part, spec)
  return parts
}

function checkAllowed(written: string, value: string, { allowed, multiple }: OptionSpec): void {
  if (value === '')
    throw new UsageError(`option "${written}" has an empty entry in its ${multiple === true ? 'list' : 'value'}`)
  if (allowed === undefined || allowed.includes(value)) return
  const near = suggest(value, allowed)
  const meant = near === undefined ? '' : `, did you mean "${near}"?`
  throw new UsageError(`option "${written}" cannot be "${value}"${meant}; allowed: ${allowed.join(', ')}`)
}

function refuseRepetition(values: ReadonlyMap<string, readonly Value[]>, options: OptionTable): void {
  for (const [name, given] of values) {
    const spec = options[name]
    if (spec?.type === 'string' && spec.multiple !== true && given.length > 1) {
      throw new UsageError(`option "--${name}" is given ${given.length} times, it takes one value`)
    }
  }
}
