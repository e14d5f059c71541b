// Reads what a compiled validator of @kubernetes-models knows beyond the types: integers and their formats, enumerations,
// patterns, lengths, ranges. The validators are generated code of one regular shape: a function per sub-schema, whose errors
// name the keyword, and whose calls name the field.

import { existsSync, readFileSync } from 'node:fs'

/** What is known of one place in a schema. */
export interface Facts {
  /** JSON schema keywords: type, format, enum, pattern, minLength … */
  readonly keywords: Readonly<Record<string, unknown>>
  readonly property: (name: string) => Facts
  readonly items: () => Facts
  readonly values: () => Facts
}

export const noFacts: Facts = { keywords: {}, property: () => noFacts, items: () => noFacts, values: () => noFacts }

interface Validator {
  readonly keywords: Record<string, unknown>
  readonly properties: Map<string, string>
  items?: string
  values?: string
}

/** Facts about the schema a validator file checks; none where there is no such file. */
export function readValidator(file: string): Facts {
  if (!existsSync(file)) return noFacts
  const text = readFileSync(file, 'utf8')
  const root = /export const validate=(validate\d+);/.exec(text)?.[1]
  const validators = parseValidators(text)
  const facts = (name: string | undefined): Facts => {
    const validator = name === undefined ? undefined : validators.get(name)
    if (validator === undefined) return noFacts
    return {
      keywords: validator.keywords,
      property: property => facts(validator.properties.get(property)),
      items: () => facts(validator.items),
      values: () => facts(validator.values),
    }
  }
  return facts(root)
}

function parseValidators(text: string): ReadonlyMap<string, Validator> {
  const enums = new Map(
    [...text.matchAll(/let (schema\d+_enum)=(\[(?:"(?:[^"\\]|\\.)*"|[^\]"])*\]);/g)].map(match => [match[1] ?? '', match[2] ?? '']),
  )
  const validators = new Map<string, Validator>()
  for (const part of text.split(/function (?=validate\d+\(data,)/).slice(1)) {
    const name = /^validate\d+/.exec(part)?.[0] ?? ''
    validators.set(name, parseValidator(part, enums))
  }
  return validators
}

const ownError = /\{instancePath,schemaPath:"#\/(\w+)",keyword:"\w+",params:\{([\s\S]*?)\}\};/g
const nestedCall = /(validate\d+)\(data[^,]*,\{instancePath:instancePath\+("\/(?:[^"\\]|\\.)*"|"\/"\+i\d+|"\/"\+key\d+[^,]*),/g

function parseValidator(part: string, enums: ReadonlyMap<string, string>): Validator {
  const validator: Validator = { keywords: {}, properties: new Map() }
  for (const [, keyword = '', params = ''] of part.matchAll(ownError)) {
    const value = valueOf(keyword, params, enums)
    if (value !== undefined) validator.keywords[keyword] = value
  }
  for (const [, target = '', place = ''] of part.matchAll(nestedCall)) {
    if (place.startsWith('"/"+i')) validator.items = target
    else if (place.startsWith('"/"+key')) validator.values = target
    else validator.properties.set((JSON.parse(place) as string).slice(1).replaceAll('~1', '/').replaceAll('~0', '~'), target)
  }
  return validator
}

function valueOf(keyword: string, params: string, enums: ReadonlyMap<string, string>): unknown {
  switch (keyword) {
    case 'type':
      return /^type:"(\w+)"$/.exec(params)?.[1]
    case 'format':
      return /^format:"([^"]+)"$/.exec(params)?.[1]
    case 'enum': {
      const list = enums.get(/^allowedValues:(\w+)$/.exec(params)?.[1] ?? '')
      return list === undefined ? undefined : (JSON.parse(list) as unknown)
    }
    case 'pattern': {
      const pattern = /^pattern:("(?:[^"\\]|\\.)*")$/.exec(params)?.[1]
      return pattern === undefined ? undefined : (JSON.parse(pattern) as unknown)
    }
    case 'minimum':
    case 'maximum':
    case 'minLength':
    case 'maxLength':
    case 'minItems':
    case 'maxItems':
    case 'minProperties':
    case 'maxProperties': {
      const limit = /limit:(-?[\w.]+)/.exec(params)?.[1]
      return limit === undefined ? undefined : Number(limit)
    }
    default:
      return undefined
  }
}
