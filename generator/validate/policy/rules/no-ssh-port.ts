// A container that listens on the port of SSH is a second way in, past the API server and its log.

import { child } from '../../../manifest/pointer.ts'
import { asList, asMap } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { hasPod, podKinds, runningContainersIn } from '../pods.ts'

/** `kubectl exec` is the way into a container: https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/ */
export const noSshPort = definePolicyRule({
  code: 'policy/no-ssh-port',
  severity: 'warning',
  summary: 'Containers do not expose port 22.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource) {
    for (const container of runningContainersIn(resource)) {
      for (const [index, entry] of asList(container.spec['ports']).entries()) {
        const port = asMap(entry)
        if (port['containerPort'] !== 22 || (port['protocol'] ?? 'TCP') !== 'TCP') continue
        yield {
          at: { resource, pointer: child(container.pointer, 'ports', index, 'containerPort') },
          message: `container "${container.name}" exposes port "22", where SSH listens`,
          help: 'Remove the SSH server and use kubectl exec or debug; a service that is not SSH takes another port.',
        }
      }
    }
  },
})
