// Some Linux capabilities are root under another name; NET_RAW, on by default, forges packets of its neighbours.

import { child } from '../../../manifest/pointer.ts'
import { asList, asMap, asString, type YamlValue } from '../../../manifest/value.ts'
import { definePolicyRule } from '../define-policy-rule.ts'
import { enforcedPodSecurity } from '../enforced-pod-security.ts'
import { containersIn, hasPod, podKinds } from '../pods.ts'

const dangerous: ReadonlySet<string> = new Set(
  'ALL BPF DAC_READ_SEARCH NET_ADMIN NET_RAW PERFMON SYS_ADMIN SYS_BOOT SYS_MODULE SYS_PTRACE SYS_RAWIO SYS_TIME'.split(
    ' ',
  ),
)

/** https://kubernetes.io/docs/concepts/security/pod-security-standards/ (capabilities) */
export const noDangerousCapabilities = definePolicyRule({
  code: 'policy/no-dangerous-capabilities',
  severity: { production: 'error', elsewhere: 'warning' },
  summary: 'Containers add no capability that amounts to root, and drop those they do not need.',
  kinds: podKinds,
  appliesTo: hasPod,
  *check(resource, context) {
    const enforced = enforcedPodSecurity(resource, context)
    if (enforced === 'restricted') return
    for (const container of containersIn(resource)) {
      const security = asMap(container.spec['securityContext'])
      const capabilities = asMap(security['capabilities'])
      for (const [index, entry] of asList(enforced === 'none' ? capabilities['add'] : []).entries()) {
        const name = asString(entry) ?? ''
        if (!dangerous.has(plain(name))) continue
        yield {
          at: { resource, pointer: child(container.pointer, 'securityContext', 'capabilities', 'add', index) },
          message: `container "${container.name}" adds the capability "${name}", which amounts to root on the node or in its network`,
          help: 'Remove the capability, or add a narrower one.',
        }
      }
      if (security['privileged'] === true || asList(capabilities['drop']).some(dropsRaw)) continue
      yield {
        at: { resource, pointer: child(container.pointer, 'securityContext', 'capabilities', 'drop') },
        message: `container "${container.name}" keeps the capability "NET_RAW", and all other default ones`,
        help: 'Set capabilities.drop to [ALL] and add back what the container needs.',
        severity: 'info',
      }
    }
  },
})

function dropsRaw(entry: YamlValue): boolean {
  const name = entry === 'ALL' ? entry : plain(asString(entry) ?? '')
  return name === 'ALL' || name === 'NET_RAW'
}

function plain(capability: string): string {
  return capability.toUpperCase().replace(/^CAP_/, '')
}
