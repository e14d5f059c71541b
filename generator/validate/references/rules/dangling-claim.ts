// R8: a pod whose PersistentVolumeClaim does not exist stays Pending (https://kubernetes.io/docs/concepts/storage/persistent-volumes/).

import type { Reference } from '../../../manifest/references-of.ts'
import { valueAt } from '../../../manifest/pointer.ts'
import { asList, asMap } from '../../../manifest/value.ts'
import { danglingRule } from '../dangling-rule.ts'

export const danglingClaim = danglingRule({
  code: 'reference/dangling-claim',
  summary: 'Every PersistentVolumeClaim that a pod mounts exists.',
  help: 'Add the PersistentVolumeClaim, correct its name, or declare it among externalObjects.',
  concerns: reference => reference.kind === 'PersistentVolumeClaim' && !isTemplated(reference),
})

/** A claim template of a StatefulSet takes the place of the volume of the same name. */
function isTemplated({ from, at }: Reference): boolean {
  if (from.kind !== 'StatefulSet') return false
  const volume = asMap(valueAt(from.object, at.pointer.replace(/\/persistentVolumeClaim\/claimName$/, '')))
  const templates = asList(asMap(from.object['spec'])['volumeClaimTemplates'])
  return templates.some(template => asMap(asMap(template)['metadata'])['name'] === volume['name'])
}
