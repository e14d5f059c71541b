// Names that an operator unknown here may have given: most begin with the name of the custom resource they are made for.

import { builtInKindsOf } from '../../manifest/built-in-kinds.ts'
import { hasReferenceFields, type Reference } from '../../manifest/references-of.ts'
import { groupOf, type Resource } from '../../manifest/resource.ts'
import type { RuleContext } from '../rule.ts'

/** What operators make beside their custom resources. */
const madeKinds: ReadonlySet<string> = new Set([
  'Secret',
  'ConfigMap',
  'Service',
  'ServiceAccount',
  'PersistentVolumeClaim',
])

/** The custom resource of the same namespace whose operator may make the object named: `billing-conn` beside a Database `billing`. */
export function possibleMaker({ kind, namespace, name }: Reference, { resources }: RuleContext): Resource | undefined {
  if (!madeKinds.has(kind)) return undefined
  return resources.all.find(
    resource => resource.namespace === namespace && isUnknownKind(resource) && isDerived(name, resource.name),
  )
}

/** A kind of which nothing is known here: routes, monitors and the like have rows in the table of references. */
function isUnknownKind({ kind, apiVersion }: Resource): boolean {
  const group = groupOf(apiVersion)
  return group.includes('.') && builtInKindsOf(group) === undefined && !hasReferenceFields(kind)
}

function isDerived(name: string, from: string): boolean {
  return name === from || name.startsWith(`${from}-`) || name.includes(`.${from}.`)
}
