// The static types of CEL: what an expression can be known to give before there is data.
// https://github.com/google/cel-spec/blob/master/doc/langdef.md#gradual-type-checking

export interface CelType {
  /** `int`, `list`, `net.IP`, the path of an object's schema; of a type variable, its own name. */
  readonly name: string
  /** Of lists, maps, optionals and types. */
  readonly parameters: readonly CelType[]
  /** A type not known yet: a parameter of a signature, or the element of an empty list. */
  readonly variable?: true
  /** Of objects with named fields: the type of a field. */
  readonly fieldOf?: (name: string) => CelType | undefined
}

/** A type without parameters, by name. */
export function simpleType(name: string): CelType {
  return { name, parameters: [] }
}

export const dynType = simpleType('dyn')
/** What a value is that may be anything by declaration; to the server not the same as dyn, where a certain result is wanted. */
export const anyType = simpleType('any')
export const boolType = simpleType('bool')
export const intType = simpleType('int')
export const doubleType = simpleType('double')
export const stringType = simpleType('string')
export const bytesType = simpleType('bytes')
export const nullType = simpleType('null')
export const timestampType = simpleType('timestamp')
export const durationType = simpleType('duration')
/** Of what is wrong already: agrees with everything, so that one mistake is told once. */
export const errorType = simpleType('!error!')

export function listType(element: CelType): CelType {
  return { name: 'list', parameters: [element] }
}

export function mapType(key: CelType, value: CelType): CelType {
  return { name: 'map', parameters: [key, value] }
}

export function optionalType(value: CelType): CelType {
  return { name: 'optional_type', parameters: [value] }
}

/** The type of a type's name. */
export function typeType(of: CelType): CelType {
  return { name: 'type', parameters: [of] }
}

/** An object with named fields. The name has to be its own: types are equal when their names are. */
export function objectType(name: string, fieldOf: (name: string) => CelType | undefined): CelType {
  return { name, parameters: [], fieldOf }
}

export function typeVariable(name: string): CelType {
  return { name, parameters: [], variable: true }
}

/** What an optional holds, or the type itself. */
export function unwrapOptional(type: CelType): { readonly type: CelType; readonly optional: boolean } {
  return type.name === 'optional_type' && type.variable !== true
    ? { type: type.parameters[0] ?? dynType, optional: true }
    : { type, optional: false }
}

/** Agrees with everything: dyn, and what is wrong already. */
export function isDynamic(type: CelType): boolean {
  return type.variable !== true && (type.name === 'dyn' || type.name === 'any' || type.name === errorType.name)
}

/** Equal, parameters and all; type variables are equal to each other. */
export function sameType(a: CelType, b: CelType): boolean {
  if (a.variable === true || b.variable === true) return a.variable === b.variable
  return (
    a.name === b.name &&
    a.parameters.length === b.parameters.length &&
    a.parameters.every((parameter, index) => sameType(parameter, b.parameters[index] ?? dynType))
  )
}

/** `map(string, list(int))` */
export function formatType(type: CelType): string {
  if (type.parameters.length === 0) return type.name
  return `${type.name}(${type.parameters.map(formatType).join(', ')})`
}
