// Named formats: `format.dns1123Label().validate(name)` gives the faults, or nothing.
// k8s.io/apiserver/pkg/cel/library/format.go

import {
  dns1035LabelFault,
  dns1123LabelFault,
  dns1123SubdomainFault,
  labelValueFault,
  qualifiedNameFault,
  type NameCheck,
} from '../../../manifest/names.ts'
import type { CelFunction } from '../compilation.ts'
import { parseTimestamp } from '../time.ts'
import { isOpaque, noOverload, Optional, type Opaque } from '../values.ts'
import { urlFunctions } from './url.ts'

export class FormatValue implements Opaque {
  readonly celType = 'kubernetes.NamedFormat'
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
  equals(other: Opaque): boolean {
    return other instanceof FormatValue && other.name === this.name
  }
}

/** A generated name ends in a dash that the suffix will follow. */
function asPrefix(check: NameCheck): NameCheck {
  return value => check(value.endsWith('-') ? `${value.slice(0, -1)}a` : value)
}

function shape(test: (value: string) => boolean, fault: string): NameCheck {
  return value => (test(value) ? undefined : fault)
}

const uuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

const formats: Readonly<Record<string, NameCheck>> = {
  dns1123Label: dns1123LabelFault,
  dns1123Subdomain: dns1123SubdomainFault,
  dns1035Label: dns1035LabelFault,
  qualifiedName: qualifiedNameFault,
  dns1123LabelPrefix: asPrefix(dns1123LabelFault),
  dns1123SubdomainPrefix: asPrefix(dns1123SubdomainFault),
  dns1035LabelPrefix: asPrefix(dns1035LabelFault),
  labelValue: labelValueFault,
  uri: shape(value => urlFunctions['isURL']?.(value) === true, 'invalid URI'),
  uuid: shape(value => uuid.test(value), 'does not match the UUID format'),
  byte: shape(value => base64.test(value), 'invalid base64'),
  date: shape(value => parseTimestamp(`${value}T00:00:00Z`) !== undefined, 'invalid date'),
  datetime: shape(value => parseTimestamp(value) !== undefined, 'invalid datetime'),
}

const constructors = Object.keys(formats).map(name => [`format.${name}`, () => new FormatValue(name)] as const)

export const formatFunctions: Readonly<Record<string, CelFunction>> = {
  ...Object.fromEntries(constructors),
  'format.named': (name = null) =>
    typeof name === 'string'
      ? new Optional(Object.hasOwn(formats, name) ? new FormatValue(name) : undefined)
      : noOverload('format.named', [name]),
  '.validate': (format = null, text = null) => {
    if (!isOpaque(format) || !(format instanceof FormatValue) || typeof text !== 'string') {
      return noOverload('validate', [format, text])
    }
    const fault = formats[format.name]?.(text)
    return new Optional(fault === undefined ? undefined : [fault])
  },
}
