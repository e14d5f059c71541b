// Ports of containers, and ports on the node.
// Follows pkg/apis/core/validation/validation.go (validateContainerPorts, checkHostPortConflicts, validatePodHostNetworkDeps,
// ValidatePortNumOrName).

import { portNameFault } from '../../../../manifest/names.ts'
import { at, integer, isTrue, items, optionalText, text, type Field } from '../field.ts'
import { quote, refuseFault, refuseNameFault, type Inspection } from '../inspection.ts'

/** Ports of one container. */
export function inspectContainerPorts(inspection: Inspection, ports: Field): void {
  const names = new Set<string>()
  for (const port of items(ports)) {
    const field = at(port, 'name')
    const name = text(field)
    refuseNameFault(inspection, 'invalid-port', { field, what: 'port name', check: portNameFault })
    if (name !== '' && names.has(name)) {
      inspection.refuse('duplicate-port', {
        at: field,
        message: `port name ${quote(name)} is used twice in the container`,
      })
    }
    names.add(name)
    refusePortNumber(inspection, at(port, 'containerPort'), 'containerPort')
    if (integer(at(port, 'hostPort')) !== 0) refusePortNumber(inspection, at(port, 'hostPort'), 'hostPort')
  }
}

/** A port number out of range. */
export function refusePortNumber(inspection: Inspection, field: Field, what: string): void {
  const value = integer(field)
  if (value === undefined || (value >= 1 && value <= 65535)) return
  inspection.refuse('invalid-port', { at: field, message: `${what} ${quote(value)} must be between 1 and 65535` })
}

/** A port given by number or by name. */
export function refusePortFault(inspection: Inspection, field: Field, what: string): void {
  if (optionalText(field) !== undefined) refuseFault(inspection, 'invalid-port', { field, what, check: portNameFault })
  else refusePortNumber(inspection, field, what)
}

/** The same port of the node asked for twice. */
export function inspectHostPortConflicts(inspection: Inspection, containers: readonly Field[]): void {
  const seen = new Set<string>()
  for (const port of containers.flatMap(container => items(at(container, 'ports')))) {
    const field = at(port, 'hostPort')
    const hostPort = integer(field)
    if (hostPort === undefined || hostPort === 0) continue
    const key = `${text(at(port, 'protocol')) || 'TCP'}/${text(at(port, 'hostIP'))}/${hostPort}`
    if (seen.has(key)) {
      inspection.refuse('duplicate-port', {
        at: field,
        message: `hostPort ${quote(hostPort)} is used twice in the pod`,
      })
    }
    seen.add(key)
  }
}

/** On the host network there is no translation: the host port is the container port. */
export function inspectHostNetworkPorts(inspection: Inspection, spec: Field): void {
  if (!isTrue(at(spec, 'hostNetwork'))) return
  for (const port of items(at(spec, 'containers')).flatMap(container => items(at(container, 'ports')))) {
    const field = at(port, 'hostPort')
    const hostPort = integer(field)
    const containerPort = integer(at(port, 'containerPort'))
    if (hostPort === undefined || hostPort === 0 || containerPort === undefined || hostPort === containerPort) continue
    inspection.refuse('host-port-mismatch', {
      at: field,
      message: `hostPort ${quote(hostPort)} must be ${quote(containerPort)}, the containerPort, because the pod uses the host network`,
      help: 'Remove hostPort, or set it to the containerPort.',
    })
  }
}
