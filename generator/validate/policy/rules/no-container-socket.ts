// Whoever can talk to the node's container runtime can start a privileged container: the mount is root on the node.

import { child } from '../../../manifest/pointer.ts'
import { asList, asMap, asString } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { hasPod, podKinds, podOf } from '../pods.ts'

const socket = /\/(docker|containerd|crio|dockershim|cri-dockerd|podman)\.sock\/?$/

/** https://docs.docker.com/engine/security/protect-access/ on what access to the daemon's socket means. */
export const noContainerSocket = definePolicyRule({
  code: 'policy/no-container-socket',
  severity: 'error',
  summary: "Pods do not mount the node's container runtime socket.",
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource) {
    const pod = podOf(resource)
    if (pod === undefined) return
    for (const [index, volume] of asList(pod.spec['volumes']).entries()) {
      const path = asString(asMap(asMap(volume)['hostPath'])['path'])
      if (path === undefined || !socket.test(path)) continue
      yield {
        at: { resource, pointer: child(pod.specPointer, 'volumes', index, 'hostPath', 'path') },
        message: `volume "${asString(asMap(volume)['name']) ?? ''}" gives the pod the container runtime of its node: "${path}"`,
        help: 'Build images with a rootless builder and watch pods through the Kubernetes API instead.',
      }
    }
  },
})
