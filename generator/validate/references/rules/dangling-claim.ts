// R8: a pod whose PersistentVolumeClaim does not exist stays Pending (https://kubernetes.io/docs/concepts/storage/persistent-volumes/).

import { danglingRule } from '../dangling-rule.ts'

export const danglingClaim = danglingRule({
  code: 'reference/dangling-claim',
  summary: 'Every PersistentVolumeClaim that a pod mounts exists.',
  help: 'Add the PersistentVolumeClaim, correct its name, or declare it among externalObjects.',
  concerns: ({ kind, from }) => kind === 'PersistentVolumeClaim' && from.kind !== 'PersistentVolume',
})
