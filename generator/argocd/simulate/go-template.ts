// The part of Go templates that ApplicationSets mostly use: fields, pipes, if/else with comparisons, and a few functions of
// Sprig and of Argo CD. Whatever else a template does is not evaluated, and says so; it is never guessed.

import { isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'
import { callFunction, isTrue, print, Stop, unknown, type Rendered } from './go-template-functions.ts'

/** Renders a template with the parameters of one element. */
export function renderGoTemplate(template: string, parameters: YamlMap, missingKeyIsError: boolean): Rendered {
  try {
    const tokens = tokenize(template)
    const state: State = { tokens, at: 0, depth: 0, parameters, missingKeyIsError }
    const text = renderUntil(state, true, [])
    return { kind: 'text', text }
  } catch (stop) {
    if (stop instanceof Stop) return stop.outcome
    throw stop
  }
}

type Token = { readonly kind: 'text' | 'action'; readonly text: string }

interface State {
  readonly tokens: readonly Token[]
  at: number
  depth: number
  readonly parameters: YamlMap
  readonly missingKeyIsError: boolean
}

function tokenize(template: string): readonly Token[] {
  const tokens: Token[] = []
  let rest = template
  let trimNext = false
  for (;;) {
    const open = rest.indexOf('{{')
    const before = open < 0 ? rest : rest.slice(0, open)
    const trimEnd = open >= 0 && rest.startsWith('{{- ', open)
    const head = trimNext ? before.trimStart() : before
    tokens.push({ kind: 'text', text: trimEnd ? head.trimEnd() : head })
    if (open < 0) return tokens
    const close = rest.indexOf('}}', open)
    if (close < 0) throw new Stop({ kind: 'error', reason: 'the template has "{{" without "}}"' })
    const action = rest.slice(open + 2, close)
    trimNext = action.endsWith(' -')
    const body = action.replace(/^- /, '').replace(/ -$/, '').trim()
    if (!body.startsWith('/*')) tokens.push({ kind: 'action', text: body })
    rest = rest.slice(close + 2)
  }
}

/** Renders up to one of the keywords; without `active`, only skips. Leaves the keyword as the current token. */
function renderUntil(state: State, active: boolean, stops: readonly string[]): string {
  let text = ''
  while (state.at < state.tokens.length) {
    const token = state.tokens[state.at]
    if (token === undefined) break
    const keyword = token.kind === 'action' ? (token.text.split(/\s/, 1)[0] ?? '') : ''
    if (stops.includes(keyword)) return text
    state.at += 1
    if (token.kind === 'text') text += active ? token.text : ''
    else if (keyword === 'if') text += renderIf(state, token.text.slice(2), active)
    else if (isKeyword(keyword)) unknown(`"${keyword}"`)
    else if (active) text += print(evaluate(token.text, state))
  }
  if (stops.length > 0) throw new Stop({ kind: 'error', reason: 'the template has "if" without "end"' })
  return text
}

function isKeyword(word: string): boolean {
  return ['range', 'with', 'define', 'template', 'block', 'else', 'end', 'break', 'continue'].includes(word)
}

/** Deeper nesting is taken for an attack on the stack. */
const deepest = 100

function renderIf(state: State, condition: string, active: boolean): string {
  state.depth += 1
  if (state.depth > deepest) unknown('"if" in too many levels')
  let text = ''
  let open = active
  let test: string | undefined = condition
  for (;;) {
    const chosen: boolean = open && (test === undefined || isTrue(evaluate(test.trim(), state)))
    text += renderUntil(state, chosen, ['else', 'end'])
    if (chosen) open = false
    const keyword = state.tokens[state.at]?.text ?? 'end'
    state.at += 1
    if (keyword === 'end') {
      state.depth -= 1
      return text
    }
    const [, elseIf] = /^else(?:\s+if\s+(.*))?$/s.exec(keyword) ?? []
    test = elseIf
  }
}

/** A pipeline: `f a b | g`. */
function evaluate(text: string, state: State): YamlValue | undefined {
  let piped: readonly (YamlValue | undefined)[] = []
  for (const stage of splitPipes(text)) {
    const words = splitWords(stage)
    const [first = '', ...rest] = words
    if (isOperand(first)) {
      if (rest.length > 0 || piped.length > 0) unknown(`"${stage}"`)
      piped = [operand(first, state)]
    } else {
      piped = [callFunction(first, [...rest.map(word => operand(word, state)), ...piped])]
    }
  }
  return piped[0]
}

function splitPipes(text: string): readonly string[] {
  return (text.match(/(?:"(?:[^"\\]|\\.)*"|`[^`]*`|\([^()]*\)|[^|])+/g) ?? []).map(part => part.trim())
}

function splitWords(text: string): readonly string[] {
  return text.match(/"(?:[^"\\]|\\.)*"|`[^`]*`|\([^()]*\)|[^\s]+/g) ?? []
}

function isOperand(word: string): boolean {
  return /^[."`(]|^-?\d+$|^(true|false)$/.test(word)
}

function operand(word: string, state: State): YamlValue | undefined {
  if (word.startsWith('"')) return parseString(word)
  if (word.startsWith('`')) return word.slice(1, -1)
  if (word.startsWith('(') && word.endsWith(')')) return evaluate(word.slice(1, -1), state)
  if (/^-?\d+$/.test(word)) return Number(word)
  if (word === 'true' || word === 'false') return word === 'true'
  if (!/^\.$|^(\.[A-Za-z_]\w*)+$/.test(word)) return unknown(`"${word}"`)
  return fieldOf(word, state)
}

function parseString(word: string): string {
  try {
    return JSON.parse(word) as string
  } catch {
    return unknown(word)
  }
}

function fieldOf(word: string, { parameters, missingKeyIsError }: State): YamlValue | undefined {
  let value: YamlValue | undefined = parameters
  for (const key of word.split('.').filter(part => part !== '')) {
    const found: YamlValue | undefined = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
    if (found === undefined && missingKeyIsError) {
      throw new Stop({ kind: 'error', reason: `the template uses "${word}", and an element has no "${key}"` })
    }
    value = found
  }
  return value
}

/** The older templates: `{{name}}` replaced where the parameter is there, left alone where not (applicationset/utils/utils.go). */
export function renderFastTemplate(template: string, parameters: YamlMap): Rendered {
  const tag = /\{\{(.*?)\}\}/gs
  if (tag.test(template) && template.replaceAll(tag, '').includes('{{'))
    return { kind: 'error', reason: 'the template has "{{" without "}}"' }
  const rendered = template.replaceAll(tag, (written: string, inside: string) => {
    const name = inside.trim()
    const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    return typeof value === 'string' ? value : written
  })
  return { kind: 'text', text: rendered }
}
