// A command line taken apart by the conventions of POSIX and GNU, exactly as `parseArgs` of `node:util` does it when it is not
// strict (https://nodejs.org/api/util.html#utilparseargsconfig), but that `-q-` is an option `-` and not the end of all options.
// Node's takes 2 ms to load, at every start.

import type { OptionTable } from './command.ts'

export type ArgumentToken =
  | { readonly kind: 'positional'; readonly value: string }
  | { readonly kind: 'option'; readonly name: string; readonly written: string; readonly value: string | undefined }

/** The options and positionals of a command line, in order; options nobody declared are among them. */
export function argumentTokens(argv: readonly string[], options: OptionTable): readonly ArgumentToken[] {
  const tokens: ArgumentToken[] = []
  const waiting = [...argv]
  for (let arg = waiting.shift(); arg !== undefined; arg = waiting.shift()) {
    if (arg === '--') {
      tokens.push(...waiting.map(value => ({ kind: 'positional', value }) as const))
      break
    }
    if (arg.startsWith('--')) tokens.push(longOption(arg, options, waiting))
    else if (arg.startsWith('-') && arg.length > 1) tokens.push(...shortOptions(arg, options, waiting))
    else tokens.push({ kind: 'positional', value: arg })
  }
  return tokens
}

/** `--name`, `--name value`, `--name=value`. */
function longOption(arg: string, options: OptionTable, waiting: string[]): ArgumentToken {
  if (arg.includes('=', 3)) {
    const equals = arg.indexOf('=')
    const written = arg.slice(0, equals)
    return { kind: 'option', name: written.slice(2), written, value: arg.slice(equals + 1) }
  }
  const name = arg.slice(2)
  return { kind: 'option', name, written: arg, value: takesValue(name, options) ? waiting.shift() : undefined }
}

/** `-x`, `-xyz` for `-x -y -z`, `-ovalue`, `-o value`. */
function shortOptions(arg: string, options: OptionTable, waiting: string[]): readonly ArgumentToken[] {
  const tokens: ArgumentToken[] = []
  const letters = arg.slice(1)
  for (let index = 0; index < letters.length; index++) {
    const letter = letters.charAt(index)
    const name = Object.keys(options).find(key => options[key]?.short === letter) ?? letter
    const token = { kind: 'option', name, written: `-${letter}` } as const
    if (!takesValue(name, options)) {
      tokens.push({ ...token, value: undefined })
      continue
    }
    const rest = letters.slice(index + 1)
    return [...tokens, { ...token, value: rest === '' ? waiting.shift() : rest }]
  }
  return tokens
}

function takesValue(name: string, options: OptionTable): boolean {
  return Object.hasOwn(options, name) && options[name]?.type === 'string'
}
