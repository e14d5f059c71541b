// Whether a platform has the shape its types ask for. An editor says the same while the file is written; this says it where none
// was asked: a misspelt setting would otherwise be ignored, and what it was to change would be deployed unchanged.

import { hint } from '../../diagnostics/suggest.ts'
import type { Component } from '../component.ts'
import type { ModelEntry, ModelFinding } from '../model-finding.ts'
import { modelShape } from '../model-shape.ts'
import type { Platform } from '../platform.ts'
import type { Shape } from '../shape.ts'

/** Everything that has not the declared shape; where anything has not, no other check can rely on it. */
export function checkShape(platform: Platform): readonly ModelFinding[] {
  const { name, settings, site } = platform
  const declared: unknown = (settings as Partial<Platform['settings']> | undefined)?.components
  const walk: Walk = {
    met: new Set(),
    componentTypes: new Map(
      (Array.isArray(declared) ? declared.filter(isComponent) : []).map(one => [one.name, one.type]),
    ),
  }
  const entry = { site, path: [] }
  const findings = [
    ...(typeof name === 'string' ? [] : [wrongType(name, 'the name of the platform', entry)]),
    ...mismatches(settings, modelShape.settings, entry, walk),
  ]
  // Components use components: the set grows while it is read.
  for (const component of walk.met) {
    const inside = { site: component.site, path: [] }
    findings.push(...mismatches(component.settings, modelShape.components[component.type] ?? 'any', inside, walk))
  }
  return findings.map(inEnvironment)
}

interface Walk {
  /** Name of each declared component to its type. */
  readonly componentTypes: ReadonlyMap<string, string>
  /** Components found so far, each once. */
  readonly met: Set<Component>
}

function mismatches(value: unknown, shape: Shape, at: ModelEntry, walk: Walk): readonly ModelFinding[] {
  if (typeof shape === 'string') return ofNamedShape(value, shape, at, walk)
  if ('ref' in shape) return mismatches(value, modelShape.shapes[shape.ref] ?? 'any', at, walk)
  if ('oneOf' in shape) return closest(shape.oneOf.map(one => mismatches(value, one, at, walk)))
  if ('prefix' in shape || 'values' in shape) return ofScalar(value, shape, at)
  if ('list' in shape) {
    if (!Array.isArray(value)) return [wrongType(value, 'a list', at)]
    return value.flatMap((item, index) => mismatches(item, shape.list, below(at, String(index)), walk))
  }
  if (!isObject(value)) return [wrongType(value, 'an object', at)]
  if ('map' in shape) {
    return Object.entries(value).flatMap(([key, item]) => mismatches(item, shape.map, below(at, key), walk))
  }
  return ofFields(value, shape, at, walk)
}

function ofScalar(
  value: unknown,
  shape: Extract<Shape, { readonly prefix: string } | { readonly values: unknown }>,
  at: ModelEntry,
): readonly ModelFinding[] {
  if ('prefix' in shape) {
    if (typeof value !== 'string') return [wrongType(value, 'a string', at)]
    return value.startsWith(shape.prefix) ? [] : [wrongValue(value, `must start with "${shape.prefix}"`, at)]
  }
  if (shape.values.some(one => one === value)) return []
  const allowed = shape.values.map(String)
  if (typeof value !== typeof shape.values[0]) return [wrongType(value, allowed.map(quoted).join(' or '), at)]
  return [wrongValue(value, `is not possible here${hint(String(value), allowed)}`, at)]
}

function ofNamedShape(value: unknown, shape: Shape & string, at: ModelEntry, walk: Walk): readonly ModelFinding[] {
  switch (shape) {
    case 'any':
      return []
    case 'component':
      if (!isComponent(value)) return [wrongType(value, 'a component: what service(), postgres() … return', at)]
      walk.met.add(value)
      return []
    case 'overrides':
      if (!isObject(value)) return [wrongType(value, 'an object', at)]
      return Object.entries(value).flatMap(([name, changes]) => ofOverrides(name, changes, below(at, name), walk))
    default:
      return typeof value === shape ? [] : [wrongType(value, `a ${shape}`, at)]
  }
}

/** Part of a component's settings. A name that is no component's is another check's finding. */
function ofOverrides(name: string, changes: unknown, at: ModelEntry, walk: Walk): readonly ModelFinding[] {
  const type = walk.componentTypes.get(name)
  const shape = resolved(modelShape.components[type ?? ''] ?? 'any')
  if (typeof shape === 'string' || !('fields' in shape)) return []
  return mismatches(changes, { fields: shape.fields, required: [] }, at, walk)
}

function ofFields(
  value: Readonly<Record<string, unknown>>,
  { fields, required }: Extract<Shape, { readonly fields: unknown }>,
  at: ModelEntry,
  walk: Walk,
): readonly ModelFinding[] {
  const missing = required.filter(name => value[name] === undefined)
  return [
    ...Object.entries(value).flatMap(([name, item]) => {
      const shape = Object.hasOwn(fields, name) ? fields[name] : undefined
      if (shape === undefined) return [unknownSetting(name, Object.keys(fields), below(at, name))]
      return item === undefined ? [] : mismatches(item, shape, below(at, name), walk)
    }),
    ...missing.map(name => missingSetting(name, at)),
  ]
}

/** Of several shapes the one that fits best: that with the fewest complaints, the first of equals. */
function closest(complaints: readonly (readonly ModelFinding[])[]): readonly ModelFinding[] {
  return complaints.reduce((best, one) => (weight(one) < weight(best) ? one : best))
}

/** A member with another `type` is another thing altogether. */
function weight(findings: readonly ModelFinding[]): number {
  return findings.reduce((sum, { entry }) => sum + (entry.path.at(-1) === 'type' ? 100 : 1), 0)
}

function resolved(shape: Shape): Shape {
  return typeof shape === 'object' && 'ref' in shape ? resolved(modelShape.shapes[shape.ref] ?? 'any') : shape
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isComponent(value: unknown): value is Component {
  return (
    isObject(value) && typeof value['name'] === 'string' && Object.hasOwn(modelShape.components, String(value['type']))
  )
}

function below({ site, path }: ModelEntry, key: string): ModelEntry {
  return { site, path: [...path, key] }
}

function inEnvironment(finding: ModelFinding): ModelFinding {
  const [first, name] = finding.entry.path
  return first === 'environments' && name !== undefined ? { ...finding, environment: name } : finding
}

function unknownSetting(name: string, known: readonly string[], entry: ModelEntry): ModelFinding {
  return {
    entry,
    code: 'model/unknown-setting',
    message: `there is no setting "${name}" here${hint(name, known)}`,
    help: 'Correct the name, move it where it belongs, or remove it.',
  }
}

function missingSetting(name: string, entry: ModelEntry): ModelFinding {
  return {
    entry,
    code: 'model/missing-setting',
    message: `the setting "${name}" is missing`,
    help: 'Add it: it has no default.',
  }
}

function wrongType(value: unknown, wanted: string, entry: ModelEntry): ModelFinding {
  return {
    entry,
    code: 'model/wrong-type',
    message: `${described(value)} is given where ${wanted} is wanted`,
    help: 'Write a value of that type.',
  }
}

function wrongValue(value: unknown, problem: string, entry: ModelEntry): ModelFinding {
  return {
    entry,
    code: 'model/wrong-value',
    message: `${quoted(String(value))} ${problem}`,
    help: 'Write one of the values that the setting knows.',
  }
}

function described(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (isObject(value)) return 'an object'
  if (value === null || value === undefined) return String(value)
  return `the ${typeof value} ${quoted(String(value as string | number | boolean))}`
}

function quoted(text: string): string {
  return `"${text}"`
}
