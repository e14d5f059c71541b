// The server rewrites "1000m" as "1". In custom resources Argo CD compares the texts, and never sees them equal.

import { child, pointer } from '../../../manifest/pointer.ts'
import { formatQuantity, quantityOf } from '../../../manifest/quantity.ts'
import { groupOf, type Resource } from '../../../manifest/resource.ts'
import { answeredOnce } from '../../../manifest/shared-text.ts'
import { asMap, asString, isList, isMap, type YamlValue } from '../../../manifest/value.ts'
import type { Finding } from '../../rule.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { canonicalDuration } from '../go-duration.ts'
import { containersIn, hasPod, specOf } from '../pods.ts'
import { requestedStorage } from '../requested-storage.ts'

const resourceName = /^(?:cpu|memory|storage|ephemeral-storage|hugepages-.+)$/

/** Accident class Y6: see "unit values" in https://argo-cd.readthedocs.io/en/stable/faq/ and argoproj/argo-cd#6008. */
export const requireCanonicalQuantity = definePolicyRule({
  code: 'policy/require-canonical-quantity',
  severity: 'warning',
  summary: 'Quantities and durations are written the way the server prints them.',
  appliesTo: resource => hasPod(resource) || resource.kind === 'PersistentVolumeClaim' || isCustom(resource),
  *check(resource) {
    const custom = isCustom(resource)
    for (const container of containersIn(resource)) {
      yield* inResources(resource, container.spec['resources'], child(container.pointer, 'resources'), custom)
    }
    for (const claim of requestedStorage(resource)) {
      yield* inResources(resource, claim.spec['resources'], child(claim.pointer, 'resources'), custom)
    }
    if (custom && resource.kind !== 'Rollout') yield* inCustomResource(resource, specOf(resource), '/spec', 0)
    if (groupOf(resource.apiVersion) === 'cert-manager.io') yield* inCertificate(resource)
  },
})

/** Environments have few API versions, and many objects of each. */
const isCustomVersion = answeredOnce(apiVersion => {
  const group = groupOf(apiVersion)
  return group.includes('.') && !group.endsWith('.k8s.io')
})

function isCustom({ apiVersion }: Resource): boolean {
  return isCustomVersion(apiVersion)
}

function* inResources(
  resource: Resource,
  resources: YamlValue | undefined,
  at: string,
  custom: boolean,
): Iterable<Finding> {
  for (const field of ['requests', 'limits']) {
    for (const [name, value] of Object.entries(asMap(asMap(resources)[field]))) {
      const text = asString(value)
      const canonical = text === undefined ? undefined : canonicalQuantity(text)
      if (text === undefined || canonical === undefined || canonical === text) continue
      yield finding(resource, child(at, field, name), { text, canonical, custom })
    }
  }
}

/** The text itself where it is no quantity. Environments write the same few amounts over and over. */
const canonicalQuantity = answeredOnce(text => {
  const quantity = quantityOf(text)
  return quantity === undefined ? text : formatQuantity(quantity)
})

/** Custom resources: every `requests` and `limits` that holds compute resources, wherever their schema puts it. */
function* inCustomResource(resource: Resource, value: YamlValue, at: string, depth: number): Iterable<Finding> {
  if (depth > 20) return
  if (isList(value)) {
    for (const [index, item] of value.entries()) yield* inCustomResource(resource, item, `${at}/${index}`, depth + 1)
  } else if (isMap(value)) {
    if (namesResources(value['requests']) || namesResources(value['limits'])) {
      yield* inResources(resource, value, at, true)
    }
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'object' && inner !== null)
        yield* inCustomResource(resource, inner, at + pointer(key), depth + 1)
    }
  }
}

function namesResources(amounts: YamlValue | undefined): boolean {
  return isMap(amounts) && Object.keys(amounts).some(name => resourceName.test(name))
}

function* inCertificate(resource: Resource): Iterable<Finding> {
  for (const field of ['duration', 'renewBefore']) {
    const text = asString(specOf(resource)[field])
    const canonical = text === undefined ? undefined : canonicalDuration(text)
    if (text === undefined || canonical === undefined || canonical === text) continue
    yield finding(resource, `/spec/${field}`, { text, canonical, custom: true })
  }
}

function finding(
  resource: Resource,
  at: string,
  { text, canonical, custom }: { readonly text: string; readonly canonical: string; readonly custom: boolean },
): Finding {
  return {
    at: { resource, pointer: at },
    ...(custom ? {} : { severity: 'info' as const }),
    message: `"${text}" is stored as "${canonical}"${custom ? ', and shown as out of sync for ever' : ''}`,
    help: `Write "${canonical}".`,
  }
}
