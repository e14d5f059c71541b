// Semantic versions 2.0.0. k8s.io/apiserver/pkg/cel/library/semver.go

import type { CelFunction } from '../compilation.ts'
import { fail, isOpaque, noOverload, type CelValue, type Opaque } from '../values.ts'

interface Version {
  readonly numbers: readonly [bigint, bigint, bigint]
  readonly prerelease: readonly string[]
}

export class SemverValue implements Opaque {
  readonly celType = 'kubernetes.Semver'
  readonly version: Version
  constructor(version: Version) {
    this.version = version
  }
  equals(other: Opaque): boolean {
    return other instanceof SemverValue && compareVersions(this.version, other.version) === 0
  }
}

const identifier = '[0-9A-Za-z-]+'
const text = new RegExp(
  `^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-(${identifier}(?:\\.${identifier})*))?(?:\\+${identifier}(?:\\.${identifier})*)?$`,
)

function parse(version: string): Version | undefined {
  const match = text.exec(version)
  if (match === null) return undefined
  const prerelease = match[4]?.split('.') ?? []
  if (prerelease.some(part => /^0\d+$/.test(part))) return undefined
  return { numbers: [BigInt(match[1] ?? 0), BigInt(match[2] ?? 0), BigInt(match[3] ?? 0)], prerelease }
}

/** Tolerates a leading v, missing minor and patch numbers, and leading zeros. */
function normalize(version: string): string {
  const match = /^v?(\d+(?:\.\d+){0,2})((?:[-+].*)?)$/.exec(version)
  if (match === null) return version
  const numbers = (match[1] ?? '').split('.').map(part => part.replace(/^0+(?=\d)/, ''))
  if (numbers.length < 3 && match[2] !== '') return version
  return [...numbers, '0', '0'].slice(0, 3).join('.') + (match[2] ?? '')
}

function read(version: CelValue, tolerant: CelValue = false): Version | undefined {
  if (typeof version !== 'string' || typeof tolerant !== 'boolean') return noOverload('semver', [version, tolerant])
  return parse(tolerant ? normalize(version) : version)
}

function compareVersions(a: Version, b: Version): number {
  for (const [index, number] of a.numbers.entries()) {
    const other = b.numbers[index] ?? 0n
    if (number !== other) return number < other ? -1 : 1
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0) return b.prerelease.length - a.prerelease.length
  return comparePrereleases(a.prerelease, b.prerelease)
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index]
    if (other === undefined) return 1
    if (part === other) continue
    const numbers = [part, other].map(one => /^\d+$/.test(one))
    if (numbers[0] === true && numbers[1] === true) return BigInt(part) < BigInt(other) ? -1 : 1
    if (numbers[0] !== numbers[1]) return numbers[0] === true ? -1 : 1
    return part < other ? -1 : 1
  }
  return a.length - b.length
}

function onSemver(name: string, apply: (version: Version, other: CelValue) => CelValue): CelFunction {
  return (value = null, other = null) =>
    isOpaque(value) && value instanceof SemverValue ? apply(value.version, other) : noOverload(name, [value])
}

function comparison(name: string, test: (order: number) => CelValue): CelFunction {
  return onSemver(name, (version, other) =>
    isOpaque(other) && other instanceof SemverValue
      ? test(compareVersions(version, other.version))
      : noOverload(name, [other]),
  )
}

export const semverFunctions: Readonly<Record<string, CelFunction>> = {
  semver: (version = null, tolerant) => {
    const parsed = read(version, tolerant)
    return parsed === undefined ? fail('No Major.Minor.Patch elements found') : new SemverValue(parsed)
  },
  isSemver: (version = null, tolerant) => read(version, tolerant) !== undefined,
  '.major': onSemver('major', ({ numbers }) => numbers[0]),
  '.minor': onSemver('minor', ({ numbers }) => numbers[1]),
  '.patch': onSemver('patch', ({ numbers }) => numbers[2]),
}

export const semverComparisons: Readonly<Record<string, CelFunction>> = {
  isLessThan: comparison('isLessThan', order => order < 0),
  isGreaterThan: comparison('isGreaterThan', order => order > 0),
  compareTo: comparison('compareTo', order => BigInt(Math.sign(order))),
}
