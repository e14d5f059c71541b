// When a reference leads nowhere, and how sure that is: an object that is not in the tree may be made by somebody else.
// Where a platform declares what exists outside its tree (`externalObjects`), a missing object of production is an error. Otherwise
// it is one where the tree holds other objects of that kind in the namespace; where it holds none, the tree is taken for a part of
// something larger, and a warning is enough.

import type { Severity } from '../../diagnostics/diagnostic.ts'
import { isSlip, suggest } from '../../diagnostics/suggest.ts'
import { isClusterScoped } from '../../manifest/cluster-scoped-kinds.ts'
import { hasReferenceFields, type Reference } from '../../manifest/references-of.ts'
import { groupOf, type Resource } from '../../manifest/resource.ts'
import type { Finding, RuleContext } from '../rule.ts'
import { existsElsewhere, isDeclaredTree } from './always-there.ts'
import { isUnknownKind, possibleMaker } from './derived-name.ts'
import { unstatedSeverity } from './empty-selection.ts'
import { hashedNameFor } from './hashed-name.ts'

/** The references of an object that lead nowhere, one per object named. */
export function* danglingFindings(
  resource: Resource,
  context: RuleContext,
  concerns: (reference: Reference) => boolean,
  help: string,
): Iterable<Finding> {
  yield* missingFindings(
    context.graph.referencesFrom(resource).filter(it => concerns(it) && isMissing(it, context)),
    context,
    help,
  )
}

const environments = new WeakMap<RuleContext, readonly (readonly Reference[])[]>()

/** What is missing for each object that misses something, in render order: found once for all rules about missing objects. */
export function environmentMissing(context: RuleContext): readonly (readonly Reference[])[] {
  const known = environments.get(context)
  if (known !== undefined) return known
  const found: (readonly Reference[])[] = []
  for (const resource of context.resources.all) {
    if (!hasReferenceFields(resource.kind)) continue
    const missing = context.graph.referencesFrom(resource).filter(it => isMissing(it, context))
    if (missing.length > 0) found.push(missing)
  }
  environments.set(context, found)
  return found
}

/** References of one object that lead nowhere, as findings: one per object named. */
export function* missingFindings(missing: readonly Reference[], context: RuleContext, help: string): Iterable<Finding> {
  const places = new Map<string, Reference[]>()
  for (const reference of missing) {
    const key = `${reference.kind}/${reference.namespace ?? ''}/${reference.name}`
    const list = places.get(key)
    if (list === undefined) places.set(key, [reference])
    else list.push(reference)
  }
  for (const [reference, ...others] of places.values()) {
    if (reference !== undefined) yield describeMissing(reference, others.length, context, help)
  }
}

/** Whether a reference that must lead somewhere leads nowhere. Names that are filled in later (`${NAME}`) are not judged. */
export function isMissing(reference: Reference, { graph, profile }: RuleContext): boolean {
  const { kind, namespace, name, group, optional, field } = reference
  if (optional || field.soft === true || graph.resolve(reference) !== undefined) return false
  if (/[${}@]/.test(name) || graph.produced(kind, namespace, name) !== undefined) return false
  if (existsElsewhere(kind, namespace, name, group, profile)) return false
  return hashedNameFor(reference, graph) === undefined
}

function describeMissing(reference: Reference, others: number, context: RuleContext, help: string): Finding {
  const { kind, namespace, name, at } = reference
  const elsewhere = context.graph.named(kind, name)
  const other = elsewhere.find(candidate => candidate.namespace !== namespace)
  const sameName = elsewhere.find(candidate => candidate.namespace === namespace)
  const where = namespace === undefined ? '' : ` in namespace "${namespace}"`
  const repeated = others === 0 ? '' : `, named in ${others + 1} places`
  const near = sameName === undefined && other === undefined ? nearMiss(reference, context) : undefined
  const maker = makerOf(reference, context)
  return {
    at,
    message: `${kind} "${name}" does not exist${where}${otherGroup(reference, sameName)}${near === undefined ? '' : `, did you mean "${near}"?`}${repeated}`,
    help,
    severity: maker === undefined ? missingSeverity(reference, other, context) : 'info',
    related: [
      ...(maker === undefined
        ? []
        : [
            {
              at: { resource: maker, pointer: '/metadata/name' },
              note: maker.kind === 'Job' ? 'this Job may make it' : `the operator of this ${maker.kind} may make it`,
            },
          ]),
      ...(sameName === undefined
        ? []
        : [
            {
              at: { resource: sameName, pointer: '/apiVersion' },
              note: `this one has apiVersion "${sameName.apiVersion}"`,
            },
          ]),
      ...(other === undefined
        ? []
        : [{ at: { resource: other, pointer: '/metadata/name' }, note: `one of that name is ${placeOf(other)}` }]),
    ],
  }
}

/** Who may make the object; not the operator that is known to make one of almost that name. */
function makerOf(reference: Reference, context: RuleContext): Resource | undefined {
  if (isDeclaredTree(context.profile)) return undefined
  const maker = possibleMaker(reference, context)
  const { kind, namespace, name } = reference
  const made = maker === undefined ? [] : context.graph.producedIn(kind, namespace)
  return made.some(({ by, name: known }) => by === maker && isSlip(name, known)) ? undefined : maker
}

/** How bad a missing object is, given what the tree says about its kind. */
function missingSeverity(reference: Reference, other: Resource | undefined, context: RuleContext): Severity {
  if (isClusterScoped(reference.kind)) return clusterSeverity(reference.kind, context)
  if (isServiceOfClusterObject(reference) && other?.namespace !== undefined) return 'error'
  if (isElsewhere(reference, context) || isOfUnknownKind(reference, context)) return 'info'
  const unstated = other === undefined ? undefined : unstatedSeverity(reference.namespace, other.namespace)
  if (isServingCertificate(reference) || unstated !== undefined) return unstated ?? 'warning'
  return isCertain(reference, other, context) ? 'error' : 'warning'
}

/** Whether the tree, or what is declared about the world outside it, would show the object if it existed. */
function isCertain(reference: Reference, other: Resource | undefined, context: RuleContext): boolean {
  const { production } = context.profile
  if (production && (isDeclaredTree(context.profile) || other !== undefined)) return true
  return (production || reference.kind !== 'Secret') && speaksOf(reference, context)
}

function clusterSeverity(kind: string, context: RuleContext): Severity {
  if (!isDeclared(kind, context)) return 'info'
  return context.profile.production ? 'error' : 'warning'
}

/** The tree holds, or makes, other objects of the kind in the namespace; for what is scaled, workloads of any kind. */
function speaksOf({ kind, namespace, field, from }: Reference, { graph, resources }: RuleContext): boolean {
  return (
    (field.path.endsWith('argetRef/name') && graph.workloadsIn(namespace).length > 0) ||
    resources.ofKind(kind).some(candidate => candidate.namespace === namespace && candidate !== from) ||
    graph.producedIn(kind, namespace).length > 0
  )
}

/** The reference leads into a namespace that is not in the tree. */
function isElsewhere({ namespace, from }: Reference, context: RuleContext): boolean {
  return namespace !== from.namespace && !knowsNamespace(namespace, context)
}

/** A kind of which nothing is known, and of which the tree holds no object: `MyBackend` of `example.com`. */
function isOfUnknownKind({ kind, group }: Reference, { resources }: RuleContext): boolean {
  return group !== undefined && isUnknownKind(kind, group) && resources.ofKind(kind).length === 0
}

/** A webhook or APIService whose Service is rendered into another namespace: the namespace transformer left the field alone. */
function isServiceOfClusterObject({ from, kind }: Reference): boolean {
  return kind === 'Service' && isClusterScoped(from.kind)
}

/** Without its certificate, an Ingress or Gateway serves its controller's own: a nuisance, not an outage. */
function isServingCertificate({ kind, field }: Reference): boolean {
  return kind === 'Secret' && /(^|\/)tls\/(secretName|certificateRefs\/name)$/.test(field.path)
}

/** Whether the tree or the profile speaks about objects of a cluster-wide kind at all. */
function isDeclared(kind: string, { resources, profile }: RuleContext): boolean {
  return resources.ofKind(kind).length > 0 || (profile.externalObjects ?? []).some(external => external.kind === kind)
}

function knowsNamespace(namespace: string | undefined, { resources, graph }: RuleContext): boolean {
  if (namespace === undefined) return true
  return resources.find('Namespace', undefined, namespace) !== undefined || graph.workloadsIn(namespace).length > 0
}

/** The object is there, under another API group than the reference says. */
function otherGroup({ group }: Reference, sameName: Resource | undefined): string {
  if (sameName === undefined || group === undefined) return ''
  return ` in API group "${group}", it is in "${groupOf(sameName.apiVersion)}"`
}

function nearMiss({ kind, namespace, name, from }: Reference, context: RuleContext): string | undefined {
  const { resources, graph, profile } = context
  const candidates = [
    ...resources.ofKind(kind).filter(other => other !== from),
    ...(profile.externalObjects ?? []).filter(other => other.kind === kind),
  ]
  const inScope = candidates.filter(other => isClusterScoped(kind) || (other.namespace ?? namespace) === namespace)
  const names = [...inScope, ...graph.producedIn(kind, namespace)].map(other => other.name)
  return suggest(name, names) ?? names.find(other => isAffixed(other, name))
}

/** The name with a prefix or suffix that kustomize gave it, in a field that kustomize does not know as a reference. */
function isAffixed(rendered: string, name: string): boolean {
  return rendered.endsWith(`-${name}`) || rendered.startsWith(`${name}-`)
}

function placeOf(resource: Resource): string {
  return resource.namespace === undefined ? 'rendered without a namespace' : `in namespace "${resource.namespace}"`
}
