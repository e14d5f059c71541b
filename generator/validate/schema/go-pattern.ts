// Patterns of a schema are Go regular expressions (RE2). Most are JavaScript ones too; what differs is translated, and what
// cannot be is not evaluated rather than guessed.

const known = new Map<string, RegExp | undefined>()

/** The pattern as a JavaScript expression; undefined where it cannot be expressed. Patterns are not anchored. */
export function goPattern(pattern: string): RegExp | undefined {
  if (known.has(pattern)) return known.get(pattern)
  const compiled = compile(pattern)
  known.set(pattern, compiled)
  return compiled
}

const classes: Readonly<Record<string, string>> = {
  '[:alnum:]': '0-9A-Za-z',
  '[:alpha:]': 'A-Za-z',
  '[:digit:]': '0-9',
  '[:lower:]': 'a-z',
  '[:upper:]': 'A-Z',
  '[:space:]': String.raw`\s`,
  '[:word:]': String.raw`\w`,
  '[:xdigit:]': '0-9A-Fa-f',
}

function compile(pattern: string): RegExp | undefined {
  // A flag inside a pattern is applied to all of it: at worst a value passes that differs in case.
  const flags = [
    ...new Set([...pattern.matchAll(/\(\?([ims]+)\)/g)].flatMap(match => (match[1] ?? '').split(''))),
  ].join('')
  let source = pattern.replaceAll(/\(\?[ims]+\)/g, '')
  for (const [name, members] of Object.entries(classes)) source = source.replaceAll(name, members)
  source = source
    .replaceAll(/\\A/g, '^')
    .replaceAll(/\\z/g, '$')
    .replaceAll('(?P<', '(?<')
    .replaceAll(/\\Q([^\\]*)\\E/g, (_, text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  if (/\(\?[a-z-]+[:)]/.test(source)) return undefined
  return tryCompile(source, `${flags}u`) ?? tryCompile(source, flags)
}

function tryCompile(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags)
  } catch {
    return undefined
  }
}
