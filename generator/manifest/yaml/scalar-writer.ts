// The four ways to write a string, column by column as go-yaml 2 writes them (emitterc.go). Columns count characters, not bytes.
// An undefined indent stands for a key on one line: nothing is folded there.

const width = 80
const folding = / |[\u2028\u2029]/

/** Unquoted, folded at single spaces after column 80. */
export function writePlain(text: string, column: number, indent: number | undefined): string {
  return indent === undefined ? text : fold(text, column, indent, false)
}

/** In single quotes; quotes inside are doubled. */
export function writeSingleQuoted(text: string, column: number, indent: number | undefined): string {
  const quoted = text.replaceAll("'", "''")
  if (!folding.test(text)) return `'${quoted}'`
  return `'${fold(quoted, column + 1, indent, true)}'`
}

/** A scalar being written: the text so far, and where the next character would stand. */
interface Pen {
  readonly indent: number | undefined
  readonly pad: string
  out: string
  column: number
  afterSpace: boolean
  afterBreak: boolean
}

function pen(column: number, indent: number | undefined): Pen {
  return { indent, pad: ' '.repeat(indent ?? 0), out: '', column, afterSpace: false, afterBreak: false }
}

/**
 * Folds at single spaces after column 80. The separators U+2028 and U+2029 count as line breaks: the next character is indented.
 * @param quoted a space at either end is kept where quotes stand around it
 */
function fold(text: string, start: number, indent: number | undefined, quoted: boolean): string {
  if (text.length + start <= width && !separator.test(text)) return text
  const runes = Array.from(text)
  const at = pen(start, indent)
  for (const [index, rune] of runes.entries()) {
    if (rune === ' ') {
      const inside = !quoted || (index > 0 && index < runes.length - 1)
      if (inside && runes[index + 1] !== ' ' && mayBreak(at)) breakLine(at, '')
      else write(at, rune)
      at.afterSpace = true
    } else if (separator.test(rune)) {
      at.out += rune
      at.column = 0
      at.afterBreak = true
    } else {
      if (at.afterBreak) indentLine(at)
      write(at, rune)
      at.afterSpace = false
    }
  }
  return at.out
}

function mayBreak(at: Pen): boolean {
  return at.indent !== undefined && !at.afterSpace && at.column > width
}

function write(at: Pen, text: string): void {
  at.out += text
  // A character beyond the basic plane is one column, and is written alone.
  at.column += text.codePointAt(0) === text.charCodeAt(0) ? text.length : 1
}

function breakLine(at: Pen, mark: string): void {
  at.out += `\n${at.pad}${mark}`
  at.column = at.pad.length + mark.length
}

function indentLine(at: Pen): void {
  at.out += at.pad
  at.column = at.pad.length
  at.afterBreak = false
}

const separator = /[\u2028\u2029]/

const escapes: ReadonlyMap<number, string> = new Map([
  [0x00, '0'],
  [0x07, 'a'],
  [0x08, 'b'],
  [0x09, 't'],
  [0x0a, 'n'],
  [0x0b, 'v'],
  [0x0c, 'f'],
  [0x0d, 'r'],
  [0x1b, 'e'],
  [0x22, '"'],
  [0x5c, '\\'],
  [0x85, 'N'],
  [0xa0, '_'],
  [0x2028, 'L'],
  [0x2029, 'P'],
])

/** In double quotes, everything unprintable escaped. */
export function writeDoubleQuoted(text: string, start: number, indent: number | undefined): string {
  // The emitter asks the beginning of the text, not the character, whether it is a byte order mark; so all is escaped then.
  const escapeAll = text.startsWith('\ufeff')
  const runes = Array.from(text)
  const at = pen(start + 1, indent)
  for (const [index, rune] of runes.entries()) {
    if (rune === ' ' && !escapeAll) {
      const inside = index > 0 && index < runes.length - 1
      if (inside && mayBreak(at)) breakLine(at, runes[index + 1] === ' ' ? '\\' : '')
      else write(at, rune)
      at.afterSpace = true
    } else {
      write(at, escapeAll || mustEscape.test(rune) ? escaped(rune) : rune)
      at.afterSpace = false
    }
  }
  return `"${at.out}"`
}

/** What may not stand in double quotes as it is. */
const mustEscape = /[^\x20\x21\x23-\x5b\x5d-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/

function escaped(rune: string): string {
  const code = rune.codePointAt(0) ?? 0
  const short = escapes.get(code)
  if (short !== undefined) return `\\${short}`
  const hexadecimal = code.toString(16).toUpperCase()
  if (code <= 0xff) return `\\x${hexadecimal.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hexadecimal.padStart(4, '0')}` : `\\U${hexadecimal.padStart(8, '0')}`
}

/** As a literal block, with its header and its own line breaks; empty lines are not indented. */
export function writeLiteral(text: string, indent: number): string {
  const pad = ' '.repeat(indent)
  let out = `|${hints(text)}\n`
  let at = 0
  while (at < text.length) {
    const end = text.indexOf('\n', at)
    const line = end < 0 ? text.slice(at) : text.slice(at, end)
    if (line !== '') out += separator.test(line) ? line.replaceAll(afterBreak, `$&${pad}`) : pad + line
    if (end < 0) break
    out += '\n'
    at = end + 1
  }
  return out
}

/** The beginning of the line and every run of separators, where text follows. */
const afterBreak = /(?:^|(?<=^|[^\u2028\u2029])[\u2028\u2029]+)(?=[^\u2028\u2029])/g

/** The indentation hint where the text begins with a space or a break, and what becomes of the breaks at its end. */
function hints(text: string): string {
  const indentation = /^[ \n\u2028\u2029]/.test(text) ? '2' : ''
  if (!/[\n\u2028\u2029]$/.test(text)) return `${indentation}-`
  return text.length === 1 || /[\n\u2028\u2029]{2}$/.test(text) ? `${indentation}+` : indentation
}
