// K16, R7: a binding whose ServiceAccount subject is in another namespace than the account grants nothing; kustomize's
// namespace transformer rewrites the namespace of subjects only for the account named "default" (argoproj/argo-cd#9482).

import type { Severity } from '../../../diagnostics/diagnostic.ts'
import { isSlip, suggest } from '../../../diagnostics/suggest.ts'
import { isClusterScoped } from '../../../manifest/cluster-scoped-kinds.ts'
import { child } from '../../../manifest/pointer.ts'
import { asList, asMap, asString } from '../../../manifest/value.ts'
import type { Resource } from '../../../manifest/resource.ts'
import type { Finding, Rule, RuleContext } from '../../rule.ts'
import { existsElsewhere, isDeclaredTree } from '../always-there.ts'

export const serviceAccountNamespace: Rule = {
  code: 'reference/service-account-namespace',
  severity: 'error',
  summary: 'ServiceAccounts that a binding names exist in the namespace it names.',
  kinds: ['RoleBinding', 'ClusterRoleBinding'],
  appliesTo: ({ kind }) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding',
  *check(resource, context) {
    for (const [index, entry] of asList(resource.object['subjects']).entries()) {
      const subject = asMap(entry)
      const name = asString(subject['name'])
      if (subject['kind'] !== 'ServiceAccount' || name === undefined) continue
      const namespace = asString(subject['namespace'])
      if (namespace === undefined && isClusterScoped(resource.kind)) {
        yield {
          at: { resource, pointer: child('/subjects', index, 'name') },
          message: `the subject ServiceAccount "${name}" has no namespace`,
          help: 'Name the namespace of the ServiceAccount: a ClusterRoleBinding is in none.',
        }
      } else yield* absentAccount(resource, index, { namespace, name }, context)
    }
  },
}

interface Subject {
  readonly namespace: string | undefined
  readonly name: string
}

/**
 * An account that is not in the namespace named (a RoleBinding that names none means its own: appliesToUser in
 * plugin/pkg/auth/authorizer/rbac). Accounts of namespaces that are not in the tree are somebody else's.
 */
function* absentAccount(
  resource: Resource,
  index: number,
  { namespace = resource.namespace, name }: Subject,
  context: RuleContext,
): Iterable<Finding> {
  if (exists({ namespace, name }, context)) return
  const [other] = context.graph.named('ServiceAccount', name)
  const near = other === undefined ? suggest(name, accountsOf(namespace, context)) : undefined
  const isMisspelt = near !== undefined && isSlip(name, near)
  if (other === undefined && !isMisspelt && !isOurs(namespace, resource, context)) return
  yield {
    at: { resource, pointer: child('/subjects', index, other === undefined ? 'name' : 'namespace') },
    message:
      `ServiceAccount "${name}" does not exist${namespace === undefined ? '' : ` in namespace "${namespace}"`}` +
      (other === undefined ? '' : `; it is ${placeOf(other)}`) +
      (near === undefined ? '' : `, did you mean "${near}"?`),
    help: 'Name the namespace the ServiceAccount is rendered into, or add the ServiceAccount there.',
    severity: absenceSeverity(namespace, other, context),
  }
}

function exists({ namespace, name }: Subject, { graph, profile }: RuleContext): boolean {
  if (graph.find('ServiceAccount', namespace, name) !== undefined) return true
  return existsElsewhere('ServiceAccount', namespace, name, '', profile)
}

/** Whether the tree speaks for a namespace. Nobody's tree holds all of kube-system. */
function isOurs(namespace: string | undefined, resource: Resource, { resources, graph }: RuleContext): boolean {
  if (namespace === undefined || namespace === 'kube-system') return false
  return (
    namespace === resource.namespace ||
    resources.find('Namespace', undefined, namespace) !== undefined ||
    graph.workloadsIn(namespace).length > 0
  )
}

function accountsOf(namespace: string | undefined, { resources }: RuleContext): readonly string[] {
  return resources.ofKind('ServiceAccount').flatMap(account => (account.namespace === namespace ? [account.name] : []))
}

/** An object rendered without a namespace gets the Application's: it may well be the one named. */
function absenceSeverity(
  namespace: string | undefined,
  other: Resource | undefined,
  { profile, resources }: RuleContext,
): Severity {
  if (other !== undefined) return other.namespace === undefined || namespace === undefined ? 'info' : 'error'
  if (namespace === 'kube-system') return 'warning'
  const speaks = resources.ofKind('ServiceAccount').some(account => account.namespace === namespace)
  return profile.production && (isDeclaredTree(profile) || speaks) ? 'error' : 'warning'
}

function placeOf({ namespace }: Resource): string {
  return namespace === undefined ? 'rendered without a namespace' : `in "${namespace}"`
}
