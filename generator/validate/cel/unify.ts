// Whether a value of one type may stand where another is wanted, and what the type variables between them then are.
// Follows cel-go's checker/types.go (isAssignable, joinTypes, substitute).

import { dynType, isDynamic, typeVariable, type CelType } from './cel-type.ts'

/** Type variables found out so far, by name. */
export class TypeMapping {
  private known: Map<string, CelType>
  private count = 0

  constructor(known: ReadonlyMap<string, CelType> = new Map()) {
    this.known = new Map(known)
  }

  fresh(): CelType {
    return typeVariable(`#${++this.count}`)
  }

  /** The type with every known variable replaced; what stays unknown becomes dyn when `asDyn`. */
  substitute(type: CelType, asDyn = false): CelType {
    if (type.variable === true) {
      const found = this.known.get(type.name)
      if (found !== undefined) return this.substitute(found, asDyn)
      return asDyn ? dynType : type
    }
    if (type.parameters.length === 0) return type
    return { ...type, parameters: type.parameters.map(parameter => this.substitute(parameter, asDyn)) }
  }

  /** Whether every value fits its place; the variables are kept only then. */
  assignAll(values: readonly CelType[], wanted: readonly CelType[]): boolean {
    const before = new Map(this.known)
    if (values.length === wanted.length && this.agreeAll(values, wanted)) return true
    this.known = before
    return false
  }

  assign(value: CelType, wanted: CelType): boolean {
    return this.assignAll([value], [wanted])
  }

  private agreeAll(a: readonly CelType[], b: readonly CelType[]): boolean {
    return a.length === b.length && a.every((type, index) => this.agree(type, b[index] ?? dynType))
  }

  private agree(a: CelType, b: CelType): boolean {
    if (b.variable === true) {
      const bound = this.bind(a, b)
      if (bound !== 'free') return bound
    }
    if (a.variable === true) return this.bind(b, a) === true
    if (isDynamic(a) || isDynamic(b)) return true
    if (a.name === 'null' || b.name === 'null') return a.name === b.name || isNullable(a.name === 'null' ? b : a)
    if (a.name !== b.name) return false
    // Types of types agree whatever they are types of.
    return a.name === 'type' || this.agreeAll(a.parameters, b.parameters)
  }

  /** Makes `type` the variable's, or finds that it agrees with what it is already; `free` where the variable would hold itself. */
  private bind(type: CelType, variable: CelType): boolean | 'free' {
    if (type.variable === true && type.name === variable.name) return true
    const bound = this.known.get(variable.name)
    if (bound === undefined) {
      if (this.mentions(type, variable)) return 'free'
      this.known.set(variable.name, type)
      return true
    }
    if (!this.agree(type, bound)) return false
    const general = mostGeneral(type, bound)
    if (!this.mentions(general, variable)) this.known.set(variable.name, general)
    return true
  }

  private mentions(type: CelType, variable: CelType): boolean {
    if (type.variable !== true) return type.parameters.some(parameter => this.mentions(parameter, variable))
    if (type.name === variable.name) return true
    const found = this.known.get(type.name)
    return found !== undefined && this.mentions(found, variable)
  }
}

/** Null fits where protobuf has messages: times, opaque values, objects. */
function isNullable(type: CelType): boolean {
  return !plain.has(type.name)
}

const plain: ReadonlySet<string> = new Set(['bool', 'int', 'uint', 'double', 'string', 'bytes', 'list', 'map', 'type'])

/** The one that says less. */
export function mostGeneral(a: CelType, b: CelType): CelType {
  return isLessSpecific(a, b) ? a : b
}

function isLessSpecific(a: CelType, b: CelType): boolean {
  if (isDynamic(a) || a.variable === true) return true
  if (isDynamic(b) || b.variable === true) return false
  if (a.name !== b.name || a.parameters.length !== b.parameters.length) return false
  return a.name === 'type' || a.parameters.every((part, index) => isLessSpecific(part, b.parameters[index] ?? dynType))
}
