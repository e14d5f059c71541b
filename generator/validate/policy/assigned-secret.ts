// Finds a secret that a text assigns: in configuration files, in JSON however it is laid out, in scripts and on command lines.

import { isPlaceholder, knownSecret, namedSecret, secretHint, type SecretLikeness } from './secret-likeness.ts'

/** What was found, and the name it is assigned to where there is one. */
export interface AssignedSecret extends SecretLikeness {
  readonly name?: string
}

interface Assignment {
  readonly name: string
  readonly value: string
}

const longestLine = 2000
const comment = /^\s*(?:#|;|\/\/)/
const trailingComment = /\s+[#;].*$/
/** A line that does nothing else: `key: value`, `export KEY=value`. */
const whole = /^\s*(?:export\s+)?["']?([A-Za-z][\w.-]{2,80})["']?\s*(?:=|:)\s*(.{1,400}?)\s*,?\s*$/
/** A directive of Redis: `requirepass hunter2`. */
const directive = /^\s*(requirepass|masterauth)\s+["']?([^\s"']{1,400})["']?\s*$/
/** `"key": "value"`, anywhere in a line. */
const member = /"([A-Za-z][\w.-]{2,80})"\s*:\s*"([^"]{1,400})"/g
/** A setting of an XML file: `<add key="password" value="…"/>`. */
const attributes = /\b(?:key|name)="([A-Za-z][\w.:-]{2,80})"\s+value="([^"]{1,400})"/g
/** `KEY=value` or `--key=value` as a word of its own, or `?key=value` in a URL; what follows a comma or a brace is a label of a query, or an argument of a call. */
const word =
  /(?:^|(?<![,{\s])\s+|[?;&|])-{0,2}([A-Za-z][\w.-]{2,80})=("[^"]{1,400}"|'[^']{1,400}'|[^\s;&|"'`)<>,]{1,400})/g

/** Whether a text holds a credential of a known form, or assigns something that looks like a secret. */
export function assignedSecret(text: string): AssignedSecret | undefined {
  const known = knownSecret(text)
  if (known !== undefined) return known
  if (!secretHint.test(text)) return undefined
  for (const line of text.split('\n')) {
    if (line.length > longestLine || !secretHint.test(line) || comment.test(line)) continue
    for (const { name, value } of assignmentsIn(line)) {
      const likeness = isOneWord(value) && !isProperty(name, value) ? namedSecret(name, value) : undefined
      if (likeness !== undefined) return { ...likeness, name }
    }
  }
  return undefined
}

function statementIn(line: string): readonly Assignment[] {
  const [, name, value] = whole.exec(line) ?? directive.exec(line) ?? []
  return name === undefined || value === undefined
    ? []
    : [{ name, value: unquoted(value.replace(trailingComment, '')) }]
}

function* assignmentsIn(line: string): Iterable<Assignment> {
  yield* statementIn(line)
  for (const pair of [member, attributes]) {
    for (const [, key = '', text = ''] of line.matchAll(pair)) yield { name: key, value: text }
  }
  for (const [, key = '', raw = ''] of line.matchAll(word)) {
    const text = unquoted(raw)
    if (!isFilledIn(key, text)) yield { name: key, value: text }
  }
}

/** A parameter of a statement in SQL, or of a format: `?`, `:password`, `%s`. */
const parameter = /^(?:\?|:[A-Za-z]\w*|%s)$/

/** What a script or a call puts there when it runs: `$TOKEN`, `token=token`, `--token=TOKEN`. */
function isFilledIn(name: string, value: string): boolean {
  if (/\$[\w({*@]/.test(value) || isPlaceholder(value) || parameter.test(value)) return true
  return value.toLowerCase() === name.toLowerCase()
}

/** `password=args.password`: what another object holds under that name. */
function isProperty(name: string, value: string): boolean {
  return value.toLowerCase().endsWith(`.${name.toLowerCase()}`)
}

function isOneWord(value: string): boolean {
  return !/[\s(){}[\];]/.test(value)
}

function unquoted(text: string): string {
  return /^(["'])(.*)\1$/.exec(text)?.[2] ?? text
}
