// One unquoted word, read by the rules of four readers: kustomize (go-yaml 3), kubectl (go-yaml 2), and the two versions of YAML
// as their specifications have it (yaml.org/type of 1.1, the core schema of 1.2).

import { kindOfPlain, resolvePlain, type ScalarRules } from './scalar-rules.ts'

/** What readers make of a word: `string`, `null`, `boolean true`, `integer 493`, `number 1000`, `timestamp`. */
export interface Readings {
  readonly kustomize: string
  readonly kubectl: string
  readonly yaml11: string
  readonly yaml12: string
}

/** The readings of a plain scalar, or undefined where all readers agree. */
export function readingsOf(text: string): Readings | undefined {
  const readings = {
    kustomize: goReading(text, 'go-yaml-3'),
    kubectl: goReading(text, 'yaml-1.1'),
    yaml11: reading11(text),
    yaml12: reading12(text),
  }
  return new Set(Object.values(readings)).size === 1 ? undefined : readings
}

function goReading(text: string, rules: ScalarRules): string {
  const kind = kindOfPlain(text, rules)
  // kubectl hands timestamps on as the text they are; kustomize writes them out.
  if (kind === 'timestamp') return rules === 'go-yaml-3' ? 'timestamp' : 'string'
  if (kind === 'string') return 'string'
  return kind === 'null' ? 'null' : `${kind === 'float' ? 'number' : kind} ${String(resolvePlain(text, rules))}`
}

const yes11 = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/
const no11 = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/
const nullSyntax = /^(?:~|null|Null|NULL|)$/
const integer11 = /^[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0[0-7_]*|[1-9][0-9_]*)$/
const sexagesimal = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/
const float11 = /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*(?:[eE][-+][0-9]+)?$/
const special = /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/
const timestamp11 = /^[0-9]{4}-(?:[0-9]{2}-[0-9]{2}$|[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2})/

function reading11(text: string): string {
  if (yes11.test(text)) return 'boolean true'
  if (no11.test(text)) return 'boolean false'
  if (nullSyntax.test(text)) return 'null'
  if (special.test(text)) return `number ${specialValue(text)}`
  if (integer11.test(text)) return `integer ${integerValue(text.replaceAll('_', ''), true)}`
  if (sexagesimal.test(text)) return sexagesimalReading(text.replaceAll('_', ''))
  if (float11.test(text) && /[0-9]/.test(text)) return `number ${Number(text.replaceAll('_', ''))}`
  return timestamp11.test(text) ? 'timestamp' : 'string'
}

function reading12(text: string): string {
  if (/^(?:true|True|TRUE)$/.test(text)) return 'boolean true'
  if (/^(?:false|False|FALSE)$/.test(text)) return 'boolean false'
  if (nullSyntax.test(text)) return 'null'
  if (special.test(text)) return `number ${specialValue(text)}`
  if (/^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/.test(text)) return `integer ${integerValue(text, false)}`
  if (/^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/.test(text)) return `number ${Number(text)}`
  return 'string'
}

function specialValue(text: string): string {
  return text.endsWith('n') || text.endsWith('N') ? 'NaN' : text.startsWith('-') ? '-Infinity' : 'Infinity'
}

function integerValue(text: string, oldOctals: boolean): string {
  const negative = text.startsWith('-')
  const digits = text.replace(/^[-+]/, '')
  const value = oldOctals && /^0[0-7]+$/.test(digits) ? BigInt(`0o${digits}`) : BigInt(digits)
  return String(negative ? -value : value)
}

function sexagesimalReading(text: string): string {
  const sign = text.startsWith('-') ? -1 : 1
  const value = text
    .replace(/^[-+]/, '')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0)
  return `${text.includes('.') ? 'number' : 'integer'} ${sign * value}`
}
