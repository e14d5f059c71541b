// The controls of the baseline level, except those that have a stricter variant under restricted (paired-controls.ts).
// Behaviour follows kubernetes/kubernetes, staging/src/k8s.io/pod-security-admission/policy/check_*.go, up to 1.37.

import { handlersOf } from '../../manifest/pod-template.ts'
import { child, pointer } from '../../manifest/pointer.ts'
import { asList, asMap, asString, isMap } from '../../manifest/value.ts'
import { isSet, shown, type Control, type ControlCheck, type ControlFinding, type SecuredContainer } from './control.ts'

/** check_hostNamespaces.go */
const hostNamespaces: Control = {
  id: 'host-namespaces',
  level: 'baseline',
  summary: 'Pods do not share the network, process or IPC namespace of their node.',
  help: 'Remove the field; what needs the host belongs into a namespace labelled privileged.',
  versions: [
    [
      0,
      function* (pod) {
        for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
          if (pod.spec[field] === true)
            yield { pointer: pointer('spec', field), message: `the pod sets ${field} to "true"` }
        }
      },
    ],
  ],
}

/** check_privileged.go */
const privileged: Control = {
  id: 'privileged',
  level: 'baseline',
  summary: 'Containers are not privileged.',
  help: 'Remove privileged, and add the single capability that is needed.',
  versions: [
    [
      0,
      function* (pod) {
        for (const { name, securityContext, pointer: at } of pod.containers) {
          if (securityContext['privileged'] !== true) continue
          yield { pointer: child(at, 'securityContext', 'privileged'), message: `container "${name}" is privileged` }
        }
      },
    ],
  ],
}

/** check_hostPorts.go */
const hostPorts: Control = {
  id: 'host-ports',
  level: 'baseline',
  summary: 'Containers do not occupy ports of their node.',
  help: 'Remove hostPort and expose the container by a Service.',
  versions: [
    [
      0,
      function* (pod) {
        for (const container of pod.containers) yield* portsOnHost(container)
      },
    ],
  ],
}

function* portsOnHost({ name, spec, pointer: at }: SecuredContainer): Iterable<ControlFinding> {
  for (const [index, port] of asList(spec['ports']).entries()) {
    const hostPort = asMap(port)['hostPort']
    if (!isSet(hostPort) || hostPort === 0) continue
    yield {
      pointer: child(at, 'ports', index, 'hostPort'),
      message: `container "${name}" uses host port "${shown(hostPort)}"`,
    }
  }
}

const appArmorAnnotation = 'container.apparmor.security.beta.kubernetes.io/'

/** check_appArmorProfile.go: annotation and field, both at every policy version. */
const appArmorProfile: Control = {
  id: 'app-armor-profile',
  level: 'baseline',
  summary: 'AppArmor profiles are the runtime’s default or a local one.',
  help: 'Use RuntimeDefault or a Localhost profile, or leave the profile out.',
  versions: [
    [
      0,
      function* (pod) {
        for (const { owner, fields, pointer: at } of pod.contexts) {
          const profile = fields['appArmorProfile']
          if (!isMap(profile)) continue
          const type = profile['type']
          if (type === 'RuntimeDefault' || type === 'Localhost') continue
          yield {
            pointer: child(at, 'appArmorProfile', 'type'),
            message: `${owner} sets the AppArmor profile to "${shown(type)}", allowed: RuntimeDefault, Localhost`,
          }
        }
        for (const [name, value] of Object.entries(asMap(pod.metadata['annotations']))) {
          if (!name.startsWith(appArmorAnnotation) || allowedAppArmor(asString(value) ?? '')) continue
          yield {
            pointer: pointer('metadata', 'annotations', name),
            message: `an annotation sets the AppArmor profile of container "${name.slice(appArmorAnnotation.length)}" to "${shown(value)}"`,
          }
        }
      },
    ],
  ],
}

function allowedAppArmor(profile: string): boolean {
  return profile === '' || profile === 'runtime/default' || profile.startsWith('localhost/')
}

const seLinuxTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t']

/** check_seLinuxOptions.go; container_engine_t since 1.31. */
const seLinuxOptions: Control = {
  id: 'se-linux-options',
  level: 'baseline',
  summary: 'SELinux types are those meant for containers; user and role are left alone.',
  help: 'Remove seLinuxOptions.user and .role, and use one of the container types.',
  versions: [
    [0, seLinux(seLinuxTypes)],
    [31, seLinux([...seLinuxTypes, 'container_engine_t'])],
  ],
}

function seLinux(allowed: readonly string[]): ControlCheck {
  return function* (pod) {
    for (const { owner, fields, pointer: at } of pod.contexts) {
      const options = asMap(fields['seLinuxOptions'])
      const type = options['type'] ?? ''
      if (!allowed.includes(shown(type))) {
        yield {
          pointer: child(at, 'seLinuxOptions', 'type'),
          message: `${owner} sets the SELinux type to "${shown(type)}", allowed: ${allowed.slice(1).join(', ')}`,
        }
      }
      for (const field of ['user', 'role']) {
        if (!isSet(options[field]) || options[field] === '') continue
        yield {
          pointer: child(at, 'seLinuxOptions', field),
          message: `${owner} sets the SELinux ${field} to "${shown(options[field])}"`,
        }
      }
    }
  }
}

const safeSysctls = {
  since0: [
    'kernel.shm_rmid_forced',
    'net.ipv4.ip_local_port_range',
    'net.ipv4.tcp_syncookies',
    'net.ipv4.ping_group_range',
    'net.ipv4.ip_unprivileged_port_start',
  ],
  since27: ['net.ipv4.ip_local_reserved_ports'],
  since29: [
    'net.ipv4.tcp_keepalive_time',
    'net.ipv4.tcp_fin_timeout',
    'net.ipv4.tcp_keepalive_intvl',
    'net.ipv4.tcp_keepalive_probes',
  ],
  since32: ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'],
  since37: ['net.ipv4.tcp_notsent_lowat', 'net.ipv4.tcp_slow_start_after_idle'],
} as const

/** check_sysctls.go; the safe list grew in 1.27, 1.29, 1.32 and 1.37. */
const sysctls: Control = {
  id: 'sysctls',
  level: 'baseline',
  summary: 'Only sysctls that are safe, because they stay inside the pod, are set.',
  help: 'Remove the sysctl, or set it on the nodes.',
  versions: [
    [0, onlySysctls(safeSysctls.since0)],
    [27, onlySysctls([...safeSysctls.since0, ...safeSysctls.since27])],
    [29, onlySysctls([...safeSysctls.since0, ...safeSysctls.since27, ...safeSysctls.since29])],
    [32, onlySysctls([...safeSysctls.since0, ...safeSysctls.since27, ...safeSysctls.since29, ...safeSysctls.since32])],
    [37, onlySysctls(Object.values(safeSysctls).flat())],
  ],
}

function onlySysctls(allowed: readonly string[]): ControlCheck {
  return function* (pod) {
    for (const [index, entry] of asList(asMap(pod.spec['securityContext'])['sysctls']).entries()) {
      const name = asString(asMap(entry)['name']) ?? ''
      if (allowed.includes(name)) continue
      yield {
        pointer: pointer('spec', 'securityContext', 'sysctls', index, 'name'),
        message: `the pod sets the unsafe sysctl "${name}"`,
      }
    }
  }
}

/** check_windowsHostProcess.go */
const windowsHostProcess: Control = {
  id: 'windows-host-process',
  level: 'baseline',
  summary: 'Windows pods do not run as processes of their host.',
  help: 'Remove windowsOptions.hostProcess.',
  versions: [
    [
      0,
      function* (pod) {
        for (const { owner, fields, pointer: at } of pod.contexts) {
          if (asMap(fields['windowsOptions'])['hostProcess'] !== true) continue
          yield { pointer: child(at, 'windowsOptions', 'hostProcess'), message: `${owner} is a Windows host process` }
        }
      },
    ],
  ],
}

/** check_hostProbesAndhostLifecycle.go; since 1.34. */
const hostProbesAndHostLifecycle: Control = {
  id: 'host-probes-and-host-lifecycle',
  level: 'baseline',
  summary: 'Probes and lifecycle hooks reach the pod itself, never a host of their choice.',
  help: 'Remove host: probes then reach the pod’s own address.',
  versions: [
    [
      34,
      function* (pod) {
        for (const container of pod.containers) yield* hostsOf(container)
      },
    ],
  ],
}

function* hostsOf({ name, spec, pointer: at }: SecuredContainer): Iterable<ControlFinding> {
  for (const { path, spec: handler } of handlersOf(spec)) {
    for (const action of ['httpGet', 'tcpSocket']) {
      const host = asMap(handler[action])['host']
      if (!isSet(host) || host === '') continue
      yield {
        pointer: child(at, ...path, action, 'host'),
        message: `container "${name}" sends its ${path.at(-1) ?? ''} to host "${shown(host)}"`,
      }
    }
  }
}

export const baselineControls: readonly Control[] = [
  hostNamespaces,
  privileged,
  hostPorts,
  appArmorProfile,
  seLinuxOptions,
  sysctls,
  windowsHostProcess,
  hostProbesAndHostLifecycle,
]
