// What is wrong with a text before anything is parsed: characters that no reader takes, conflict markers, text behind a separator.

import type { Problem } from './syntax-problem.ts'

/**
 * Without byte order marks, with plain line feeds: what kustomize makes of a file before it reads it. Files put together with `cat`
 * have a mark at the beginning of a later document, too.
 */
export function normalize(raw: string): string {
  const lines = raw.includes('\r') ? raw.replaceAll(/\r\n?/g, '\n') : raw
  const text = lines.charCodeAt(0) === 0xfeff ? lines.slice(1) : lines
  return text.includes('\ufeff') ? text.replaceAll(/(?<=\n---[ \t]*(?:#.*)?\n)\ufeff/g, '') : text
}

/**
 * All but tab, line feed and what go-yaml's reader takes; its line separators (NEL, LS, PS) are refused too, see the page. Lone
 * surrogates stand for bytes that are no UTF-8 (file-tree.ts).
 */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const refused = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|(?<![\ud800-\udbff])[\udc80-\udcff]/

/** The first character that cannot be read. */
export function characterProblem(text: string): Problem | undefined {
  const offset = text.search(refused)
  if (offset < 0) return undefined
  const code = text.charCodeAt(offset)
  if (code === 0 || (code >= 0xdc80 && code <= 0xdcff)) {
    const what = code === 0 ? 'a NUL byte' : 'bytes that are no UTF-8'
    return {
      code: 'yaml/binary',
      offset,
      message: `the file holds ${what}: it is no text`,
      help: 'Save the file as UTF-8 text.',
    }
  }
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
  return {
    code: 'yaml/control-character',
    offset,
    message: `the character "${name}" cannot stand in YAML as it is`,
    help: 'Remove it, or write it as an escape in double quotes.',
  }
}

/** One finding per `<<<<<<<` that a merge has left. */
export function conflictProblems(chunk: string, base: number): readonly Problem[] {
  return Array.from(chunk.matchAll(/^<{7}(?=[ \n]|$)/gm), match => ({
    code: 'yaml/conflict-marker' as const,
    offset: base + match.index,
    message: 'a conflict of a merge is not resolved: "<<<<<<<"',
    help: 'Keep one side, and remove the lines "<<<<<<<", "=======" and ">>>>>>>".',
  }))
}

/** Text on the line of a separator, and directives: kustomize takes neither, but for a `---` at the very beginning of the file. */
export function separatorProblem(chunk: string, base: number): Problem | undefined {
  if (/^(?:[ \t]*(?:#.*)?\n)*%/.test(chunk)) {
    const offset = base + chunk.search(/^%/m)
    return {
      code: 'yaml/syntax',
      offset,
      message: 'kustomize and kubectl read no directives ("%…")',
      help: 'Remove the line.',
    }
  }
  const match = base === 0 ? /(?<=\n)---(?!\s|$)/.exec(chunk) : /^---[ \t]+(?=[^\s#])|(?<=\n)---(?!\s|$)/.exec(chunk)
  if (match === null) return undefined
  return {
    code: 'yaml/syntax',
    offset: base + match.index + match[0].length,
    message: 'only a comment can stand behind "---"',
    help: 'Move the text to a line of its own.',
  }
}
