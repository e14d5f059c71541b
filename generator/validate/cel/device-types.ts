// What the selectors of devices may name: one device, as its driver publishes it.
// Follows k8s.io/dynamic-resource-allocation/cel/compile.go; https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/resource-claim-v1/

import { anyType, boolType, mapType, objectType, simpleType, stringType, type CelType } from './cel-type.ts'
import { isBefore } from './releases.ts'

const fields: Readonly<Record<string, CelType>> = {
  driver: stringType,
  attributes: mapType(stringType, mapType(stringType, anyType)),
  capacity: mapType(stringType, mapType(stringType, simpleType('kubernetes.Quantity'))),
}

/**
 * Types for `typeExpression`, by variable.
 *
 * @param release the newest release whose CEL libraries there are: what a device tells of being shared came with 1.34
 */
export function deviceTypes(release: string): Readonly<Record<string, CelType>> {
  const known = isBefore(release, '1.34') ? fields : { ...fields, allowMultipleAllocations: boolType }
  return {
    device: objectType('kubernetes.DRADevice', name => (Object.hasOwn(known, name) ? known[name] : undefined)),
  }
}
