// What CEL costs: microseconds to compile an expression (parse, type-check, resolve) and to evaluate it, on untyped data as admission
// policies see it and on typed data as rules of custom resources do. Run alone, it prints a table.

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { admissionTypes } from '../../generator/validate/cel/admission-types.ts'
import { fromData } from '../../generator/validate/cel/data.ts'
import { compileExpression } from '../../generator/validate/cel/expression.ts'
import { evaluateSchemaRule } from '../../generator/validate/cel/schema-rules.ts'
import { openCatalog } from '../../generator/validate/schema/catalog.ts'
import { decodeFragment } from '../../generator/validate/schema/custom-schema.ts'

interface CelTimes {
  readonly expression: string
  /** Microseconds each. */
  readonly compile: number
  readonly evaluate: number
}

const containers = Array.from({ length: 5 }, (_, index) => ({
  name: `c${index}`,
  image: `registry.example.com/app/c${index}:1.2.${index}`,
  resources: { limits: { memory: `${128 * (index + 1)}Mi` } },
  securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false },
}))

const policies = [
  "object.spec.containers.all(c, !c.image.endsWith(':latest'))",
  'object.spec.containers.all(c, has(c.securityContext) && c.securityContext.runAsNonRoot == true)',
  "object.spec.containers.all(c, c.image.matches('^registry\\\\.example\\\\.com/[a-z0-9/]+:[0-9.]+$'))",
  "object.spec.containers.all(c, quantity(c.resources.limits.memory).isLessThan(quantity('1Gi')))",
  "'-' in object.metadata.labels || object.spec.containers.map(c, c.name).isSorted()",
]

const rules = ['self.min <= self.max', "self.names.all(n, n.matches('^[a-z]+$'))", "self.wait < duration('1h')"]

/** Times every expression, `runs` evaluations each. */
function measureCel(runs: number): readonly CelTimes[] {
  return [...policies.map(text => measurePolicy(text, runs)), ...rules.map(text => measureRule(text, runs))]
}

function measurePolicy(expression: string, runs: number): CelTimes {
  const compile = (): ReturnType<typeof compileExpression> =>
    compileExpression(expression, ['object'], { types: admissionTypes })
  const compiled = compile()
  if ('error' in compiled) throw new Error(`${expression}: ${compiled.error}`)
  const object = { spec: { containers }, metadata: { labels: { app: 'a' } } }
  return {
    expression,
    compile: microseconds(runs / 10, compile),
    evaluate: microseconds(runs, () => {
      const result = compiled.evaluate({ object: fromData(object) })
      if (!('value' in result) || result.value !== true) throw new Error(`${expression} does not hold`)
    }),
  }
}

function measureRule(rule: string, runs: number): CelTimes {
  const text = { type: 'string' }
  const properties = {
    min: { type: 'integer' },
    max: { type: 'integer' },
    wait: { type: 'string', format: 'duration' },
    names: { type: 'array', items: text },
  }
  const node = decodeFragment({ type: 'object', properties }, catalog.version('1.34'))
  const value = { min: 1, max: 2, wait: '5m', names: ['a', 'b', 'c', 'd', 'e'] }
  const evaluate = (given: { readonly rule: string }): void => {
    if (evaluateSchemaRule(given, value, { node, root: false }).outcome !== 'held')
      throw new Error(`${rule} does not hold`)
  }
  const once = { rule }
  return {
    expression: rule,
    // A new rule object is compiled anew, and evaluated once.
    compile: microseconds(runs / 10, () => evaluate({ rule })),
    evaluate: microseconds(runs, () => evaluate(once)),
  }
}

function microseconds(runs: number, work: () => unknown): number {
  for (let index = 0; index < runs / 10; index++) work()
  const start = performance.now()
  for (let index = 0; index < runs; index++) work()
  return ((performance.now() - start) * 1000) / runs
}

const catalog = openCatalog(name => {
  const file = path.join(import.meta.dirname, '..', '..', 'schemas', name)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
})

/** One line per expression. */
export function formatCelFigures(): readonly string[] {
  return measureCel(20_000).map(
    ({ expression, compile, evaluate }) =>
      `compile ${compile.toFixed(1).padStart(6)} µs  evaluate ${evaluate.toFixed(1).padStart(5)} µs  ${expression}`,
  )
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.log(formatCelFigures().join('\n'))
