// Objects that something in the tree may make although nobody knows it does: an operator unknown here, which mostly gives names that
// begin with that of its custom resource, or a Job that is told the name.

import { builtInKindsOf } from '../../manifest/built-in-kinds.ts'
import { hasReferenceFields, type Reference } from '../../manifest/references-of.ts'
import { containersOf } from '../../manifest/pod-template.ts'
import { groupOf, type Resource } from '../../manifest/resource.ts'
import { asList, asString } from '../../manifest/value.ts'
import type { RuleContext } from '../rule.ts'

/** What operators make beside their custom resources. */
const madeKinds: ReadonlySet<string> = new Set([
  'Secret',
  'ConfigMap',
  'Service',
  'ServiceAccount',
  'PersistentVolumeClaim',
])

/**
 * Groups of which it is known what their controllers make: graph/produced-objects.ts and graph/operator-objects.ts tell all of it. A
 * PrometheusRule `billing` says nothing of a Secret `billing-credentials`.
 */
const knownGroups: ReadonlySet<string> = new Set([
  'bitnami.com',
  'cilium.io',
  'crd.projectcalico.org',
  'extensions.istio.io',
  'external-secrets.io',
  'keda.sh',
  'monitoring.coreos.com',
  'networking.istio.io',
  'policy.linkerd.io',
  'projectcalico.org',
  'security.istio.io',
  'telemetry.istio.io',
  'traefik.io',
])

/**
 * The custom resource of the same namespace whose operator may make the object named (`billing-conn` beside a Database `billing`), or
 * the Job whose command line names it (`--secret-name=admission`).
 */
export function possibleMaker({ kind, namespace, name }: Reference, { resources }: RuleContext): Resource | undefined {
  if (!madeKinds.has(kind)) return undefined
  return resources.all.find(
    resource =>
      resource.namespace === namespace &&
      ((isUnknownKind(resource.kind, groupOf(resource.apiVersion)) && isDerived(name, resource.name)) ||
        (kind === 'Secret' && isToldTo(resource, name))),
  )
}

/** A kind of which nothing is known here: routes, monitors and the like have rows in the table of references. */
export function isUnknownKind(kind: string, group: string): boolean {
  if (!group.includes('.') || knownGroups.has(group)) return false
  return builtInKindsOf(group) === undefined && !hasReferenceFields(kind)
}

/** A Job that makes a Secret, as certificate generators do: its name stands behind a flag that speaks of one, `--secret-name=admission`. */
function isToldTo(resource: Resource, name: string): boolean {
  if (resource.kind !== 'Job') return false
  return containersOf(resource).some(({ spec }) => {
    const words = [...asList(spec['command']), ...asList(spec['args'])].map(word => asString(word) ?? '')
    return words.some((word, index) => {
      const flag = word.endsWith(`=${name}`)
        ? word.slice(0, -name.length)
        : word === name
          ? words[index - 1]
          : undefined
      return flag !== undefined && /^--?[\w-]*secret/i.test(flag)
    })
  })
}

function isDerived(name: string, from: string): boolean {
  return name === from || name.startsWith(`${from}-`) || name.includes(`.${from}.`)
}
