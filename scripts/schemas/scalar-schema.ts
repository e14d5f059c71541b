// Scalars of committed schemas in their shortest spelling, and the limits that a validator sets.

import type { Facts } from './read-validator.ts'

/** A schema of the committed form: a type expression, or JSON schema keywords over nested ones. */
export type Schema = string | { readonly [keyword: string]: unknown }

const limitNames = ['pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'minProperties', 'maxProperties']

export function limits({ keywords }: Facts): Record<string, unknown> {
  return Object.fromEntries(limitNames.filter(name => keywords[name] !== undefined).map(name => [name, keywords[name]]))
}

/** A scalar in its shortest spelling. */
export function withLimits(facts: Facts, type: 'string' | 'number'): Schema {
  const { keywords } = facts
  const kept = limits(facts)
  const exact = type === 'number' && keywords['type'] === 'integer' ? 'integer' : type
  const format = typeof keywords['format'] === 'string' ? keywords['format'] : undefined
  const short = shortForms[`${exact} ${format ?? ''}`]
  const values = keywords['enum']
  if (Array.isArray(values) && values.every(value => typeof value === 'string' && !value.includes('|'))) {
    return `=${values.join('|')}`
  }
  if (short !== undefined && Object.keys(kept).length === 0) return short
  return { type: exact, ...(format === undefined ? {} : { format }), ...kept }
}

const shortForms: Readonly<Record<string, string>> = {
  'string ': 'string',
  'string byte': 'byte',
  'string date-time': 'date-time',
  'number ': 'number',
  'integer ': 'integer',
  'integer int32': 'int32',
  'integer int64': 'int64',
}
