// R5: a ConfigMap that a pod needs is not there, so the pod does not start (https://kubernetes.io/docs/concepts/configuration/configmap/).

import { danglingRule } from '../dangling-rule.ts'

export const danglingConfigMap = danglingRule({
  code: 'reference/dangling-config-map',
  summary: 'Every ConfigMap that is named, and not optional, exists.',
  help: 'Add the ConfigMap, correct its name, or declare it among externalObjects.',
  concerns: ({ kind }) => kind === 'ConfigMap',
})
