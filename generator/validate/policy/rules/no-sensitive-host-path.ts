// Mounting the node's own directories hands a pod the node's keys, processes or disk.

import { child } from '../../../manifest/pointer.ts'
import { asList, asMap, asString } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { enforcedPodSecurity } from '../enforced-pod-security.ts'
import { hasPod, podKinds, podOf } from '../pods.ts'

const sensitive: ReadonlySet<string> = new Set(
  '/ /boot /dev /etc /etc/kubernetes /home /lib /lib64 /opt /proc /root /run /sbin /sys /usr /var /var/lib /var/lib/docker /var/lib/etcd /var/lib/kubelet /var/run'.split(
    ' ',
  ),
)

/** https://kubernetes.io/docs/concepts/storage/volumes/#hostpath warns of exactly this. */
export const noSensitiveHostPath = definePolicyRule({
  code: 'policy/no-sensitive-host-path',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: "Pods do not mount the node's system directories.",
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource, context) {
    const pod = podOf(resource)
    if (pod === undefined || enforcedPodSecurity(resource, context) !== 'none') return
    for (const [index, volume] of asList(pod.spec['volumes']).entries()) {
      const path = asString(asMap(asMap(volume)['hostPath'])['path'])
      if (path === undefined || !sensitive.has(normal(path))) continue
      yield {
        at: { resource, pointer: child(pod.specPointer, 'volumes', index, 'hostPath', 'path') },
        message: `volume "${asString(asMap(volume)['name']) ?? ''}" mounts the system directory "${path}" of the node`,
        help: 'Mount the one file or subdirectory that is needed, read-only, or use another kind of volume.',
      }
    }
  },
})

function normal(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}
