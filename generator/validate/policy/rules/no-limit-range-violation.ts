// A LimitRange refuses pods and claims when they are created, not the Deployment: the sync is green and nothing runs.

import { compareQuantities, quantityOf } from '../../../manifest/quantity.ts'
import { describeResource, type Resource } from '../../../manifest/resource.ts'
import { asList, asMap, asString, type YamlMap, type YamlValue } from '../../../manifest/value.ts'
import type { Finding } from '../../rule.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { containersIn, podKinds, specOf } from '../pods.ts'
import { requestedStorage } from '../requested-storage.ts'

interface Amounts {
  readonly pointer: string
  readonly what: string
  readonly requests: YamlMap
  readonly limits: YamlMap
}

const concernedKinds: readonly string[] = [...podKinds, 'PersistentVolumeClaim']

/** Accident class W21: https://kubernetes.io/docs/concepts/policy/limit-range/ */
export const noLimitRangeViolation = definePolicyRule({
  code: 'policy/no-limit-range-violation',
  severity: 'error',
  summary: 'Containers and claims stay within the LimitRange of their namespace.',
  kinds: concernedKinds,
  appliesTo: resource => concernedKinds.includes(resource.kind),
  *check(resource, { resources }) {
    const ranges = resources.ofKind('LimitRange').filter(range => range.namespace === resource.namespace)
    if (ranges.length === 0) return
    const containers = containersIn(resource).map(container =>
      amountsOf(container.spec, container.pointer, `container "${container.name}"`),
    )
    const claims = requestedStorage(resource).map(claim =>
      amountsOf(claim.spec, claim.pointer, `claim "${claim.name}"`),
    )
    for (const range of ranges) {
      for (const item of asList(specOf(range)['limits']).map(asMap)) {
        const type = asString(item['type'])
        const concerned = type === 'Container' ? containers : type === 'PersistentVolumeClaim' ? claims : []
        for (const amounts of concerned) yield* checkItem(resource, range, item, amounts)
      }
    }
  },
})

function* checkItem(resource: Resource, range: Resource, item: YamlMap, amounts: Amounts): Iterable<Finding> {
  const limits = asMap(item['default'])
  const checks: readonly (readonly [field: 'requests' | 'limits', bound: YamlMap, sign: 1 | -1, words: string])[] = [
    ['requests', asMap(item['min']), -1, 'less than the minimum'],
    ['requests', asMap(item['max']), 1, 'more than the maximum'],
    ['limits', asMap(item['max']), 1, 'more than the maximum'],
  ]
  for (const [field, bounds, sign, words] of checks) {
    for (const [name, bound] of Object.entries(bounds)) {
      if (exceeds(amounts[field][name], bound, sign))
        yield report(resource, range, amounts, { field, name, words, bound })
    }
  }
  for (const [name, request] of Object.entries(amounts.requests)) {
    if (amounts.limits[name] !== undefined || !exceeds(request, limits[name], 1)) continue
    yield report(resource, range, amounts, {
      field: 'requests',
      name,
      words: 'more than the limit it is given by default',
      bound: limits[name],
    })
  }
}

function report(
  resource: Resource,
  range: Resource,
  amounts: Amounts,
  {
    field,
    name,
    words,
    bound,
  }: {
    readonly field: 'requests' | 'limits'
    readonly name: string
    readonly words: string
    readonly bound: YamlValue | undefined
  },
): Finding {
  return {
    at: {
      resource,
      pointer: `${amounts.pointer}/resources/${field}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    },
    message: `${amounts.what} has ${name} ${field} "${text(amounts[field][name])}", ${words} "${text(bound)}" of ${describeResource(range)}: it is refused`,
    help: 'Change the amount, or the LimitRange.',
    related: [{ at: { resource: range, pointer: '/spec/limits' }, note: 'the bound' }],
  }
}

function exceeds(amount: YamlValue | undefined, bound: YamlValue | undefined, sign: 1 | -1): boolean {
  const [left, right] = [quantityOf(amount), quantityOf(bound)]
  return left !== undefined && right !== undefined && compareQuantities(left, right) * sign > 0
}

function amountsOf(spec: YamlMap, pointer: string, what: string): Amounts {
  const resources = asMap(spec['resources'])
  return { pointer, what, requests: asMap(resources['requests']), limits: asMap(resources['limits']) }
}

function text(value: YamlValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
