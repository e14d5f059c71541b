// A root file system that cannot be written gives an intruder nowhere to put a tool, and state no place to get lost.

import { child } from '../../../manifest/pointer.ts'
import { asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { hasPod, podKinds, runningContainersIn } from '../pods.ts'

/** https://kubernetes.io/docs/tasks/configure-pod-container/security-context/ */
export const requireReadOnlyRootFilesystem = definePolicyRule({
  code: 'policy/require-read-only-root-filesystem',
  severity: 'info',
  summary: 'Containers run on a read-only root file system.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource) {
    for (const container of runningContainersIn(resource)) {
      const context = asMap(container.spec['securityContext'])
      if (context['readOnlyRootFilesystem'] === true) continue
      yield {
        at: { resource, pointer: child(container.pointer, 'securityContext', 'readOnlyRootFilesystem') },
        message: `container "${container.name}" can write to its root file system`,
        help: 'Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where the process has to write.',
      }
    }
  },
})
