// R7: pods of a ServiceAccount that does not exist are refused (https://kubernetes.io/docs/concepts/security/service-accounts/).

import { danglingRule } from '../dangling-rule.ts'
import { isSubject } from '../subject.ts'

export const danglingServiceAccount = danglingRule({
  code: 'reference/dangling-service-account',
  summary: 'The ServiceAccount that pods run under exists in their namespace.',
  help: 'Add the ServiceAccount, correct its name, or declare it among externalObjects.',
  concerns: reference => reference.kind === 'ServiceAccount' && !isSubject(reference),
})
