// Fields, keys and elements: `a.b`, `a.?b`, `a[k]`, `a[?k]`.

import type { Compiled } from './compilation.ts'
import { fail, isCelList, isCelMap, isNumeric, noOverload, Optional, type CelValue } from './values.ts'

export function select(target: Compiled, field: string): Compiled {
  return scope => {
    const value = target(scope)
    if (value instanceof Optional) return selectOptional(value, field)
    if (!isCelMap(value)) return fail(`no such overload: field '${field}' of ${typeof value}`)
    const entry = value.entryOf(field)
    return entry === undefined ? fail(`no such key: ${field}`) : entry.value
  }
}

export function optionalSelect(target: Compiled, field: string): Compiled {
  return scope => selectOptional(target(scope), field)
}

function selectOptional(target: CelValue, field: string): Optional {
  const value = target instanceof Optional ? target.value : target
  if (value === undefined) return new Optional(undefined)
  if (!isCelMap(value)) return fail(`no such overload: field '${field}'`)
  return new Optional(value.entryOf(field)?.value)
}

export function index(target: Compiled, key: Compiled): Compiled {
  return scope => {
    const value = target(scope)
    const at = key(scope)
    if (value instanceof Optional) return value.value === undefined ? value : new Optional(elementOf(value.value, at))
    const found = elementOf(value, at)
    if (found !== undefined) return found
    return fail(isCelList(value) ? `index out of bounds` : `no such key: ${String(at as string)}`)
  }
}

export function optionalIndex(target: Compiled, key: Compiled): Compiled {
  return scope => {
    const holder = target(scope)
    const value = holder instanceof Optional ? holder.value : holder
    return new Optional(value === undefined ? undefined : elementOf(value, key(scope)))
  }
}

function elementOf(value: CelValue, at: CelValue): CelValue | undefined {
  if (isCelMap(value)) return value.entryOf(at)?.value
  if (isCelList(value) && isNumeric(at)) {
    const position = typeof at === 'object' ? Number(at.value) : Number(at)
    return Number.isInteger(position) ? value[position] : fail(`unsupported index value: ${position}`)
  }
  return noOverload('_[_]', [value, at])
}
