// Namespaces: where objects land, whether it exists, and who owns it.

import type { Diagnostic } from '../../../diagnostics/diagnostic.ts'
import { describeResource, groupOf, type Resource } from '../../../manifest/resource.ts'
import { isMap } from '../../../manifest/value.ts'
import { pointer, valueAt } from '../../../manifest/pointer.ts'
import { clusterKey } from '../../../argocd/simulate/ownership.ts'
import { isAutomated, syncOptionsOf } from '../../../argocd/simulate/read-argocd.ts'
import { report, some, type Check, type DeployedApplication, type Repository } from './repository.ts'

function isNamespace({ apiVersion, kind }: Resource): boolean {
  return kind === 'Namespace' && groupOf(apiVersion) === ''
}

function creates({ application, destination }: DeployedApplication): boolean {
  return destination.namespace !== '' && syncOptionsOf(application.object).includes('CreateNamespace=true')
}

/** Objects that name another namespace than the destination: the destination does not move them. */
export const checkNamespaceMismatch: Check = function* ({ applications, scopeOf }) {
  for (const { application, destination, resources } of applications) {
    if (destination.namespace === '') continue
    const own = new Set(resources.filter(isNamespace).map(({ name }) => name))
    const strays = new Map<string, Resource[]>()
    for (const resource of resources) {
      const { namespace } = resource
      if (namespace === undefined || namespace === destination.namespace || own.has(namespace)) continue
      if (scopeOf(resource) === 'cluster') continue
      const known = strays.get(namespace)
      if (known === undefined) strays.set(namespace, [resource])
      else known.push(resource)
    }
    for (const [namespace, objects] of strays) {
      yield report({
        code: 'argocd/namespace-mismatch',
        severity: 'warning',
        at: { resource: application, pointer: '/spec/destination/namespace' },
        message: `the destination is namespace "${destination.namespace}", but ${some(objects.map(describeResource))} ${objects.length === 1 ? 'goes' : 'go'} to "${namespace}"`,
        help: 'Set the namespace in the overlay; the destination fills in only what is missing.',
        related: objects
          .slice(0, 3)
          .map(resource => ({ at: { resource, pointer: '/metadata/namespace' }, note: 'set here' })),
      })
    }
  }
}

/** Namespaces every cluster has. */
const always = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease'])

/** Namespaces that objects are deployed to and that nothing makes. */
export const checkNamespacesExist: Check = function* (repository) {
  const sure = repository.applications.every(other => other.complete)
  for (const deployed of repository.applications) {
    const { application, destination, resources } = deployed
    const used = new Map<string, Resource>()
    for (const resource of resources) {
      if (repository.scopeOf(resource) === 'cluster') continue
      const namespace = resource.namespace ?? destination.namespace
      if (namespace !== '' && !used.has(namespace)) used.set(namespace, resource)
    }
    for (const [namespace, resource] of used) {
      if (exists(namespace, deployed, repository)) continue
      yield report({
        code: 'argocd/missing-namespace',
        severity: sure ? 'error' : 'warning',
        at: { resource: application, pointer: '/spec/destination/namespace' },
        message: `${describeResource(resource)} goes to namespace "${namespace}", which nothing in this repository creates`,
        help: 'Render the Namespace, set CreateNamespace=true for the destination, or declare the namespace as existing.',
        related: [{ at: { resource, pointer: '' }, note: 'the first object there' }],
      })
    }
  }
}

function exists(namespace: string, deployed: DeployedApplication, repository: Repository): boolean {
  const { controlPlane, input } = repository
  const { namespaces = [], externalObjects = [] } = input.profile
  if (always.has(namespace) || namespace === controlPlane || namespaces.includes(namespace)) return true
  if (externalObjects.some(object => object.kind === 'Namespace' && object.name === namespace)) return true
  return makersOf(repository).has(`${clusterKey(deployed.destination, input.clusters)} ${namespace}`)
}

const makers = new WeakMap<Repository, ReadonlyMap<string, readonly DeployedApplication[]>>()

/** Which Applications make a namespace, by rendering it or by CreateNamespace=true; keyed by cluster and name. */
function makersOf(repository: Repository): ReadonlyMap<string, readonly DeployedApplication[]> {
  const known = makers.get(repository)
  if (known !== undefined) return known
  const index = new Map<string, DeployedApplication[]>()
  for (const deployed of repository.applications) {
    const cluster = clusterKey(deployed.destination, repository.input.clusters)
    const created = creates(deployed) ? [deployed.destination.namespace] : []
    for (const name of new Set([...created, ...deployed.resources.filter(isNamespace).map(each => each.name)])) {
      const key = `${cluster} ${name}`
      const list = index.get(key)
      if (list === undefined) index.set(key, [deployed])
      else list.push(deployed)
    }
  }
  makers.set(repository, index)
  return index
}

/** A namespace whose labels are in Git twice: as an object, and as metadata of an Application that creates it. */
export const checkNamespaceOwners: Check = function* ({ applications, input }) {
  for (const deployed of applications) {
    const { application, destination } = deployed
    const metadata = valueAt(application.object, '/spec/syncPolicy/managedNamespaceMetadata')
    if (!isMap(metadata) || !creates(deployed)) continue
    const cluster = clusterKey(destination, input.clusters)
    for (const other of applications.filter(each => clusterKey(each.destination, input.clusters) === cluster)) {
      const rendered = other.resources.find(
        resource => isNamespace(resource) && resource.name === destination.namespace,
      )
      const rival = other !== deployed && managesSame(other, destination.namespace)
      if (rendered === undefined && !rival) continue
      yield report({
        code: 'argocd/namespace-owners',
        severity: 'error',
        at: { resource: application, pointer: pointer('spec', 'syncPolicy', 'managedNamespaceMetadata') },
        message: `namespace "${destination.namespace}" gets its labels here and from ${rendered === undefined ? `Application "${other.application.name}"` : 'the Namespace in Git'}, and they overwrite each other`,
        help: 'Keep one of them.',
        related: [{ at: { resource: rendered ?? other.application, pointer: '' }, note: 'the other owner' }],
      })
    }
  }
}

function managesSame(other: DeployedApplication, namespace: string): boolean {
  const metadata = valueAt(other.application.object, '/spec/syncPolicy/managedNamespaceMetadata')
  return creates(other) && isMap(metadata) && other.destination.namespace === namespace
}

/** Applications that depend on a namespace another one creates, and give up when they come first. */
export const checkNamespaceRaces: Check = function* (repository) {
  const { applications, input } = repository
  for (const deployed of applications) {
    const { application, destination, resources } = deployed
    const { namespace } = destination
    if (namespace === '' || creates(deployed) || resources.some(each => isNamespace(each) && each.name === namespace))
      continue
    const key = `${clusterKey(destination, input.clusters)} ${namespace}`
    const maker = makersOf(repository)
      .get(key)
      ?.find(other => other !== deployed)
    if (maker === undefined || retries(deployed)) continue
    yield* race(application, maker, namespace)
  }
}

function* race(application: Resource, maker: DeployedApplication, namespace: string): Iterable<Diagnostic> {
  yield report({
    code: 'argocd/namespace-race',
    severity: 'warning',
    at: { resource: application, pointer: '/spec/destination/namespace' },
    message: `namespace "${namespace}" is created by Application "${maker.application.name}"; if this one syncs first it fails, and does not try again`,
    help: 'Allow retries, or create the namespace here too with CreateNamespace=true.',
    related: [{ at: { resource: maker.application, pointer: '' }, note: 'creates the namespace' }],
  })
}

/** Automated syncs without a retry block are retried five times (controller/appcontroller.go). */
function retries({ application }: DeployedApplication): boolean {
  const limit = valueAt(application.object, '/spec/syncPolicy/retry/limit')
  if (typeof limit === 'number') return limit !== 0
  return isAutomated(application.object)
}
