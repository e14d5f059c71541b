// The selectors of DeviceClasses, ResourceClaims and their templates: compiled, not evaluated, because devices are in the cluster only.

import { pointer } from '../../manifest/pointer.ts'
import type { Resource } from '../../manifest/resource.ts'
import { asList, asMap, asString, type YamlMap } from '../../manifest/value.ts'
import { anyType, boolType } from '../cel/cel-type.ts'
import { deviceTypes } from '../cel/device-types.ts'
import { isBefore } from '../cel/releases.ts'
import { typeExpression } from '../cel/typed-expression.ts'
import type { CheckedExpression } from './policy.ts'

export const deviceGroup = 'resource.k8s.io'
export const deviceSource = 'https://kubernetes.io/docs/concepts/scheduling-eviction/dynamic-resource-allocation/'
/** Devices could be asked for their semantic version before policies could: the libraries are those of this release at least. */
const oldestLibraries = '1.33'

/** @param release the newest release whose CEL libraries expressions may use */
export function deviceSelectors(resource: Resource, release: string): readonly CheckedExpression[] {
  const spec = asMap(resource.object['spec'])
  if (resource.kind === 'DeviceClass') return selectorsOf(spec, ['spec'], release)
  const isTemplate = resource.kind === 'ResourceClaimTemplate'
  const path = isTemplate ? ['spec', 'spec', 'devices', 'requests'] : ['spec', 'devices', 'requests']
  const claim = isTemplate ? asMap(spec['spec']) : spec
  return asList(asMap(claim['devices'])['requests']).flatMap((item, index) => {
    const request = asMap(item)
    return [
      ...selectorsOf(request, [...path, index], release),
      ...selectorsOf(asMap(request['exactly']), [...path, index, 'exactly'], release),
      ...asList(request['firstAvailable']).flatMap((alternative, place) =>
        selectorsOf(asMap(alternative), [...path, index, 'firstAvailable', place], release),
      ),
    ]
  })
}

function selectorsOf(
  owner: YamlMap,
  path: readonly (string | number)[],
  release: string,
): readonly CheckedExpression[] {
  return asList(owner['selectors']).flatMap((selector, index) => {
    const text = asString(asMap(asMap(selector)['cel'])['expression'])
    if (text === undefined || text === '') return []
    const at = pointer(...path, 'selectors', index, 'cel', 'expression')
    return [{ pointer: at, compiled: typeExpression(text, ['device'], optionsFor(release)) }]
  })
}

function optionsFor(release: string) {
  return {
    types: deviceTypes(release),
    results: [boolType, anyType],
    release: isBefore(release, oldestLibraries) ? oldestLibraries : release,
    bindings: true,
  }
}
