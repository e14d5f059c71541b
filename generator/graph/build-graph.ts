// Builds the graph of one environment. Nothing is computed before it is asked for: rules that need no edges pay nothing,
// and a lookup costs the objects it concerns, not the environment.

import { isClusterScoped } from '../manifest/cluster-scoped-kinds.ts'
import { referencesOf, type Reference } from '../manifest/references-of.ts'
import { groupOf, type Resource } from '../manifest/resource.ts'
import type { ResourceSet } from '../manifest/resource-set.ts'
import { asMap, type YamlMap } from '../manifest/value.ts'
import { containerPorts } from './container-ports.ts'
import { dependenciesOf, type Dependency } from './dependencies.ts'
import type { Edge, Graph } from './graph.ts'
import type { Workload } from './workload.ts'
import { admits, trafficRules, type Answer, type NamedPort, type PodIdentity } from './network-traffic.ts'
import { podSelectorOf } from './pod-selectors.ts'
import { producedBy } from './produced-objects.ts'
import { workloadIndex } from './workload-index.ts'

/** The graph of a set of rendered objects. An object without a namespace belongs to a scope of its own: "none stated". */
export function buildGraph(resources: ResourceSet): Graph {
  const references = memo(referencesOf)
  const names = memo((kind: string) => indexBy(resources.ofKind(kind), ({ name }) => name))
  const named: Graph['named'] = (kind, name) => names(kind).get(name) ?? []
  const allProduced = once(() => resources.all.flatMap(producedBy))
  const produced = once(() => indexBy(allProduced(), ({ name }) => name))
  const pods = once(() => workloadIndex(resources.all))
  const find: Graph['find'] = (kind, namespace, name, group) => {
    if (!isClusterScoped(kind)) return resources.find(kind, namespace, name, group)
    // A namespace on an object that has none (kustomize gives one to kinds it does not know) means nothing.
    return named(kind, name).find(candidate => group === undefined || groupOf(candidate.apiVersion) === group)
  }
  const resolve = (reference: Reference): Resource | undefined =>
    find(reference.kind, reference.namespace, reference.name, reference.group)
  const selected = memo((resource: Resource): readonly Workload[] => {
    const selector = podSelectorOf(resource)
    if (selector === undefined) return noWorkloads
    const found = pods().matching(selector)
    return pods().of(resource) === undefined ? found : found.filter(workload => workload.resource !== resource)
  })
  const selecting = (kind: string): ((workload: Resource) => readonly Resource[]) => {
    const index = once(() => {
      const found = new Map<Resource, Resource[]>()
      for (const from of resources.ofKind(kind)) {
        for (const { resource } of selected(from)) push(found, resource, from)
      }
      return found
    })
    return workload => index().get(workload) ?? none
  }
  const policiesFor = selecting('NetworkPolicy')
  // Policies do not hold for pods on the network of their node.
  const policiesOn = (workload: Resource): readonly Resource[] =>
    isOnHostNetwork(pods().of(workload)) ? [] : policiesFor(workload)
  const ingressOf = memo((workload: Resource) => trafficRules(policiesOn(workload), 'ingress'))
  const egressOf = memo((workload: Resource) => trafficRules(policiesOn(workload), 'egress'))
  const podIdentity = memo((workload: Resource) => identityOf(workload, pods().of(workload), resources))
  const dependencies = memo((workload: Resource): readonly Dependency[] => {
    const found = pods().of(workload)
    return found === undefined ? [] : dependenciesOf(found, { find })
  })
  const edges = once(() => resources.all.flatMap(edgesOf))
  const outgoing = once(() => indexBy(edges(), edge => edge.from))
  const incoming = once(() => indexBy(edges(), edge => edge.to))

  function edgesOf(from: Resource): readonly Edge[] {
    const found: Edge[] = []
    for (const reference of references(from)) {
      const to = resolve(reference)
      if (to !== undefined) found.push({ kind: reference.field.edge ?? 'references', from, to, at: reference.at })
    }
    const selector = podSelectorOf(from)
    if (selector !== undefined) {
      for (const { resource } of selected(from)) found.push({ kind: 'selects', from, to: resource, at: selector.at })
    }
    for (const made of producedBy(from)) {
      const to = find(made.kind, made.namespace, made.name)
      if (to !== undefined) found.push({ kind: 'produces', from, to, at: made.at })
    }
    return found
  }

  return {
    resources,
    get edges() {
      return edges()
    },
    edgesFrom: resource => outgoing().get(resource) ?? [],
    edgesTo: resource => incoming().get(resource) ?? [],
    referencesFrom: references,
    resolve,
    find,
    named,
    produced: (kind, namespace, name) => {
      const candidates = produced()
        .get(name)
        ?.filter(made => made.kind === kind)
      return candidates?.find(made => made.namespace === namespace) ?? candidates?.find(made => made.namespace === '*')
    },
    producedIn: (kind, namespace) => allProduced().filter(made => made.kind === kind && made.namespace === namespace),
    get workloads() {
      return pods().all
    },
    workloadOf: resource => pods().of(resource),
    workloadsIn: namespace => pods().inNamespace(namespace),
    matching: selector => pods().matching(selector),
    workloadsSelectedBy: selected,
    servicesSelecting: selecting('Service'),
    budgetsFor: selecting('PodDisruptionBudget'),
    policiesFor,
    allowedIngress: ingressOf,
    allowedEgress: egressOf,
    podIdentity,
    dependenciesOf: dependencies,
    mayTalk: (from, to, port) => ({
      get egress() {
        return orUnknown(admits(egressOf(from), podIdentity(to), podIdentity(to), port), pods().of(to))
      },
      get ingress() {
        return orUnknown(admits(ingressOf(to), podIdentity(from), podIdentity(to), port), pods().of(from))
      },
    }),
  }
}

const none: readonly Resource[] = []
const noWorkloads: readonly Workload[] = []

function isOnHostNetwork(workload: Workload | undefined): boolean {
  return workload?.template.spec['hostNetwork'] === true
}

/** A peer on the network of its node has the node's address: selectors do not see it, blocks of addresses may. */
function orUnknown(answer: Answer, peer: Workload | undefined): Answer {
  return answer === 'no' && isOnHostNetwork(peer) ? 'unknown' : answer
}

function identityOf(resource: Resource, workload: Workload | undefined, resources: ResourceSet): PodIdentity {
  const namespace = resource.namespace
  const rendered = namespace === undefined ? undefined : resources.find('Namespace', undefined, namespace)
  return {
    namespace,
    namespaceLabels: namespaceLabels(namespace, rendered),
    namespaceLabelsKnown: rendered !== undefined,
    labels: workload?.labels ?? {},
    labelsKnown: workload !== undefined,
    ports: workload === undefined ? [] : namedPorts(workload),
  }
}

/** Kubernetes labels every namespace with its name. */
export function namespaceLabels(namespace: string | undefined, rendered: Resource | undefined): YamlMap {
  const labels = asMap(asMap(rendered?.object['metadata'])['labels'])
  return namespace === undefined ? labels : { ...labels, 'kubernetes.io/metadata.name': namespace }
}

function namedPorts({ template }: Workload): readonly NamedPort[] {
  return containerPorts(template).flatMap(({ name, number, protocol }) =>
    name === undefined ? [] : [{ name, number, protocol }],
  )
}

function once<T>(compute: () => T): () => T {
  let value: { readonly it: T } | undefined
  return () => (value ??= { it: compute() }).it
}

function memo<K, V>(compute: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>()
  return key => {
    let value = known.get(key)
    if (value === undefined) known.set(key, (value = compute(key)))
    return value
  }
}

function indexBy<K, V>(items: Iterable<V>, keyOf: (item: V) => K): ReadonlyMap<K, readonly V[]> {
  const index = new Map<K, V[]>()
  for (const item of items) push(index, keyOf(item), item)
  return index
}

function push<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const list = index.get(key)
  if (list === undefined) index.set(key, [value])
  else list.push(value)
}
