// What a platform's own rule yields, taken for a finding only where it is one: the rule is evaluated without its types being checked.

import type { Place, Resource } from '../../manifest/resource.ts'
import { isMap } from '../../manifest/value.ts'
import type { Finding } from '../rule.ts'

const severities: readonly unknown[] = ['error', 'warning', 'info']

/**
 * The finding, copied; or what is wrong with it, as half a sentence whose subject is the rule.
 * @param members the objects of the run: a finding is about one of them
 */
export function readFinding(
  yielded: unknown,
  members: ReadonlySet<unknown>,
): { readonly finding: Finding } | { readonly problem: string } {
  if (!isMap(yielded)) return { problem: `yields ${describeValue(yielded)}, not a finding` }
  const { at, message, help, severity, related = [] } = yielded as Readonly<Record<string, unknown>>
  const place = readPlace(at, members)
  const notes = readNotes(related, members)
  if (typeof message !== 'string' || message.trim() === '') return { problem: 'yields a finding without a message' }
  if (place === undefined) return { problem: `yields a finding whose "at" is ${noPlace}` }
  if (notes === undefined) return { problem: 'yields a finding whose "related" is no list of places and notes' }
  const problem = problemOfOptions(help, severity)
  if (problem !== undefined) return { problem }
  const options = {
    ...(help === undefined ? {} : { help }),
    ...(severity === undefined ? {} : { severity }),
  } as Options
  return { finding: { at: place, message, ...options, ...(notes.length === 0 ? {} : { related: notes }) } }
}

const noPlace = 'not an object of this run and a JSON pointer into it'

type Options = Pick<Finding, 'help' | 'severity'>

function problemOfOptions(help: unknown, severity: unknown): string | undefined {
  if (help !== undefined && typeof help !== 'string') return 'yields a finding whose "help" is no text'
  if (severity === undefined || severities.includes(severity)) return undefined
  return `yields a finding of severity ${describeValue(severity)}, not error, warning or info`
}

/** A value in a few words, for messages. */
export function describeValue(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean')
    return `${value}`
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60))
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function readPlace(at: unknown, members: ReadonlySet<unknown>): Place | undefined {
  if (!isMap(at)) return undefined
  const { resource, pointer, on } = at as Readonly<Record<string, unknown>>
  if (!members.has(resource) || typeof pointer !== 'string' || !/^(?:\/|$)/.test(pointer)) return undefined
  if (on !== undefined && on !== 'key' && on !== 'value') return undefined
  return { resource: resource as Resource, pointer, ...(on === undefined ? {} : { on }) }
}

function readNotes(related: unknown, members: ReadonlySet<unknown>): Finding['related'] {
  if (!Array.isArray(related)) return undefined
  const notes: { readonly at: Place; readonly note: string }[] = []
  for (const entry of related as readonly unknown[]) {
    const { at, note } = (isMap(entry) ? entry : {}) as Readonly<Record<string, unknown>>
    const place = readPlace(at, members)
    if (place === undefined || typeof note !== 'string') return undefined
    notes.push({ at: place, note })
  }
  return notes
}
