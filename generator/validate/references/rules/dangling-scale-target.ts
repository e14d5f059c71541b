// R9: an autoscaler whose target does not exist scales nothing, and says so only in its status
// (https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/).

import { danglingRule } from '../dangling-rule.ts'

const targetPaths = new Set(['spec/scaleTargetRef/name', 'spec/targetRef/name', 'spec/workloadRef/name'])

export const danglingScaleTarget = danglingRule({
  code: 'reference/dangling-scale-target',
  summary: 'The target of an autoscaler exists, with that API group, kind and name.',
  help: 'Correct apiVersion, kind and name of the target.',
  concerns: ({ field }) => targetPaths.has(field.path),
})
