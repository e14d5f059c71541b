// The state of one walk of the interpreter, and how a finding leaves it.

import type { DiagnosticCode, Severity } from '../../diagnostics/diagnostic.ts'
import { pointer } from '../../manifest/pointer.ts'
import type { YamlValue } from '../../manifest/value.ts'
import { jsonText } from '../../manifest/json-text.ts'

/** A finding before it is tied to a resource: the same object may stand in several overlays. */
export interface RawFinding {
  readonly code: DiagnosticCode
  readonly pointer: string
  readonly message: string
  readonly help?: string
  readonly severity?: Severity
  readonly on?: 'key' | 'value'
}

export interface Walk {
  /** Keys and indices from the object's root to the value at hand. */
  readonly path: (string | number)[]
  readonly findings: RawFinding[]
  /** A custom resource: null, the empty string and enumerations are held to its schema exactly. */
  readonly custom: boolean
  /** Numbers of custom resources are held to their format, too: the server of 1.36 is the first that does. */
  readonly numberFormats?: boolean
  /** Required fields are not looked for: inside a status, which the server ignores on create. */
  lenient: boolean
  /** The value is a default itself: nothing is filled in below it, so that a required field has to be there. */
  readonly defaulting?: true
  /** The value belongs to a Secret's data: no message may show it. */
  secret: boolean
  /** Unknown fields are dropped in silence here, whatever the field validation asked for. */
  dropsUnknown?: boolean
  /** The object was encrypted with SOPS: a value may be a cipher text, whatever its field wants. */
  readonly encrypted?: boolean
  /** Names that unknown fields of the object at hand were probably meant to be. */
  unknown: Set<string> | undefined
  /** The first later Kubernetes version that knows the field at a path. */
  readonly laterVersion?: (path: readonly (string | number)[]) => string | undefined
}

export function report(walk: Walk, code: DiagnosticCode, finding: Omit<RawFinding, 'code' | 'pointer'>): void {
  walk.findings.push({ code, pointer: pointer(...walk.path), ...finding })
}

/** Whether an API server of a version holds the numbers of custom resources to their format. */
export function knowsNumberFormats(version: string): boolean {
  return Number(version.split('.')[1]) >= 36
}

/** A walk whose findings do not count: to try the branches of anyOf and oneOf. */
export function trial(walk: Walk): Walk {
  return {
    path: [...walk.path],
    findings: [],
    custom: walk.custom,
    lenient: walk.lenient,
    secret: walk.secret,
    ...(walk.numberFormats === undefined ? {} : { numberFormats: walk.numberFormats }),
    ...(walk.encrypted === undefined ? {} : { encrypted: walk.encrypted }),
    unknown: undefined,
  }
}

/** A text with its line ends and tabs spelled out. */
export function onOneLine(text: string): string {
  return /[\n\r\t]/.test(text) ? text.replaceAll(/[\n\r\t]/g, sign => JSON.stringify(sign).slice(1, -1)) : text
}

/** A scalar in double quotes, on one line and shortened. */
export function quote(value: YamlValue): string {
  const text = onOneLine(typeof value === 'object' ? jsonText(value) : String(value))
  return `"${text.length > 80 ? `${text.slice(0, 77)}…` : text}"`
}

/** `the number "80"`, `a list`; without the value where it is secret. */
export function describeValue(value: YamlValue, secret = false): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a map'
  const kind = typeof value === 'bigint' ? 'number' : typeof value
  return secret ? `a ${kind}` : `the ${kind} ${quote(value)}`
}
