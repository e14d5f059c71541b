// One walk over one object on behalf of all API-server rules: what the walk may ask, and where its findings go.
// Versions are compared by their minor number: the declared ones may be several, and a refusal by any of them counts.

import type { Resource } from '../../../manifest/resource.ts'
import type { NameCheck } from '../../../manifest/names.ts'
import { onOneLine } from '../walk.ts'
import { at, count, integer, isSet, mapOf, optionalText, text, type Field } from './field.ts'
import type { RuleName } from './rule-names.ts'

export interface Refusal {
  readonly at: Field
  readonly message: string
  readonly help?: string
  readonly on?: 'key'
}

export interface Inspection {
  readonly resource: Resource
  readonly root: Field
  /** Minor number of the oldest declared Kubernetes version: what is accepted since 1.n is accepted when this is at least n. */
  readonly oldest: number
  /** Minor number of the newest declared Kubernetes version: what is refused since 1.n is refused when this is at least n. */
  readonly newest: number
  readonly refuse: (name: RuleName, refusal: Refusal) => void
}

/** `"value"`, on one line and shortened when long: how messages quote. */
export function quote(value: unknown): string {
  const shown = onOneLine(typeof value === 'string' ? value : String(value as number))
  return `"${shown.length > 80 ? `${shown.slice(0, 77)}...` : shown}"`
}

/** Refuses a text that fails a check. `what` names the field in the message. */
export function refuseFault(
  inspection: Inspection,
  name: RuleName,
  { field, what, check, help }: { field: Field; what: string; check: NameCheck; help?: string },
): void {
  const value = optionalText(field)
  if (value === undefined) return
  const fault = check(value)
  if (fault === undefined) return
  inspection.refuse(name, {
    at: field,
    message: `${what} ${quote(value)} ${fault}`,
    ...(help === undefined ? {} : { help }),
  })
}

/** Refuses a name where there is one and it fails a check; an empty text counts as none. */
export function refuseNameFault(
  inspection: Inspection,
  name: RuleName,
  options: { field: Field; what: string; check: NameCheck },
): void {
  if (text(options.field) !== '') refuseFault(inspection, name, options)
}

/** Refuses a whole number outside a range. */
export function refuseOutside(
  inspection: Inspection,
  field: Field,
  { what, min, max }: { what: string; min: number; max?: number },
): void {
  const value = integer(field)
  if (value === undefined || (value >= min && (max === undefined || value <= max))) return
  inspection.refuse('out-of-range', {
    at: field,
    message: `${what} ${quote(value)} must be ${max === undefined ? `${min} or more` : `between ${min} and ${max}`}`,
  })
}

/**
 * Refuses an empty text, list or map, and an absent one unless the schema requires it (then its absence is the structural
 * check's finding).
 */
export function refuseEmpty(
  inspection: Inspection,
  field: Field,
  { what, inSchema = false, help }: { what: string; inSchema?: boolean; help?: string },
): boolean {
  const { value } = field
  const empty = value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  if (!empty && (isSet(field) || inSchema)) return false
  inspection.refuse('missing-value', {
    at: field,
    message: empty ? `${what} must not be empty` : `${what} is missing`,
    help: help ?? `Set ${what}.`,
  })
  return true
}

/** Refuses a field that must not be there. */
export function refuseSet(inspection: Inspection, field: Field, why: string, help?: string): void {
  if (!isSet(field)) return
  inspection.refuse('forbidden-field', {
    at: field,
    on: 'key',
    message: `"${field.key}" must not be set ${why}`,
    ...(help === undefined ? {} : { help }),
  })
}

/** The fields of a map that are set, of those named. */
export function setFields(field: Field, keys: readonly string[]): readonly Field[] {
  const map = mapOf(field)
  if (map === undefined) return []
  return keys.filter(key => Object.hasOwn(map, key) && (map[key] ?? undefined) !== undefined).map(key => at(field, key))
}

/** Refuses all but the first of fields that exclude each other, and returns the first. */
export function refuseMoreThanOne(
  inspection: Inspection,
  name: RuleName,
  { field, keys, what }: { field: Field; keys: readonly string[]; what: string },
): Field | undefined {
  const [first, ...others] = setFields(field, keys)
  for (const other of others) {
    inspection.refuse(name, {
      at: other,
      on: 'key',
      message: `${what} has both "${first?.key}" and "${other.key}", but may have only one of them`,
      help: `Keep one of "${first?.key}" and "${other.key}".`,
    })
  }
  return first
}

/** Refuses a text that is none of the allowed ones; absent and mistyped ones pass. */
export function refuseUnsupported(
  inspection: Inspection,
  name: RuleName,
  { field, what, allowed }: { field: Field; what: string; allowed: readonly string[] },
): void {
  const value = optionalText(field)
  if (value === undefined || allowed.includes(value)) return
  inspection.refuse(name, {
    at: field,
    message: `${what} is ${quote(value)}, allowed: ${allowed.filter(one => one !== '').join(', ')}`,
  })
}

/** Refuses a text that stood earlier in the list. */
export function refuseRepeated(inspection: Inspection, fields: readonly Field[], what: string): void {
  const seen = new Set<string>()
  for (const field of fields) {
    const value = text(field)
    if (seen.has(value)) {
      inspection.refuse('duplicate-entry', { at: field, message: `${what} ${quote(value)} is listed twice` })
    }
    seen.add(value)
  }
}

/** Refuses a list or map with more entries than the server takes. */
export function refuseTooMany(inspection: Inspection, field: Field, limit: number): void {
  if (count(field) <= limit) return
  inspection.refuse('out-of-range', {
    at: field,
    message: `${field.key} has ${count(field)} entries, at most ${limit} are allowed`,
  })
}

/** The spec of an object, which the server needs although the schema does not ask for it; undefined where it is not a map. */
export function requireSpec(inspection: Inspection): Field | undefined {
  const spec = at(inspection.root, 'spec')
  if (isSet(spec)) return mapOf(spec) === undefined ? undefined : spec
  inspection.refuse('missing-value', {
    at: spec,
    message: `spec of the ${inspection.resource.kind} is missing`,
    help: 'Describe what the object should be under spec.',
  })
  return undefined
}
