// Controls that come in two strengths: a baseline one, and a restricted one that replaces it.
// Behaviour follows kubernetes/kubernetes, staging/src/k8s.io/pod-security-admission/policy/check_*.go, up to 1.37.

import { child, pointer } from '../../manifest/pointer.ts'
import { asList, asMap, asString, isMap, type YamlMap } from '../../manifest/value.ts'
import {
  inUserNamespace,
  isSet,
  isWindowsPod,
  shown,
  unless,
  type Control,
  type ControlFinding,
  type PodView,
} from './control.ts'

const baselineCapabilities = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]

/** check_capabilities_baseline.go */
const capabilitiesBaseline: Control = {
  id: 'capabilities-baseline',
  level: 'baseline',
  summary: 'Containers add no capability beyond those a container runtime gives by default.',
  help: 'Remove the capability from securityContext.capabilities.add.',
  versions: [[0, pod => addedCapabilities(pod, baselineCapabilities)]],
}

/** check_capabilities_restricted.go; since 1.22, not for Windows pods since 1.25. */
const capabilitiesRestricted: Control = {
  id: 'capabilities-restricted',
  level: 'restricted',
  overrides: 'capabilities-baseline',
  summary: 'Containers drop all capabilities, and add back NET_BIND_SERVICE at most.',
  help: 'Set securityContext.capabilities.drop to [ALL] and add nothing but NET_BIND_SERVICE.',
  versions: [
    [22, restrictedCapabilities],
    [25, unless(isWindowsPod, restrictedCapabilities)],
  ],
}

function* restrictedCapabilities(pod: PodView): Iterable<ControlFinding> {
  for (const { name, securityContext, pointer: at } of pod.containers) {
    if (asList(asMap(securityContext['capabilities'])['drop']).includes('ALL')) continue
    yield {
      pointer: child(at, 'securityContext', 'capabilities', 'drop'),
      message: `container "${name}" does not drop all capabilities`,
    }
  }
  yield* addedCapabilities(pod, ['NET_BIND_SERVICE'])
}

function* addedCapabilities(pod: PodView, allowed: readonly string[]): Iterable<ControlFinding> {
  for (const { name, securityContext, pointer: at } of pod.containers) {
    for (const [index, added] of asList(asMap(securityContext['capabilities'])['add']).entries()) {
      if (allowed.includes(asString(added) ?? '')) continue
      yield {
        pointer: child(at, 'securityContext', 'capabilities', 'add', index),
        message: `container "${name}" adds the capability "${shown(added)}"`,
      }
    }
  }
}

/** check_hostPathVolumes.go */
const hostPathVolumes: Control = {
  id: 'host-path-volumes',
  level: 'baseline',
  summary: 'Pods mount no directory of their node.',
  help: 'Use a PersistentVolumeClaim, emptyDir, configMap or secret volume.',
  versions: [
    [
      0,
      function* (pod) {
        for (const [index, entry] of asList(pod.spec['volumes']).entries()) {
          const volume = asMap(entry)
          if (!isSet(volume['hostPath'])) continue
          const path = asMap(volume['hostPath'])['path']
          yield {
            pointer: pointer('spec', 'volumes', index, 'hostPath'),
            message: `volume "${shown(volume['name'])}" mounts the host path "${shown(path)}"`,
          }
        }
      },
    ],
  ],
}

const restrictedVolumeTypes = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]

/** check_restrictedVolumes.go; a volume of no type at all is an emptyDir (SetDefaults_Volume). */
const restrictedVolumes: Control = {
  id: 'restricted-volumes',
  level: 'restricted',
  overrides: 'host-path-volumes',
  summary: 'Volumes are of the types that touch neither node nor network by themselves.',
  help: 'Use one of the allowed types; other storage comes through a PersistentVolumeClaim.',
  versions: [
    [
      0,
      function* (pod) {
        for (const [index, entry] of asList(pod.spec['volumes']).entries()) {
          const volume = asMap(entry)
          const type = Object.keys(volume).find(field => field !== 'name' && isSet(volume[field]))
          if (type === undefined || restrictedVolumeTypes.includes(type)) continue
          yield {
            pointer: pointer('spec', 'volumes', index),
            message: `volume "${shown(volume['name'])}" has the type "${type}", allowed: ${restrictedVolumeTypes.join(', ')}`,
          }
        }
      },
    ],
  ],
}

/** check_procMount_baseline.go; free in a user namespace since 1.35. */
const procMount: Control = {
  id: 'proc-mount',
  level: 'baseline',
  summary: 'Containers keep the default mask of /proc.',
  help: 'Remove procMount; from version 1.35 on a pod with hostUsers: false may set it.',
  versions: [
    [0, unmaskedProc],
    [35, unless(inUserNamespace, unmaskedProc)],
  ],
}

/** check_procMount_restricted.go; since 1.35. */
const procMountRestricted: Control = {
  id: 'proc-mount-restricted',
  level: 'restricted',
  overrides: 'proc-mount',
  summary: 'Containers keep the default mask of /proc, in a user namespace too.',
  help: 'Remove procMount.',
  versions: [[35, unmaskedProc]],
}

function* unmaskedProc(pod: PodView): Iterable<ControlFinding> {
  for (const { name, securityContext, pointer: at } of pod.containers) {
    const mount = securityContext['procMount']
    if (!isSet(mount) || mount === 'Default') continue
    yield {
      pointer: child(at, 'securityContext', 'procMount'),
      message: `container "${name}" sets procMount to "${shown(mount)}", allowed: Default`,
    }
  }
}

const seccompPodAnnotation = 'seccomp.security.alpha.kubernetes.io/pod'
const seccompContainerAnnotation = 'container.seccomp.security.alpha.kubernetes.io/'

/** check_seccompProfile_baseline.go: annotations below 1.19, fields from then on. */
const seccompProfileBaseline: Control = {
  id: 'seccomp-profile-baseline',
  level: 'baseline',
  summary: 'Seccomp is not switched off.',
  help: 'Use RuntimeDefault or a Localhost profile, or leave the profile out.',
  versions: [
    [0, forbiddenSeccompAnnotations],
    [19, forbiddenSeccompProfiles],
  ],
}

/** check_seccompProfile_restricted.go; since 1.19, not for Windows pods since 1.25. */
const seccompProfileRestricted: Control = {
  id: 'seccomp-profile-restricted',
  level: 'restricted',
  overrides: 'seccomp-profile-baseline',
  summary: 'Every container runs under a seccomp profile that somebody chose.',
  help: 'Set spec.securityContext.seccompProfile.type to RuntimeDefault.',
  versions: [
    [19, restrictedSeccomp],
    [25, unless(isWindowsPod, restrictedSeccomp)],
  ],
}

function* forbiddenSeccompAnnotations({ metadata, containers }: PodView): Iterable<ControlFinding> {
  const annotations = asMap(metadata['annotations'])
  const names = containers.map(({ name }) => seccompContainerAnnotation + name)
  for (const name of new Set([seccompPodAnnotation, ...names])) {
    const value = asString(annotations[name])
    if (value === undefined || ['runtime/default', 'docker/default'].includes(value) || value.startsWith('localhost/'))
      continue
    yield {
      pointer: pointer('metadata', 'annotations', name),
      message: `an annotation sets the seccomp profile to "${value}"`,
    }
  }
}

function isSeccompAllowed(profile: YamlMap): boolean {
  return profile['type'] === 'RuntimeDefault' || profile['type'] === 'Localhost'
}

function* forbiddenSeccompProfiles(pod: PodView): Iterable<ControlFinding> {
  for (const { owner, fields, pointer: at } of pod.contexts) {
    const profile = fields['seccompProfile']
    if (!isMap(profile) || isSeccompAllowed(profile)) continue
    yield {
      pointer: child(at, 'seccompProfile', 'type'),
      message: `${owner} sets the seccomp profile to "${shown(profile['type'])}", allowed: RuntimeDefault, Localhost`,
    }
  }
}

function* restrictedSeccomp(pod: PodView): Iterable<ControlFinding> {
  yield* forbiddenSeccompProfiles(pod)
  if (isMap(asMap(pod.spec['securityContext'])['seccompProfile'])) return
  for (const { name, securityContext, pointer: at } of pod.containers) {
    if (isMap(securityContext['seccompProfile'])) continue
    yield {
      pointer: child(at, 'securityContext', 'seccompProfile'),
      message: `container "${name}" has no seccomp profile, and neither has the pod`,
    }
  }
}

export const pairedControls: readonly Control[] = [
  capabilitiesBaseline,
  capabilitiesRestricted,
  hostPathVolumes,
  restrictedVolumes,
  procMount,
  procMountRestricted,
  seccompProfileBaseline,
  seccompProfileRestricted,
]
