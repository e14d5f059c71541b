// YAML the way people write it: block and flow, three kinds of quotes, folded and literal text, comments, anchors, aliases, merge keys,
// CRLF, byte order marks, values spelled in unusual ways. For the comparison of random trees with the real binary.

import type { Draw, Json, Map_ } from './random-draw.ts'

/** A value with the text it is to be written as: `0755`, `1.50`, `True`. */
const spelled = '\u0001'

/** Marks a text that is to be written as it is, without quotes. */
export function asWritten(text: string): string {
  return spelled + text
}

export function isAsWritten(text: string): boolean {
  return text.startsWith(spelled)
}

/** The value for a writer that knows nothing of these texts. */
export function unspelled(value: Json): Json {
  if (typeof value === 'string') return value.replace(spelled, '')
  if (Array.isArray(value)) return value.map(unspelled)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unspelled(item)]))
}

/** Values whose text says more than their data. */
export function oddScalar(d: Draw): Json {
  return asWritten(d.of(...oddTexts))
}

const oddNumbers = ['0755', '0o17', '0x1F', '1.50', '1e3', '1_000', '.5', '+3', '-0', '1.0', '12345678901234567890']
const oddWords = [
  'True',
  'yes',
  'No',
  'on',
  '~',
  '',
  'null',
  '2001-01-02',
  '2001-01-02T03:04:05Z',
  '12:30',
  '1.2.3',
  'a:b',
]
const oddQuotes = ['"\\u00e9\\t"', "'it''s'", '!!str 12', '"a \\\n        b"', '日本', '=', '"1"', "'true'"]
const oddTexts = [...oddNumbers, ...oddWords, ...oddQuotes, '1234567', '-1.5e-7']

/** One document. */
export function oddYaml(d: Draw, value: Json): string {
  const writer = new Writer(d)
  let text = writer.block(value, 0)
  if (d.chance(8)) text = `---\n${text}`
  if (d.chance(5)) text = `# heading\n${text}`
  if (d.chance(4)) text = `${text}${d.of('', '  ')}# end\n`
  if (d.chance(3)) text = text.replaceAll('\n', '\r\n')
  if (d.chance(5)) text = text.replace(/\n$/, '')
  return text
}

class Writer {
  readonly #d: Draw
  readonly #anchors: { readonly name: string; readonly value: Json; readonly text: string }[] = []

  constructor(d: Draw) {
    this.#d = d
  }

  /** A value on lines of its own, each with its line break. */
  block(value: Json, indent: number): string {
    const pad = ' '.repeat(indent)
    if (Array.isArray(value) && value.length > 0) {
      return value.map(item => `${pad}- ${this.#item(item, indent + 2)}`).join('')
    }
    if (isMap(value) && Object.keys(value).length > 0) {
      return this.#entries(value)
        .map(([key, item]) => `${this.#comment(pad)}${pad}${this.#key(key)}:${this.#below(item, indent)}`)
        .join('')
    }
    return `${pad}${this.#scalar(value, indent)}\n`
  }

  /** With a merge key where an anchored map is part of this one. */
  #entries(map: Map_): readonly (readonly [string, Json])[] {
    const entries = Object.entries(map)
    const merged = this.#anchors.find(
      ({ value }) =>
        isMap(value) &&
        value !== map &&
        Object.keys(value).length > 0 &&
        Object.entries(value).every(([key, item]) => same(map[key], item)),
    )
    if (merged === undefined || !this.#d.chance(30)) return entries
    const rest = entries.filter(([key]) => !Object.hasOwn(merged.value as Map_, key))
    return [['<<', asWritten(`*${merged.name}`)], ...rest]
  }

  #item(value: Json, indent: number): string {
    if (isCollection(value) && !this.#d.chance(8)) {
      if (Array.isArray(value)) return `\n${this.block(value, indent)}`.replace(/^\n\s+/, '')
      return this.block(value, indent).replace(/^(?: *#[^\n]*\n)*\s*/, '')
    }
    return `${this.#flowOrScalar(value, indent)}\n`
  }

  #below(value: Json, indent: number): string {
    if (!isCollection(value) || this.#d.chance(8))
      return ` ${this.#flowOrScalar(value, indent + 2)}${this.#trailing()}\n`
    const known = this.#anchors.find(anchor => same(anchor.value, value))
    if (known !== undefined && this.#d.chance(50)) return ` *${known.name}\n`
    const anchor = this.#anchor(value)
    const deeper = Array.isArray(value) && this.#d.chance(60) ? indent : indent + 2
    return `${anchor}${this.#trailing()}\n${this.block(value, deeper)}`
  }

  #anchor(value: Json): string {
    if (!this.#d.chance(5)) return ''
    const name = `a${this.#anchors.length}`
    this.#anchors.push({ name, value, text: '' })
    return ` &${name}`
  }

  #flowOrScalar(value: Json, indent: number): string {
    if (!isCollection(value)) return this.#scalar(value, indent)
    return this.#flow(value)
  }

  #flow(value: Json): string {
    if (Array.isArray(value)) return `[${value.map(item => this.#flow(item)).join(', ')}]`
    if (isMap(value)) {
      return `{${Object.entries(value)
        .map(([key, item]) => `${JSON.stringify(key)}: ${item === null && this.#d.chance(40) ? '' : this.#flow(item)}`)
        .join(', ')}}`
    }
    if (typeof value !== 'string') return JSON.stringify(value)
    return value.startsWith(spelled) && /^[\w.+-]+$/.test(value.slice(1))
      ? value.slice(1)
      : JSON.stringify(value.replace(spelled, ''))
  }

  #comment(pad: string): string {
    return this.#d.chance(2) ? `${pad}# ${this.#d.of('note', 'a: b', '- x')}\n` : ''
  }

  #trailing(): string {
    return this.#d.chance(2) ? ' # why' : ''
  }

  #key(key: string): string {
    if (key === '<<') return key
    if (!/^[A-Za-z$][\w./$-]*$/.test(key) || /^(?:y|n|yes|no|on|off|true|false|null)$/i.test(key))
      return JSON.stringify(key)
    return this.#d.chance(3) ? this.#d.of(`"${key}"`, `'${key}'`) : key
  }

  #scalar(value: Json, indent: number): string {
    if (typeof value !== 'string')
      return isCollection(value)
        ? this.#flow(value)
        : Array.isArray(value)
          ? '[]'
          : isMap(value)
            ? '{}'
            : JSON.stringify(value)
    if (value.startsWith(spelled)) return value.slice(1)
    return this.#text(value, indent)
  }

  #text(text: string, indent: number): string {
    const styles = [JSON.stringify(text)]
    if (/^[\x20-\x7e]*$/.test(text)) styles.push(`'${text.replaceAll("'", "''")}'`)
    if (/^[A-Za-z/][\w./@:-]*[\w]$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(text))
      styles.push(text, text, text)
    if (/^[^\s#]/.test(text)) styles.push(this.#literal(text, indent))
    if (/^[a-z][^#]*\n/.test(text)) styles.push(this.#foldedLines(text, indent))
    if (/^[A-Za-z][A-Za-z ]*[A-Za-z]$/.test(text)) styles.push(this.#folded(text, indent))
    return this.#d.of(...styles)
  }

  #literal(text: string, indent: number): string {
    return `|${chomping(text)}\n${padded(text.replace(/\n$/, '').split('\n'), indent)}`
  }

  /** A break between two lines that are not indented takes an empty line. */
  #foldedLines(text: string, indent: number): string {
    const [body = '', end = ''] = text.split(/(?=\n*$)/)
    const folded = body.replaceAll(/(?<=^|\n)(\S[^\n]*)\n(?=\S)/g, '$1\n\n')
    return `>${chomping(text)}\n${padded((folded + end.slice(1)).split('\n'), indent)}`
  }

  #folded(text: string, indent: number): string {
    const pad = ' '.repeat(Math.max(indent, 1))
    return `>-\n${pad}${text.replaceAll(' ', () => (this.#d.chance(30) ? `\n${pad}` : ' '))}`
  }
}

function isMap(value: Json | undefined): value is Map_ {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCollection(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0
  return isMap(value) && Object.keys(value).length > 0
}

function same(a: Json | undefined, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function chomping(text: string): string {
  if (text.endsWith('\n\n')) return '+'
  return text.endsWith('\n') ? '' : '-'
}

function padded(lines: readonly string[], indent: number): string {
  const pad = ' '.repeat(Math.max(indent, 1))
  return lines.map(line => (line === '' ? '' : pad + line)).join('\n')
}
