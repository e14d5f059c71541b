// K16, R7: a binding whose ServiceAccount subject is in another namespace than the account grants nothing; kustomize's
// namespace transformer rewrites the namespace of subjects only for the account named "default" (argoproj/argo-cd#9482).

import { isClusterScoped } from '../../../manifest/cluster-scoped-kinds.ts'
import { child } from '../../../manifest/pointer.ts'
import { asList, asMap, asString } from '../../../manifest/value.ts'
import type { Resource } from '../../../manifest/resource.ts'
import type { Finding, Rule, RuleContext } from '../../rule.ts'
import { existsElsewhere } from '../always-there.ts'

export const serviceAccountNamespace: Rule = {
  code: 'reference/service-account-namespace',
  severity: 'error',
  summary: 'ServiceAccounts that a binding names exist in the namespace it names.',
  appliesTo: ({ kind }) => kind === 'RoleBinding' || kind === 'ClusterRoleBinding',
  *check(resource, context) {
    for (const [index, entry] of asList(resource.object['subjects']).entries()) {
      const subject = asMap(entry)
      const name = asString(subject['name'])
      if (subject['kind'] !== 'ServiceAccount' || name === undefined) continue
      const namespace = asString(subject['namespace'])
      if (namespace !== undefined) yield* absentAccount(resource, index, { namespace, name }, context)
      else if (resource.namespace !== undefined || isClusterScoped(resource.kind)) {
        yield {
          at: { resource, pointer: child('/subjects', index, 'name') },
          message: `the subject ServiceAccount "${name}" has no namespace`,
          help: 'Name the namespace of the ServiceAccount: a binding does not assume its own.',
        }
      }
    }
  },
}

interface Subject {
  readonly namespace: string
  readonly name: string
}

/** An account that is not in the namespace named. Those of namespaces that are not in the tree are somebody else's. */
function* absentAccount(
  resource: Resource,
  index: number,
  { namespace, name }: Subject,
  { graph, profile, resources }: RuleContext,
): Iterable<Finding> {
  if (graph.find('ServiceAccount', namespace, name) !== undefined) return
  if (existsElsewhere('ServiceAccount', namespace, name, '', profile)) return
  const [other] = graph.named('ServiceAccount', name)
  const ours = namespace === resource.namespace || resources.find('Namespace', undefined, namespace) !== undefined
  if (other === undefined && !ours) return
  yield {
    at: { resource, pointer: child('/subjects', index, 'namespace') },
    message:
      `ServiceAccount "${name}" does not exist in namespace "${namespace}"` +
      (other?.namespace === undefined ? '' : `; it is in "${other.namespace}"`),
    help: 'Name the namespace the ServiceAccount is rendered into, or add the ServiceAccount there.',
    severity: (other === undefined || other.namespace === undefined) && !profile.production ? 'warning' : 'error',
  }
}
