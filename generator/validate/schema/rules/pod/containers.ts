// Containers of a pod: init, main and ephemeral ones.
// Follows pkg/apis/core/validation/validation.go (validateContainers, validateInitContainers, validateContainerCommon,
// validateEphemeralContainers).

import { dns1123LabelFault } from '../../../../manifest/names.ts'
import { at, count, isSet, items, mapOf, optionalText, text, type Field } from '../field.ts'
import { quote, refuseEmpty, refuseNameFault, type Inspection } from '../inspection.ts'
import { inspectContainerRestart, inspectInitRestart, inspectResizePolicy } from './container-restart.ts'
import { inspectContainerSecurity } from './container-security.ts'
import { inspectEnvironment } from './environment.ts'
import { inspectMounts } from './mounts.ts'
import { isSidecar, type PodContext } from './pod-context.ts'
import { inspectContainerPorts, inspectHostNetworkPorts, inspectHostPortConflicts } from './ports.ts'
import { inspectLifecycle, inspectProbes } from './probes.ts'
import { inspectResourceClaims, inspectResources } from './resources.ts'

/** All containers of a pod. */
export function inspectContainers(inspection: Inspection, pod: PodContext): void {
  const { spec } = pod
  const containers = at(spec, 'containers')
  refuseEmpty(inspection, containers, { what: 'containers', inSchema: true, help: 'A pod has at least one container.' })
  const names = new Set<string>()
  const main = items(containers)
  const init = items(at(spec, 'initContainers'))
  for (const container of main) {
    inspectContainer(inspection, pod, container)
    inspectName(inspection, container, names)
    inspectLifecycle(inspection, spec, container)
    inspectProbes(inspection, container)
    inspectContainerRestart(inspection, container)
  }
  inspectHostPortConflicts(inspection, main)
  inspectHostNetworkPorts(inspection, spec)
  for (const container of init) inspectInitContainer(inspection, pod, container, names)
  inspectEphemeralContainers(inspection, pod)
}

function inspectInitContainer(inspection: Inspection, pod: PodContext, container: Field, names: Set<string>): void {
  inspectContainer(inspection, pod, container)
  inspectName(inspection, container, names)
  inspectInitRestart(inspection, container)
  inspectHostPortConflicts(inspection, [container])
  if (isSidecar(container)) {
    inspectLifecycle(inspection, pod.spec, container)
    inspectProbes(inspection, container)
    return
  }
  for (const key of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']) {
    const field = at(container, key)
    if (!isSet(field) || isStopSignalOnly(field)) continue
    inspection.refuse('init-container-field', {
      at: field,
      on: 'key',
      message: `init container ${quote(text(at(container, 'name')))} must not have ${key}`,
      help: `Remove ${key}, or set "restartPolicy: Always" to make the init container a sidecar.`,
    })
  }
}

/** A lifecycle of which the server drops everything (gate ContainerStopSignals). */
function isStopSignalOnly(lifecycle: Field): boolean {
  return count(lifecycle) === 1 && isSet(at(lifecycle, 'stopSignal'))
}

function inspectName(inspection: Inspection, container: Field, names: Set<string>): void {
  const field = at(container, 'name')
  const name = text(field)
  if (names.has(name) && name !== '') {
    inspection.refuse('duplicate-container-name', {
      at: field,
      message: `container name ${quote(name)} is used twice in the pod`,
      help: 'Give every container, init container and ephemeral container a name of its own.',
    })
  }
  names.add(name)
}

function inspectContainer(inspection: Inspection, pod: PodContext, container: Field): void {
  if (mapOf(container) === undefined) return
  const name = at(container, 'name')
  refuseEmpty(inspection, name, { what: 'name of the container', inSchema: true })
  refuseNameFault(inspection, 'invalid-container-name', {
    field: name,
    what: 'container name',
    check: dns1123LabelFault,
  })
  inspectImage(inspection, pod, container)
  inspectContainerPorts(inspection, at(container, 'ports'))
  inspectEnvironment(inspection, pod, container)
  inspectMounts(inspection, pod.volumes, container)
  inspectResources(inspection, at(container, 'resources'))
  inspectResourceClaims(inspection, at(container, 'resources', 'claims'), at(pod.spec, 'resourceClaims'))
  inspectResizePolicy(inspection, pod.spec, container)
  inspectContainerSecurity(inspection, pod.spec, container)
}

function inspectImage(inspection: Inspection, pod: PodContext, container: Field): void {
  const field = at(container, 'image')
  const what = `image of container ${quote(text(at(container, 'name')))}`
  if (refuseEmpty(inspection, field, { what, help: 'Name the image to run.' })) return
  const image = optionalText(field)
  if (!pod.isPod || image === undefined || image.trim() === image) return
  inspection.refuse('invalid-image', { at: field, message: `${what} is ${quote(image)}, with blanks around it` })
}

function inspectEphemeralContainers(inspection: Inspection, { spec }: PodContext): void {
  const field = at(spec, 'ephemeralContainers')
  if (items(field).length === 0) return
  inspection.refuse('ephemeral-containers-on-create', {
    at: field,
    on: 'key',
    message: 'ephemeral containers must not be declared in a manifest',
    help: 'Remove them: kubectl debug adds them to a running pod.',
  })
}
