// Names of resources: what containers may ask for, what quotas and limit ranges may count.
// Follows pkg/apis/core/helper/helpers.go and validateContainerResourceName, ValidateResourceQuotaResourceName.

import { hint } from '../../../diagnostics/suggest.ts'
import { qualifiedNameFault } from '../../../manifest/names.ts'

const containerResources = ['cpu', 'memory', 'ephemeral-storage']
const countedResources = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]
const quotaResources = [
  ...containerResources,
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  ...countedResources,
]
const counted: ReadonlySet<string> = new Set(countedResources)

export type ResourceUse = 'container' | 'quota' | 'any'

const allowed: Readonly<Record<ResourceUse, readonly string[]>> = {
  container: containerResources,
  quota: quotaResources,
  any: [...quotaResources, 'storage'],
}

/** What is wrong with the name of a resource, or undefined. */
export function resourceNameFault(name: string, use: ResourceUse): string | undefined {
  const fault = qualifiedNameFault(name)
  if (fault !== undefined) return fault
  if (!name.includes('/')) {
    const known = allowed[use]
    const isPages = isHugePages(name) || (use !== 'container' && name.startsWith('requests.hugepages-'))
    return known.includes(name) || isPages ? undefined : `is not a resource Kubernetes knows${hint(name, known)}`
  }
  if (use !== 'container' || isNative(name) || isExtended(name)) return undefined
  return 'is not the name of an extended resource: it must not start with "requests."'
}

export function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-')
}

/** Whether requests may be less than limits. */
export function isOvercommittable(name: string): boolean {
  return isNative(name) && !isHugePages(name)
}

/** Whether a resource is counted in whole units. */
export function isCountedResource(name: string): boolean {
  return counted.has(name) || isExtended(name)
}

function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/')
}

function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && qualifiedNameFault(`requests.${name}`) === undefined
}
