// Requests and limits: names, amounts, and each request against its limit.
// Follows pkg/apis/core/validation/validation.go (validateResourceRequirements, validatePodResources,
// validateResourceClaimNames) and pkg/apis/core/helper/helpers.go.

import { dns1123LabelFault } from '../../../../manifest/names.ts'
import {
  addQuantities,
  compareQuantities,
  formatQuantity,
  quantityOf,
  type Quantity,
} from '../../../../manifest/quantity.ts'
import { at, entries, isMistyped, isSet, items, mapOf, text, type Field } from '../field.ts'
import { quote, refuseEmpty, refuseNameFault, type Inspection } from '../inspection.ts'
import { refuseAmount, refusePartOfPage } from '../resource-amount.ts'
import { isHugePages, isOvercommittable, resourceNameFault } from '../resource-names.ts'
import { isSidecar } from './pod-context.ts'

const podLevelResources = ['cpu', 'memory']
const podLevelSince = 34
/** Before, the server ignores claims (gate DynamicResourceAllocation). */
const claimsSince = 34

/** `limits` and `requests` of a container, or another map held to the rules of limits. */
export function inspectResources(
  inspection: Inspection,
  resources: Field,
  { limits = 'limits' }: { readonly limits?: string } = {},
): void {
  if (mapOf(resources) === undefined) return
  const limitsField = at(resources, limits)
  const requestsField = at(resources, limits === 'limits' ? 'requests' : '')
  const requests = amountsIn(requestsField)
  const amounts = [...amountsIn(limitsField), ...requests]
  for (const entry of amounts) inspectAmount(inspection, entry)
  for (const request of requests) inspectRequest(inspection, request, limitsField)
  refuseLonePages(inspection, resources, amounts)
}

function refuseLonePages(inspection: Inspection, resources: Field, amounts: readonly Field[]): void {
  const names = amounts.map(entry => String(entry.key))
  if (!names.some(isHugePages) || names.includes('cpu') || names.includes('memory')) return
  inspection.refuse('invalid-resource-name', {
    at: resources,
    message: 'huge pages need a request or limit of cpu or memory beside them',
  })
}

/** The amounts of a map; null is nothing of the resource, as the server reads it. */
function amountsIn(map: Field): readonly Field[] {
  return entries(map).map(entry => (isSet(entry) ? entry : { ...entry, value: 0 }))
}

/** `resources` of the pod as a whole, and what its containers ask for. */
export function inspectPodResources(inspection: Inspection, spec: Field): void {
  const resources = at(spec, 'resources')
  if (mapOf(resources) === undefined || inspection.oldest < podLevelSince) return
  if (text(at(spec, 'os', 'name')) === 'windows') {
    inspection.refuse('forbidden-field', {
      at: resources,
      on: 'key',
      message: '"resources" must not be set on a Windows pod',
    })
    return
  }
  if (isSet(at(resources, 'claims'))) {
    inspection.refuse('forbidden-field', {
      at: at(resources, 'claims'),
      on: 'key',
      message: '"claims" must not be set in the resources of a pod',
    })
  }
  for (const key of ['limits', 'requests']) {
    for (const entry of entries(at(resources, key))) {
      const name = String(entry.key)
      if (podLevelResources.includes(name) || isHugePages(name)) {
        refuseAmount(inspection, entry)
        refusePartOfPage(inspection, entry)
        continue
      }
      inspection.refuse('invalid-resource-name', {
        at: entry,
        on: 'key',
        message: `resource ${quote(name)} cannot be set for a pod, allowed: cpu, memory, hugepages-…`,
      })
    }
  }
  for (const request of entries(at(resources, 'requests'))) inspectRequest(inspection, request, at(resources, 'limits'))
  // What the containers ask for counts: the server adds it up where the pod says nothing.
  const [own = [], ...others] = [resources, ...items(at(spec, 'containers')).map(one => at(one, 'resources'))].map(
    owner => ['limits', 'requests'].flatMap(key => entries(at(owner, key))),
  )
  if (own.some(({ key }) => isHugePages(String(key))))
    refuseLonePages(inspection, resources, [...own, ...others.flat()])
  inspectPodTotals(inspection, spec, resources)
}

/** Claims of a container against the claims of its pod. */
export function inspectResourceClaims(inspection: Inspection, claims: Field, podClaims: Field): void {
  if (inspection.oldest < claimsSince) return
  const declared = new Set(items(podClaims).map(claim => text(at(claim, 'name'))))
  const asked: string[] = []
  for (const claim of items(claims)) {
    const field = at(claim, 'name')
    const name = text(field)
    inspectClaimRequest(inspection, claim, asked)
    if (refuseEmpty(inspection, field, { what: 'name of the claim', inSchema: true }) || declared.has(name)) continue
    if (!isSet(field) || isMistyped(field, 'string')) continue
    inspection.refuse('invalid-resource-name', {
      at: field,
      message: `claim ${quote(name)} is not among the resourceClaims of the pod`,
      help: 'Declare the claim in spec.resourceClaims.',
    })
  }
}

/** A claim is asked for as a whole, or request by request, once each. */
function inspectClaimRequest(inspection: Inspection, claim: Field, asked: string[]): void {
  const request = at(claim, 'request')
  const name = text(at(claim, 'name'))
  refuseNameFault(inspection, 'invalid-reference-name', { field: request, what: 'request', check: dns1123LabelFault })
  const key = `${name}/${text(request)}`
  const isRepeated = asked.includes(key) || asked.includes(`${name}/`)
  const coversOthers = text(request) === '' && asked.some(other => other.startsWith(`${name}/`))
  if (name !== '' && (isRepeated || coversOthers)) {
    inspection.refuse('duplicate-entry', { at: at(claim, 'name'), message: `claim ${quote(name)} is asked for twice` })
  }
  asked.push(key)
}

function inspectAmount(inspection: Inspection, entry: Field): void {
  const name = String(entry.key)
  const fault = resourceNameFault(name, 'container')
  if (fault !== undefined) {
    inspection.refuse('invalid-resource-name', { at: entry, on: 'key', message: `resource ${quote(name)} ${fault}` })
    return
  }
  refuseAmount(inspection, entry)
  refusePartOfPage(inspection, entry)
}

function inspectRequest(inspection: Inspection, request: Field, limits: Field): void {
  const name = String(request.key)
  const amount = quantityOf(request.value)
  const limitField = amountsIn(limits).find(({ key }) => key === name) ?? at(limits, name)
  const limit = quantityOf(limitField.value)
  if (amount === undefined || resourceNameFault(name, 'container') !== undefined) return
  if (limit === undefined) {
    if (isSet(limitField) || isOvercommittable(name)) return
    inspection.refuse('request-above-limit', {
      at: request,
      message: `${name} has a request but no limit, and cannot be overcommitted`,
      help: `Set the limit of ${name} to the same amount.`,
    })
    return
  }
  const order = compareQuantities(amount, limit)
  if (order === 0 || (order < 0 && isOvercommittable(name))) return
  const demand = isOvercommittable(name) ? 'must not exceed' : 'must equal'
  inspection.refuse('request-above-limit', {
    at: request,
    message: `${name} request ${quote(request.value)} ${demand} the limit ${quote(limitField.value)}`,
    help: 'Lower the request or raise the limit.',
  })
}

/** Requests of all containers together must fit in the pod's, and no container's limit may exceed the pod's. */
function inspectPodTotals(inspection: Inspection, spec: Field, resources: Field): void {
  for (const request of entries(at(resources, 'requests'))) {
    const own = quantityOf(request.value)
    const total = totalRequest(spec, String(request.key))
    if (own === undefined || total === undefined || compareQuantities(total, own) <= 0) continue
    inspection.refuse('request-above-limit', {
      at: request,
      message: `${request.key} request of the pod ${quote(request.value)} is less than its containers ask for together: ${quote(formatQuantity(total))}`,
    })
  }
  for (const container of items(at(spec, 'containers'))) {
    for (const limit of entries(at(container, 'resources', 'limits'))) {
      const amount = quantityOf(limit.value)
      const podLimit = at(resources, 'limits', String(limit.key))
      const most = quantityOf(podLimit.value)
      if (amount === undefined || most === undefined || compareQuantities(amount, most) <= 0) continue
      inspection.refuse('request-above-limit', {
        at: limit,
        message: `${limit.key} limit ${quote(limit.value)} exceeds the limit of the pod ${quote(podLimit.value)}`,
      })
    }
  }
}

/** What main containers and sidecars ask for; init containers only raise it, so this is a lower bound. */
function totalRequest(spec: Field, name: string): Quantity | undefined {
  const running = [
    ...items(at(spec, 'containers')),
    ...items(at(spec, 'initContainers')).filter(container => isSidecar(container)),
  ]
  return running
    .map(container => quantityOf(at(container, 'resources', 'requests', name).value))
    .filter(amount => amount !== undefined)
    .reduce<Quantity | undefined>((sum, amount) => (sum === undefined ? amount : addQuantities(sum, amount)), undefined)
}
