// Volume mounts and block devices of a container.
// Follows pkg/apis/core/validation/validation.go (ValidateVolumeMounts, ValidateVolumeDevices, validateMountPropagation,
// validateMountRecursiveReadOnly).

import { hint } from '../../../../diagnostics/suggest.ts'
import { at, isMistyped, isTrue, items, mapOf, optionalText, text, type Field } from '../field.ts'
import { quote, refuseEmpty, refuseRepeated, refuseUnsupported, type Inspection } from '../inspection.ts'
import { descendingPathFault, hasBackstep } from './volume-paths.ts'
import type { DeclaredVolumes } from './pod-context.ts'

/** Before, the server drops the field (gate RecursiveReadOnlyMounts). */
const recursiveSince = 31

/** `volumeMounts` and `volumeDevices`. */
export function inspectMounts(inspection: Inspection, volumes: DeclaredVolumes, container: Field): void {
  const mounts = items(at(container, 'volumeMounts'))
  const devices = items(at(container, 'volumeDevices'))
  const paths = new Set<string>()
  for (const mount of mounts) {
    inspectVolumeName(inspection, volumes, mount)
    inspectPath(inspection, at(mount, 'mountPath'), paths)
    inspectSubPath(inspection, mount)
    inspectPropagation(inspection, container, mount)
  }
  const mounted = new Set(mounts.map(mount => text(at(mount, 'name'))))
  for (const device of devices) inspectDevice(inspection, { volumes, device, paths, mounted })
  refuseRepeated(
    inspection,
    devices.map(device => at(device, 'name')).filter(name => text(name) !== ''),
    'volume',
  )
}

function inspectVolumeName(inspection: Inspection, volumes: DeclaredVolumes, mount: Field): void {
  const field = at(mount, 'name')
  const name = optionalText(field)
  if (mapOf(mount) === undefined || name === undefined) return
  if (refuseEmpty(inspection, field, { what: 'name of the volume', inSchema: true }) || volumes.has(name)) return
  inspection.refuse('unknown-volume', {
    at: field,
    message: `volume ${quote(name)} is not declared by the pod${hint(name, volumes.keys())}`,
    help: 'Declare the volume in spec.volumes, or mount one that is declared.',
  })
}

function inspectPath(inspection: Inspection, field: Field, paths: Set<string>): void {
  const path = optionalText(field)
  if (path === undefined || refuseEmpty(inspection, field, { what: String(field.key), inSchema: true })) return
  if (paths.has(path)) {
    inspection.refuse('duplicate-mount-path', {
      at: field,
      message: `${field.key} ${quote(path)} is used twice in the container`,
      help: 'Mount each volume at a path of its own, or use one projected volume.',
    })
  }
  paths.add(path)
}

function inspectSubPath(inspection: Inspection, mount: Field): void {
  const subPath = at(mount, 'subPath')
  const expression = at(mount, 'subPathExpr')
  for (const field of [subPath, expression]) {
    const fault = descendingPathFault(text(field))
    if (fault === undefined) continue
    inspection.refuse('invalid-volume-path', { at: field, message: `${field.key} ${quote(text(field))} ${fault}` })
  }
  if (text(subPath) === '' || text(expression) === '') return
  inspection.refuse('invalid-mount', {
    at: expression,
    on: 'key',
    message: 'a mount has both subPath and subPathExpr',
    help: 'Keep one of subPath and subPathExpr.',
  })
}

function inspectPropagation(inspection: Inspection, container: Field, mount: Field): void {
  const propagation = at(mount, 'mountPropagation')
  const privileged = isTrue(at(container, 'securityContext', 'privileged'))
  if (text(propagation) === 'Bidirectional' && !privileged) {
    inspection.refuse('invalid-mount', {
      at: propagation,
      message: 'mountPropagation "Bidirectional" is for privileged containers only',
      help: 'Use "HostToContainer" or "None".',
    })
  }
  refuseEmpty(inspection, propagation, { what: 'mountPropagation', inSchema: true })
  if (inspection.newest < recursiveSince) return
  const recursive = at(mount, 'recursiveReadOnly')
  const mode = text(recursive)
  refuseUnsupported(inspection, 'unsupported-value', {
    field: recursive,
    what: 'recursiveReadOnly',
    allowed: ['Disabled', 'IfPossible', 'Enabled'],
  })
  if (mode !== 'Enabled' && mode !== 'IfPossible') return
  if (!isTrue(at(mount, 'readOnly'))) {
    inspection.refuse('invalid-mount', {
      at: recursive,
      message: `recursiveReadOnly ${quote(mode)} needs "readOnly: true"`,
    })
  }
  if (text(propagation) !== '' && text(propagation) !== 'None') {
    inspection.refuse('invalid-mount', {
      at: recursive,
      message: `recursiveReadOnly ${quote(mode)} needs mountPropagation "None"`,
    })
  }
}

interface DeviceContext {
  readonly volumes: DeclaredVolumes
  readonly device: Field
  readonly paths: Set<string>
  readonly mounted: ReadonlySet<string>
}

function inspectDevice(inspection: Inspection, { volumes, device, paths, mounted }: DeviceContext): void {
  const name = at(device, 'name')
  const path = at(device, 'devicePath')
  if (isMistyped(name, 'string') || isMistyped(path, 'string')) return
  inspectVolumeName(inspection, volumes, device)
  const source = volumes.get(text(name))
  if (source !== undefined && source !== 'persistentVolumeClaim' && source !== 'ephemeral') {
    inspection.refuse('invalid-mount', {
      at: name,
      message: `volume ${quote(text(name))} is a ${source}, but only volume claims can be block devices`,
    })
  }
  if (mounted.has(text(name))) {
    inspection.refuse('invalid-mount', {
      at: name,
      message: `volume ${quote(text(name))} is both mounted and used as a device`,
    })
  }
  if (hasBackstep(text(path))) {
    inspection.refuse('invalid-volume-path', {
      at: path,
      message: `devicePath ${quote(text(path))} must not contain ".."`,
    })
  }
  inspectPath(inspection, path, paths)
}
