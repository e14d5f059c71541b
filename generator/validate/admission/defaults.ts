// Steps that fill in what a manifest leaves out, for tables of what the API server does on create. Nothing is mutated, and what is
// complete already comes back as it is.

import { asList, isList, isMap, type YamlMap, type YamlValue } from '../../manifest/value.ts'

/** Fills in one object, or one part of it. */
export type Step = (map: YamlMap) => YamlMap

/** Several steps after each other. */
export function steps(...all: readonly Step[]): Step {
  return map => all.reduce((filled, step) => step(filled), map)
}

/** Adds the fields that are absent or null. */
export function fields(defaults: YamlMap): Step {
  return map => {
    const missing = Object.keys(defaults).filter(name => map[name] === undefined || map[name] === null)
    return missing.length === 0 ? map : { ...map, ...Object.fromEntries(missing.map(name => [name, defaults[name]])) }
  }
}

/** A step for the map under a field, where there is one. */
export function within(field: string, step: Step): Step {
  return map => {
    const value = map[field]
    return isMap(value) ? { ...map, [field]: step(value) } : map
  }
}

/** A step for each map of the list under a field. */
export function each(field: string, step: Step): Step {
  return map => {
    const list = map[field]
    if (!isList(list)) return map
    return { ...map, [field]: list.map(item => (isMap(item) ? step(item) : item)) }
  }
}

/** A step for some maps only. */
export function when(condition: (map: YamlMap) => boolean, step: Step): Step {
  return map => (condition(map) ? step(map) : map)
}

const keptEmpty = new Set(['rules', 'subjects', 'containers', 'imagePullSecrets'])

/** Without nulls and empty lists, which typed objects do not keep; labels and annotations go too when they are empty. */
export function withoutEmpty(map: YamlMap): YamlMap {
  return Object.fromEntries(
    Object.entries(map)
      .filter(([key, value]) => value !== null && value !== undefined && !isEmpty(key, value))
      .map(([key, value]) => [key, withoutEmptyValue(value)]),
  )
}

function withoutEmptyValue(value: YamlValue | undefined): YamlValue | undefined {
  if (isMap(value)) return withoutEmpty(value)
  return isList(value) ? asList(value).map(item => (isMap(item) ? withoutEmpty(item) : item)) : value
}

function isEmpty(key: string, value: YamlValue): boolean {
  if (isList(value)) return value.length === 0 && !keptEmpty.has(key)
  return (key === 'labels' || key === 'annotations') && isMap(value) && Object.keys(value).length === 0
}
